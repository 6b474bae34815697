// Three answers to "who earned it?" for the page's first question, with what each says of the answer and of one token.

import type { Opening } from '../../lab/opening';
import { formatShare, formatSigned } from '../../viz/format';

export type Lens = 'oneScore' | 'judged' | 'deserved';

interface LensWords {
  readonly title: string;
  sentence(opening: Opening): string;
  ofToken(opening: Opening, token: number, step: number): string;
}

export const LENSES: Readonly<Record<Lens, LensWords>> = {
  oneScore: {
    title: 'One score for all',
    sentence: ({ groupRight, groupSize, oneScore_T }) => `GRPO: ${groupRight} of ${groupSize} answers to this problem were right, this one was not, so each of its ${oneScore_T.length} tokens gets ${formatSigned(oneScore_T[0]!)}, also those that were perfectly right.`,
    ofToken: () => 'The same as every other token here: the score knows only the outcome.',
  },
  judged: {
    title: 'A judge for every step',
    sentence: ({ brokenStep, steps_K, critiques, votes_K, judged_T }) => `CAPO: a judge read the answer ${critiques} times and called step ${brokenStep + 1} wrong in ${votes_K[brokenStep]!} of them. Its tokens get ${formatSigned(judged_T[steps_K[brokenStep]![0]]!)}, the others ${formatSigned(judged_T[0]!)} for the wrong outcome.`,
    ofToken: ({ critiques, votes_K }, _, step) => (step < 0 ? 'It belongs to no step.' : `${votes_K[step]!} of ${critiques} critiques call its step wrong.`),
  },
  deserved: {
    title: 'What each really deserved',
    sentence: ({ deserved_T }) => `The truth: by how much each token changed the chance of a right answer, counted over every way this policy could go on. One token takes nearly all of the blame: ${formatSigned(Math.min(...deserved_T))}.`,
    ofToken: ({ chances_T1 }, token) => `The chance of a right answer was ${formatShare(chances_T1[token]!)} before it and ${formatShare(chances_T1[token + 1]!)} after.`,
  },
};

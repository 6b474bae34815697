// Signals that cost extra rollouts: the greedy answer to each problem, continuations from before every step, and short answers
// forced after every step.

import { streamKey } from '../../random/threefry';
import { STOP_TOKEN } from '../../tasks/task';
import { continuedOutcome } from '../continuer';
import { decode, encode } from '../tokens';
import type { SignalProvider } from './provider';

/** continuations from before a step; VinePPO's K (arXiv 2410.01679, section 5, uses 9) */
const CONTINUATIONS = 9;

export const greedyOutcome: SignalProvider = {
  makes: ['greedyOutcome'],
  make: async ({ task, model, sample, configuration, update }) => {
    const { temperature } = configuration.sampling;
    const drawn = await model.sample(sample.problems_P.map(({ prompt }) => encode(task.alphabet, prompt)), 1, {
      temperature, topK: 0, topP: 1, minP: 0, isGreedy: true, stopToken: STOP_TOKEN, key: streamKey(configuration.seed, 'signals', update), rowOffset: 0,
    });
    const outcome_P = sample.problems_P.map((problem, p) => task.verify(problem, decode(task.alphabet, drawn.tokens_NT.subarray(p * sample.width, p * sample.width + drawn.lengths_N[p]!))));
    return {
      values: { greedyOutcome: Float32Array.from(sample.problem_N, (p) => outcome_P[p]!) },
      cost: { forwards: 0, rollouts: outcome_P.length, judgeCalls: 0 },
    };
  },
};

/** Before the first step the mean of the problem's own answers could serve; it gets rollouts of its own like every other. */
export const stepRollouts: SignalProvider = {
  makes: ['mcValues', 'mcKnown'],
  make: async (scene) => {
    const { task, sample, critique, configuration, update } = scene;
    const continuer = await scene.continuer();
    const starts = critique.steps_NK.flatMap((spans, n) => spans.map(([start]) => ({ n, start })));
    const prompts = starts.map(({ n, start }) => [
      ...encode(task.alphabet, sample.problems_P[sample.problem_N[n]!]!.prompt), ...sample.tokens_NT.subarray(n * sample.width, n * sample.width + start),
    ]);
    const drawn = await continuer.sample(prompts, CONTINUATIONS, {
      ...configuration.sampling, isGreedy: false, stopToken: STOP_TOKEN, key: streamKey(configuration.seed, 'signals', update), rowOffset: 0,
    });
    const values = starts.map(({ n, start }, i) => {
      const problem = sample.problems_P[sample.problem_N[n]!]!;
      const own = sample.tokens_NT.subarray(n * sample.width, n * sample.width + start);
      let right = 0;
      for (let k = 0; k < CONTINUATIONS; k++) right += continuedOutcome(task, problem, own, sample.width, drawn, i * CONTINUATIONS + k);
      return right / CONTINUATIONS;
    });
    let next = 0;
    const mcValues = critique.steps_NK.map((spans) => spans.map(() => values[next++]!));
    return {
      values: { mcValues, mcKnown: critique.steps_NK.map((spans) => spans.map(() => 1)) },
      cost: { forwards: 0, rollouts: starts.length * CONTINUATIONS, judgeCalls: 0 },
    };
  },
};

/** short answers forced at the end of a step; AnytimeReasoner's number of summaries (arXiv 2505.13438) */
const SUMMARIES = 4;

/** After a step the policy is made to give its result; where the text gives one already, that is the result. Budgets are the steps' ends. */
export const forcedAnswers: SignalProvider = {
  makes: ['summaryReward', 'budget'],
  refusal: ({ task }) => (task.answerCue === undefined || task.finalAnswer === undefined ? `task ${task.name} has no words that make the policy give its answer` : undefined),
  make: async ({ task, sample, critique, configuration, update, continuer }) => {
    const model = await continuer();
    const ends = critique.steps_NK.flatMap((spans, n) => spans.map(([, end]) => {
      const problem = sample.problems_P[sample.problem_N[n]!]!;
      const text = decode(task.alphabet, sample.tokens_NT.subarray(n * sample.width, n * sample.width + end));
      const isGiven = task.finalAnswer!(text) !== undefined;
      const isLineEnd = text === '' || text.endsWith(task.stepDelimiter);
      return { problem, text, isGiven, cue: `${text}${isLineEnd ? '' : task.stepDelimiter}${task.answerCue!}` };
    }));
    const open = ends.filter(({ isGiven }) => !isGiven);
    const drawn = open.length === 0 ? undefined : await model.sample(open.map(({ problem, cue }) => encodeLoosely(task.alphabet, problem.prompt + cue)), SUMMARIES, {
      ...configuration.sampling, isGreedy: false, stopToken: STOP_TOKEN, key: streamKey(configuration.seed, 'signals', update), rowOffset: 0,
    });
    let next = 0;
    const rewards = ends.map(({ problem, text, isGiven, cue }) => {
      if (isGiven) return task.verify(problem, text);
      const first = SUMMARIES * next++;
      let right = 0;
      for (let row = first; row < first + SUMMARIES; row++) {
        right += task.verify(problem, cue + decode(task.alphabet, drawn!.tokens_NT.subarray(row * model.answerLength, row * model.answerLength + drawn!.lengths_N[row]!)));
      }
      return right / SUMMARIES;
    });
    let at = 0;
    return {
      values: { summaryReward: critique.steps_NK.map((spans) => spans.map(() => rewards[at++]!)), budget: critique.steps_NK.map((spans) => spans.map(([, end]) => end)) },
      cost: { forwards: 0, rollouts: SUMMARIES * open.length, judgeCalls: 0 },
    };
  },
};

/** A sampled answer may hold tokens that are no characters; the policy reads padding there, as it wrote. */
function encodeLoosely(alphabet: readonly string[], text: string): number[] {
  return [...text].map((character) => Math.max(0, alphabet.indexOf(character)));
}

// Answers made elsewhere as a batch that credit programs can take: the records that an update's phases would have left. Tokens are the
// file's or cut by a tokenizer; steps and what is known of them the file's, or found and checked by the task GSM8K's rules.

import type { RolloutAnswer, RolloutProblem, StepLabel } from '../../formats/rollouts/rollout';
import { checkArithmetic } from '../../tasks/gsm8k/arithmetic';
import { finalAnswer, isRightAnswer } from '../../tasks/gsm8k/finalAnswer';
import { solutionSteps } from '../../tasks/gsm8k/solutionSteps';
import { FIRST_CHARACTER_TOKEN } from '../../tasks/task';
import type { CritiqueRecord, SampleRecord, ScoreRecord } from '../record';
import type { CutText, Tokenizer } from './words';

/** Where the verdicts on an answer's steps come from. */
export type Judged = 'file' | 'arithmetic';

export interface AnswersBatch {
  readonly problems: readonly RolloutProblem[];
  /** text of each token id; padding and stop have names in angle brackets */
  readonly alphabet: readonly string[];
  readonly sample: SampleRecord;
  /** outcomes are the file's rewards, the verifier's where it has none, NaN where neither is; log-probabilities NaN where the file has none */
  readonly score: ScoreRecord;
  /** a judge's critiques, else the verdicts as one critique an answer, missing where no step has one; `isCorrect_NK` is false only where a step was found wrong */
  readonly critique: CritiqueRecord;
  readonly verdicts_NK: readonly (readonly StepLabel[])[];
  readonly judged_N: readonly Judged[];
  /** who wrote each answer, where the file says so */
  readonly sources_N: readonly (string | undefined)[];
  /** whether each final answer is that of the reference; undefined where there is none to compare with */
  readonly verified_N: readonly (boolean | undefined)[];
  readonly hasMarkedAnswer_N: readonly boolean[];
  readonly hasOwnTokens_N: readonly boolean[];
  /** whose tokenizer read a changed text, see tokenPieces.ts */
  readonly isChanged_N: readonly boolean[];
}

/** Numbers in the largest array that a batch may have. */
const MOST_CELLS = 4_000_000;

interface CutAnswer extends CutText {
  readonly steps: readonly (readonly [number, number])[];
  readonly verdicts: readonly StepLabel[];
}

/** Without the tokens of the file, and so without what belongs to them. */
export function withoutTokens(problem: RolloutProblem): RolloutProblem {
  return { ...problem, answers: problem.answers.map(({ tokens: _, logprobs: _both, ...answer }) => answer) };
}

/** `tokenize`: for answers that came without tokens. Throws a RangeError where the answers are too many and too long. */
export function answersBatch(problems: readonly RolloutProblem[], tokenize: Tokenizer): AnswersBatch {
  const answers = problems.flatMap((problem, p) => problem.answers.map((answer) => ({ answer, problem, p })));
  const cut_N = answers.map(({ answer }) => cutAnswer(answer, tokenize));
  const width = Math.max(1, ...cut_N.map(({ tokens }) => tokens.length));
  if (answers.length * width > MOST_CELLS) throw new RangeError(`${answers.length} answers of up to ${width} tokens are more than can be shown at once`);
  const ids = new Map<string, number>();
  const tokens_NT = new Uint32Array(answers.length * width);
  const logprobs_NT = new Float32Array(answers.length * width).fill(Number.NaN);
  cut_N.forEach(({ tokens }, n) => {
    tokens.forEach((token, t) => {
      if (!ids.has(token)) ids.set(token, FIRST_CHARACTER_TOKEN + ids.size);
      tokens_NT[n * width + t] = ids.get(token)!;
    });
    logprobs_NT.set(answers[n]!.answer.logprobs ?? [], n * width);
  });
  const verified_N = answers.map(({ answer, problem }) => (problem.reference === undefined ? undefined : isRightAnswer(answer.text, problem.reference)));
  const verdicts_NK = cut_N.map(({ verdicts }) => verdicts);
  return {
    problems,
    alphabet: ['<padding>', '<stop>', ...ids.keys()],
    sample: {
      problems_P: problems.map((problem) => ({ prompt: problem.prompt, answer: rightAnswerOf(problem) })),
      answers: answers.length, width, problem_N: Uint32Array.from(answers, ({ p }) => p), tokens_NT,
      lengths_N: Uint32Array.from(cut_N, ({ tokens }) => tokens.length), finished_N: new Uint8Array(answers.length).fill(1), samplerLogprobs_NT: logprobs_NT,
    },
    score: {
      outcome_N: Float32Array.from(answers, ({ answer }, n) => answer.reward ?? (verified_N[n] === undefined ? Number.NaN : Number(verified_N[n]))),
      oldLogprobs_NT: logprobs_NT, entropy_NT: new Float32Array(answers.length * width).fill(Number.NaN), samplerGap: 0,
    },
    critique: {
      steps_NK: cut_N.map(({ steps }) => steps),
      critiques_Nk: verdicts_NK.map((verdicts) => [verdicts.every((one) => one === 'unknown') ? null : verdicts.flatMap((one, k) => (one === 'wrong' ? [k] : []))]),
      isCorrect_NK: verdicts_NK.map((verdicts) => verdicts.map((one) => one !== 'wrong')),
      isKnown_NK: verdicts_NK.map((verdicts) => verdicts.map((one) => one !== 'unknown')),
      canReachAnswer_NK: verdicts_NK.map(() => []),
    },
    verdicts_NK,
    judged_N: answers.map(({ answer }) => (answer.stepLabels === undefined ? 'arithmetic' : 'file')),
    sources_N: answers.map(({ answer }) => answer.source),
    verified_N,
    hasMarkedAnswer_N: answers.map(({ answer }) => finalAnswer(answer.text)?.isMarked === true),
    hasOwnTokens_N: answers.map(({ answer }) => answer.tokens !== undefined),
    isChanged_N: cut_N.map(({ isChanged }) => isChanged),
  };
}

/** The reference's last number or line; empty where there is none. */
export function rightAnswerOf({ reference = '' }: RolloutProblem): string {
  return String(finalAnswer(reference)?.value ?? reference.trim().split('\n').at(-1));
}

/** A token belongs to the step that its first character is in; special tokens after the text belong to the last. */
function cutAnswer({ text, tokens: own, steps: ownSteps, stepLabels }: RolloutAnswer, tokenize: Tokenizer): CutAnswer {
  const spans = ownSteps === undefined ? solutionSteps(text) : spansOf(ownSteps);
  const { tokens, isChanged } = own === undefined ? tokenize(text) : { tokens: own, isChanged: false };
  const steps = spans.map(() => [tokens.length, tokens.length] as [number, number]);
  let [at, k] = [0, 0];
  tokens.forEach((token, t) => {
    while (k + 1 < spans.length && at >= spans[k]!.end) k++;
    const step = steps[k];
    if (step !== undefined) {
      step[0] = Math.min(step[0], t);
      step[1] = t + 1;
    }
    at += token.length;
  });
  // a step between two characters of one token has none of its own
  for (let i = steps.length - 1; i >= 0; i--) if (steps[i]![0] === tokens.length && steps[i]![1] === tokens.length && i + 1 < steps.length) steps[i] = [steps[i + 1]![0], steps[i + 1]![0]];
  return { tokens, isChanged, steps, verdicts: stepLabels ?? spans.map(({ start, end }) => checkArithmetic(text.slice(start, end))) };
}

function spansOf(steps: readonly string[]): { start: number; end: number }[] {
  let start = 0;
  return steps.map(({ length }) => ({ start, end: (start += length) }));
}

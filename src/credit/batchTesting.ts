// For tests of credit programs: a random batch with every signal there is, and the awkward answers in it. Problem 4 has one
// answer, problem 5 none, answers 0 and 9 are empty, answer 2 has no steps, problem 3 has equal rewards, answers 5 and 6 are
// the same token by token, and the last answer is filtered: it has steps and tokens, but its mask is all 0.

import { RandomStream } from '../random/threefry';
import type { CreditShape } from './builder';
import { SIGNALS, type ValueSignal } from './signals';
import type { CreditSignals } from './writeSignals';

export const testShape: CreditShape = { answers: 33, width: 7, problems: 6, maximumSteps: 3, critiques: 3, referenceTokens: 2, checks: 3 };

/** Signals that are 0 or 1, or a whole number below the limit; the others are normal numbers, log-probs negative. */
const LIMITS: { readonly [K in ValueSignal]?: number } = {
  formatOk: 2, stepCorrect: 2, answerMatch: 2, planMask: 2, opensSegment: 2, isFinal: 2, stepNumber: 4, mcKnown: 2, restSteps: 3, necessaryEnd: 8,
};

export function testBatch(seed: number): CreditSignals {
  const random = RandomStream.of(seed, 'problems');
  const { answers, width } = testShape;
  const problem_N = Array.from({ length: answers }, (_, n) => (n === 20 ? 4 : n === 6 ? 1 : n === 5 ? 1 : random.below(4)));
  const lengths = problem_N.map((_, n) => (n === 0 || n === 9 ? 0 : n === 5 || n === 6 ? 6 : 1 + random.below(width)));
  const steps_NK = lengths.map((length, n): [number, number][] => (n === 2 ? [] : length < 4 ? [[0, length]] : [[1, 3], [3, 4], [4, length]]));
  const mask_NT = lengths.flatMap((length, n) => Array.from({ length: width }, (_, t) => Number(t < length && n !== answers - 1)));
  const tokens_NT = Array.from({ length: answers * width }, () => random.below(3));
  tokens_NT.splice(6 * width, width, ...tokens_NT.slice(5 * width, 6 * width));
  const correct = problem_N.map((problem) => (problem === 3 ? 1 : random.below(2)));
  const draw = (name: ValueSignal): number => {
    const limit = LIMITS[name];
    if (limit !== undefined) return random.below(limit);
    const x = random.normal();
    if (name.endsWith('ogprobs')) return -Math.abs(x);
    if (/^(entropy|waad|fai|prmProb)$/.test(name)) return 1 / (1 + Math.exp(-x));
    return x;
  };
  const values: { [K in ValueSignal]?: ArrayLike<number> | number[][] } = {};
  for (const name of Object.keys(SIGNALS) as ValueSignal[]) {
    const { shape } = SIGNALS[name];
    if (shape === 'step') values[name] = steps_NK.map((steps) => steps.map(() => draw(name)));
    else values[name] = Float32Array.from({ length: shape === 'token' ? answers * width : answers }, () => draw(name));
  }
  values.correct = correct;
  values.outcome = problem_N.map((problem, n) => (problem === 3 ? 0.7 : correct[n]! * random.uniform()));
  values.terminal = Array.from({ length: answers * width }, () => Number(random.uniform() > 0.8));
  values.restReachable = steps_NK.map((steps) => steps.map(() => (random.below(2) === 1 ? 1 : -1)));
  return {
    problem_N, steps_NK, mask_NT, tokens_NT,
    critiques_Nk: steps_NK.map((steps) => [0, 1, 2].map(() => (random.uniform() < 0.2 ? null : steps.flatMap((_, step) => (random.uniform() < 0.4 ? [step] : []))))),
    states_NK: steps_NK.map((steps) => steps.map((_, step) => (step === 0 ? 'q' : random.below(2)))),
    checks_NKC: steps_NK.map((steps) => steps.map(() => [0, 1, 2].map(() => random.below(2)))),
    answerLogprobs_NKL: steps_NK.map((steps) => Array.from({ length: steps.length + 1 }, () => [-2 * random.uniform(), -random.uniform()])),
    values,
  };
}

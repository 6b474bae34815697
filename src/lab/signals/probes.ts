// Probing with the reference: how likely the policy, at the end of each step, finds the reference answer or what is left of a reference
// solution. Equal beginnings of answers to one problem are asked once.

import { tokensOf } from '../rows';
import { STOP_TOKEN } from '../../tasks/task';
import { encode } from '../tokens';
import type { Scene, SignalProvider } from './provider';

interface Probe {
  readonly problem: number;
  readonly beginning: readonly number[];
  readonly ending: readonly number[];
}

/** After 0, 1, ... steps and after the whole answer, without its stop token. */
export const answerProbes: SignalProvider = {
  makes: ['answerLogprobs'],
  refusal: ({ task }) => (task.referenceEnding === undefined ? `task ${task.name} has no reference answer that could stand at the end of a text` : undefined),
  shape: ({ task }) => ({ referenceTokens: task.maximumAnswerLength }),
  make: async (scene) => {
    const { task, sample } = scene;
    const endings_P = sample.problems_P.map((problem) => encode(task.alphabet, task.referenceEnding!(problem)));
    const probes_N = beginnings(scene).map((starts, n) => starts.map((beginning): Probe => ({ problem: sample.problem_N[n]!, beginning, ending: endings_P[sample.problem_N[n]!]! })));
    const { logprobs, forwards } = await ask(scene, probes_N.flat());
    return { answerLogprobs_NKL: probes_N.map((row) => row.map((probe) => logprobs(probe))), cost: { forwards, rollouts: 0, judgeCalls: 0 } };
  },
};

/**
 * P2S (arXiv 2601.20649): the largest gain, over the suffixes s_t of the reference solution that begin at its steps, of
 * log p(s_t | question, answer up to the step) - log p(s_t | question). The paper masks the answer up to the step where this leaves it out
 * (ours), and takes its reference from the policy where this has the task's own.
 */
export const suffixProbes: SignalProvider = {
  makes: ['suffixGain'],
  make: async (scene) => {
    const { task, sample } = scene;
    const suffixes_P = sample.problems_P.map((problem) => {
      const solution = task.solution(problem);
      return task.steps(solution).map(({ start }) => encode(task.alphabet, solution.slice(start)));
    });
    const probe = (problem: number, beginning: readonly number[], ending: readonly number[]): Probe => ({ problem, beginning, ending });
    const starts_N = beginnings(scene);
    const all = starts_N.flatMap((starts, n) => starts.flatMap((beginning) => suffixes_P[sample.problem_N[n]!]!.map((ending) => probe(sample.problem_N[n]!, beginning, ending))));
    const { logprobs, forwards } = await ask(scene, all);
    const total = (one: Probe): number => logprobs(one).reduce((sum, each) => sum + each, 0);
    const suffixGain = scene.critique.steps_NK.map((spans, n) => spans.map((_, k) => {
      const problem = sample.problem_N[n]!;
      return Math.max(...suffixes_P[problem]!.map((ending) => total(probe(problem, starts_N[n]![k + 1]!, ending)) - total(probe(problem, [], ending))));
    }));
    return { values: { suffixGain }, cost: { forwards, rollouts: 0, judgeCalls: 0 } };
  },
};

/** Of each answer: nothing, then up to the end of each step; the stop token never. */
function beginnings({ sample, critique }: Scene): number[][][] {
  return critique.steps_NK.map((spans, n) => {
    const tokens = [...tokensOf(sample, n)].filter((token) => token !== STOP_TOKEN);
    return [[], ...spans.map(([, end]) => tokens.slice(0, end))];
  });
}

async function ask({ task, sample, configuration, continuer }: Scene, probes: readonly Probe[]) {
  const keyOf = ({ problem, beginning, ending }: Probe): string => `${problem}|${beginning.join(' ')}|${ending.join(' ')}`;
  const distinct = [...new Map(probes.map((probe) => [keyOf(probe), probe])).values()];
  const model = await continuer();
  const prompts_P = sample.problems_P.map(({ prompt }) => encode(task.alphabet, prompt));
  const tokens_NT = new Uint32Array(distinct.length * model.answerLength);
  distinct.forEach(({ ending }, n) => tokens_NT.set(ending, n * model.answerLength));
  const { logprobs_NT } = await model.score({
    prompts_N: distinct.map(({ problem, beginning }) => [...prompts_P[problem]!, ...beginning]), tokens_NT, lengths_N: Uint32Array.from(distinct, ({ ending }) => ending.length),
  }, configuration.sampling.temperature, 'policy');
  const answers = new Map(distinct.map((probe, n) => [keyOf(probe), [...logprobs_NT.subarray(n * model.answerLength, n * model.answerLength + probe.ending.length)]]));
  return { logprobs: (probe: Probe): number[] => answers.get(keyOf(probe))!, forwards: distinct.length };
}

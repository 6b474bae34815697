// Sampled accuracy on fixed held-out problems: one answer each, at the run's temperature without top-k, top-p or min-p.
// The problems depend on the task alone, so that runs of all seeds and methods meet the same ones.

import { RandomStream, streamKey } from '../random/threefry';
import { STOP_TOKEN, type Problem, type Task } from '../tasks/task';
import type { RunConfiguration } from './configuration';
import type { PolicyModel } from './policyModel';
import { decode, encode } from './tokens';

const HELD_OUT_SEED = 0;
const MOST_DRAWS_EACH = 50;

/** Distinct problems of the test split, as long as the task has enough of them. */
export function heldOutProblems(task: Task, count: number): Problem[] {
  const random = RandomStream.of(HELD_OUT_SEED, 'testProblems');
  const found = new Map<string, Problem>();
  for (let draw = 0; draw < count * MOST_DRAWS_EACH && found.size < count; draw++) {
    const problem = task.problem('test', random);
    found.set(problem.prompt, problem);
  }
  return [...found.values()];
}

/** `update`: number of updates done. */
export async function testAccuracy(task: Task, model: PolicyModel, problems: readonly Problem[], configuration: RunConfiguration, update: number): Promise<number> {
  const { temperature } = configuration.sampling;
  const drawn = await model.sample(problems.map((problem) => encode(task.alphabet, problem.prompt)), 1, {
    temperature, topK: 0, topP: 1, minP: 0, isGreedy: false, stopToken: STOP_TOKEN,
    key: streamKey(configuration.seed, 'testSampling', update), rowOffset: 0,
  });
  const right = problems.filter((problem, n) => {
    const tokens = drawn.tokens_NT.subarray(n * model.answerLength, n * model.answerLength + drawn.lengths_N[n]!);
    return task.verify(problem, decode(task.alphabet, tokens)) === 1;
  });
  return right.length / problems.length;
}

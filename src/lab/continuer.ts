// The policy once more, built to go on from any beginning of an answer: its prompts may hold a task's prompt and a whole answer. And
// what a continuation is worth.

import type { Executor } from '../gpu/executor';
import type { SampledAnswers } from '../model/sampler';
import type { Problem, Task } from '../tasks/task';
import type { PolicyModel } from './policyModel';
import type { PolicyMaker } from './prepareRun';
import { decode } from './tokens';

/** continuations in lockstep */
const TOGETHER = 512;

/** Made when first asked for; each call gives it the weights that `model` has by then. */
export function continuerOf(executor: Executor, makePolicy: PolicyMaker, task: Task, model: PolicyModel): () => Promise<PolicyModel> {
  let made: PolicyModel | undefined;
  return async () => {
    made ??= await makePolicy(executor, model.config, {
      promptLength: task.maximumPromptLength + task.maximumAnswerLength, answerLength: task.maximumAnswerLength,
      prompts: TOGETHER, answersPerPrompt: 1, microbatchAnswers: TOGETHER,
    });
    made.loadWeights(await model.readWeights());
    return made;
  };
}

/** The verifier's word on a beginning and its continuation; 0 where the answer had not ended within its `width` tokens. */
export function continuedOutcome(
  task: Task, problem: Problem, beginning: ArrayLike<number>, width: number, { tokens_NT, lengths_N, finished_N }: SampledAnswers, row: number,
): 0 | 1 {
  const length = lengths_N[row]!;
  if (finished_N[row] !== 1 || beginning.length + length > width) return 0;
  const start = row * (tokens_NT.length / lengths_N.length);
  return task.verify(problem, decode(task.alphabet, [...Array.from(beginning), ...tokens_NT.subarray(start, start + length)]));
}

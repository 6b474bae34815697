// The policy once more, built to go on from any beginning of an answer: its prompts may hold a task's prompt and a whole answer.

import type { Executor } from '../gpu/executor';
import type { Task } from '../tasks/task';
import type { PolicyModel } from './policyModel';
import type { PolicyMaker } from './prepareRun';

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

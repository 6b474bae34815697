// The PolicyMaker of real runs: an EnginePolicy whose micro-batch fits the memory budget.

import { EnginePolicy } from './enginePolicy';
import { memoryOfAnswer, microbatchSize } from './memoryBudget';
import type { PolicyMaker } from './prepareRun';

export const makeEnginePolicy: PolicyMaker = (executor, config, shape, onProgress) => {
  const { promptLength, answerLength, prompts, answersPerPrompt } = shape;
  const need = memoryOfAnswer(config, promptLength, answerLength);
  const microbatchAnswers = microbatchSize(need, prompts * answersPerPrompt, shape.microbatchAnswers, executor.maxBindingBytes);
  return EnginePolicy.create(executor, config, { promptLength, answerLength, microbatchAnswers, promptsPerSample: prompts, answersPerPrompt }, onProgress);
};

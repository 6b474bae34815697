// What a run asks of its value model, and the value model that answers in this process, on an executor of its own.
// Score says what reward is still expected before each token; learn moves the model towards the targets that the credit
// method made of it. Both are about one update of one run; the policy trains meanwhile.

import { loadPolicy } from '../formats/policyFiles';
import type { FileReader } from '../formats/safetensorsIndex';
import type { Executor } from '../gpu/executor';
import type { ValueModelOption } from '../credit/operations/valueModel';
import { taskFamily } from '../tasks';
import type { Task } from '../tasks/task';
import type { RunConfiguration } from './configuration';
import { EngineValueModel, valueConfig } from './engineValueModel';
import { explainedVariance } from './explainedVariance';
import { memoryOfAnswer, microbatchSize } from './memoryBudget';
import { minibatchOrder } from './minibatches';
import { refuseNonFinite, refuseNonFiniteNumbers } from './nonFinite';
import type { SampleRecord, ValueRecord } from './record';
import { answerBatch, forEachToken, gatherRows } from './rows';
import { tokenWeights } from './tokenWeights';

export interface ValueCritic {
  /** [N, T], 0 where there is no token */
  score(sample: SampleRecord, update: number): Promise<Float32Array>;
  /** `values_NT` as scored */
  learn(sample: SampleRecord, update: number, values_NT: Float32Array, targets_NT: Float32Array): Promise<ValueRecord>;
}

/** Starts from the trunk of the run's policy; `files` reads from its folder. */
export async function engineValueCritic(executor: Executor, configuration: RunConfiguration, files: FileReader): Promise<ValueCritic> {
  const task = taskFamily(configuration.task).create(configuration.taskOptions);
  const { config, tensors } = await loadPolicy(files);
  const [promptLength, answerLength] = [task.maximumPromptLength, task.maximumAnswerLength];
  const answers = configuration.problemsPerUpdate * configuration.answersPerProblem;
  const microbatchAnswers = microbatchSize(memoryOfAnswer(valueConfig(config), promptLength, answerLength), answers, configuration.microbatchAnswers, executor.maxBindingBytes);
  const model = await EngineValueModel.create(executor, config, { promptLength, answerLength, microbatchAnswers });
  model.loadTrunk(tensors);
  return {
    score: async (sample, update) => {
      const values_NT = await model.score(answerBatch(task, sample));
      refuseNonFiniteNumbers('values', values_NT, update);
      return values_NT;
    },
    learn: (sample, update, values_NT, targets_NT) => learn(model, task, configuration, sample, update, values_NT, targets_NT),
  };
}

async function learn(
  model: EngineValueModel, task: Task, configuration: RunConfiguration, sample: SampleRecord, update: number, values_NT: Float32Array, targets_NT: Float32Array,
): Promise<ValueRecord> {
  const setting = (name: ValueModelOption): number => Number(configuration.methodParameters[name]);
  const { beta1, beta2, epsilon, weightDecay, maximumGradientNorm } = configuration.optimizer;
  const parts = minibatchOrder(sample.answers, setting('valueEpochs'), configuration.loss.minibatches, configuration.seed, update).flat();
  let [loss, clipped, tokens, gradientNorm] = [0, 0, 0, 0];
  for (const rows of parts) {
    const batch = answerBatch(task, sample, rows);
    const weights_NT = tokenWeights('token-mean', batch.lengths_N, sample.width);
    const terms = { oldValues_NT: gatherRows(values_NT, sample.width, rows), targets_NT: gatherRows(targets_NT, sample.width, rows), weights_NT };
    await model.clearGradients();
    const { loss_NT, isClipped_NT } = await model.accumulate(batch, terms, setting('valueClip'));
    await refuseNonFinite(model, update);
    forEachToken(batch.lengths_N, sample.width, (i) => {
      loss += (weights_NT[i]! * loss_NT[i]!) / parts.length;
      clipped += isClipped_NT[i]!;
      tokens++;
    });
    gradientNorm += (await model.step({ learningRate: setting('valueLearningRate'), beta1, beta2, epsilon, weightDecay, maximumGradientNorm })) / parts.length;
  }
  await refuseNonFinite(model, update);
  return { loss, clipShare: clipped / Math.max(1, tokens), gradientNorm, explainedVariance: explainedVariance(values_NT, targets_NT, sample.lengths_N, sample.width) };
}

// What a run asks of its value model, and the value model that answers in this process, on an executor of its own.
// Score says what reward is still expected before each token; learn moves the model towards the targets that the credit
// method made of it. Both are about one update of one run; the policy trains meanwhile.

import { FormatError } from '../formats/formatError';
import { loadPolicy } from '../formats/policyFiles';
import type { FileReader } from '../formats/safetensorsIndex';
import type { Executor } from '../gpu/executor';
import type { ValueModelOption } from '../credit/operations/valueModel';
import { taskFamily } from '../tasks';
import type { Task } from '../tasks/task';
import type { RunConfiguration } from './configuration';
import { doubts } from './doubts';
import { EngineValueModel, valueConfig } from './engineValueModel';
import { explainedVariance } from './explainedVariance';
import { memoryOfAnswer, microbatchSize } from './memoryBudget';
import { minibatchOrder } from './minibatches';
import { refuseNonFinite, refuseNonFiniteNumbers } from './nonFinite';
import type { ModelState } from './policyModel';
import type { SampleRecord, ValueRecord } from './record';
import { answerBatch, forEachToken, gatherRows } from './rows';
import type { ResumedValues } from './runState';
import { tokenWeights } from './tokenWeights';

export interface ValueCritic {
  /** [N, T], 0 where there is no token */
  score(sample: SampleRecord, update: number): Promise<Float32Array>;
  /** `values_NT` as scored */
  learn(sample: SampleRecord, update: number, values_NT: Float32Array, targets_NT: Float32Array): Promise<ValueRecord>;
  /** as it is after `update` */
  readState(update: number): Promise<ModelState>;
  /** of its executor, for every kernel that the model uses */
  readonly kernelChoice: Readonly<Record<string, string>>;
}

/** Starts from the trunk of the run's policy; `files` reads from its folder. A run that goes on has its value model in its state. */
export async function engineValueCritic(executor: Executor, configuration: RunConfiguration, files: FileReader, resumed?: ResumedValues): Promise<ValueCritic> {
  const task = taskFamily(configuration.task).create(configuration.taskOptions);
  const policy = resumed === undefined ? await loadPolicy(files) : undefined;
  const config = policy?.config ?? resumed!.model;
  const [promptLength, answerLength] = [task.maximumPromptLength, task.maximumAnswerLength];
  const answers = configuration.problemsPerUpdate * configuration.answersPerProblem;
  const microbatchAnswers = microbatchSize(memoryOfAnswer(valueConfig(config), promptLength, answerLength), answers, configuration.microbatchAnswers, executor.maxBindingBytes);
  const model = await EngineValueModel.create(executor, config, { promptLength, answerLength, microbatchAnswers });
  if (policy !== undefined) model.loadTrunk(policy.tensors);
  else model.loadState(valuesOf(resumed!, valueMinibatches(configuration, answers, 1).length));
  return {
    kernelChoice: executor.kernelChoice,
    readState: () => model.readState(),
    score: async (sample, update) => {
      const values_NT = await model.score(answerBatch(task, sample), doubts(sample));
      refuseNonFiniteNumbers('values', values_NT, update);
      return values_NT;
    },
    learn: (sample, update, values_NT, targets_NT) => learn(model, task, configuration, sample, update, values_NT, targets_NT),
  };
}

function setting({ methodParameters }: RunConfiguration, name: ValueModelOption): number {
  return Number(methodParameters[name]);
}

/** The answers of each step that the value model takes in an update; no mini-batch is empty. */
function valueMinibatches(configuration: RunConfiguration, answers: number, update: number): number[][] {
  return minibatchOrder(answers, setting(configuration, 'valueEpochs'), Math.min(answers, setting(configuration, 'valueMinibatches')), configuration.seed, update).flat();
}

function valuesOf({ values, lines }: ResumedValues, stepsAnUpdate: number): ModelState {
  if (values === undefined) throw new FormatError('the stopped run', 'lacks the value model of its method');
  if (values.steps !== lines.length * stepsAnUpdate) {
    throw new FormatError('the stopped run', `has a value model of ${values.steps} steps; ${lines.length} updates of ${stepsAnUpdate} steps make ${lines.length * stepsAnUpdate}`);
  }
  return values;
}

async function learn(
  model: EngineValueModel, task: Task, configuration: RunConfiguration, sample: SampleRecord, update: number, values_NT: Float32Array, targets_NT: Float32Array,
): Promise<ValueRecord> {
  const { beta1, beta2, epsilon, weightDecay, maximumGradientNorm } = configuration.optimizer;
  const parts = valueMinibatches(configuration, sample.answers, update);
  const everyDoubt_NT = doubts(sample);
  let [loss, clipped, tokens, gradientNorm] = [0, 0, 0, 0];
  for (const rows of parts) {
    const batch = answerBatch(task, sample, rows);
    const weights_NT = tokenWeights('token-mean', batch.lengths_N, sample.width);
    const [oldValues_NT, rowTargets_NT, doubts_NT] = [values_NT, targets_NT, everyDoubt_NT].map((one) => gatherRows(one, sample.width, rows)) as [Float32Array, Float32Array, Float32Array];
    const terms = { oldValues_NT, targets_NT: rowTargets_NT, doubts_NT, weights_NT };
    const { loss_NT, isClipped_NT, ...searched } = await model.computeGradients(batch, terms, setting(configuration, 'valueClip'));
    refuseNonFinite(searched, update);
    forEachToken(batch.lengths_N, sample.width, (i) => {
      loss += (weights_NT[i]! * loss_NT[i]!) / parts.length;
      clipped += isClipped_NT[i]!;
      tokens++;
    });
    const done = await model.step({ learningRate: setting(configuration, 'valueLearningRate'), beta1, beta2, epsilon, weightDecay, maximumGradientNorm });
    refuseNonFinite(done, update);
    gradientNorm += done.gradientNorm / parts.length;
  }
  return { loss, clipShare: clipped / Math.max(1, tokens), gradientNorm, explainedVariance: explainedVariance(values_NT, targets_NT, sample.lengths_N, sample.width) };
}

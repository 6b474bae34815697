// Training steps of our engine over one fixed batch: forward, mean cross-entropy, backward, gradient norm and AdamW as
// one plan, and in the same submit a readback of the tokens' log-probabilities, from which the loss is summed.

import { planBuffer, type PlanBuffer } from '../gpu/buffer';
import { floatsOf, type Executor } from '../gpu/executor';
import { Plan, type Variables } from '../gpu/plan';
import { policyLogitsGrad } from '../kernels/loss/policyLogitsGrad';
import { tokenStatistics } from '../kernels/loss/tokenStatistics';
import { adamwScalars } from '../kernels/optim/adamw';
import { Optimizer } from '../model/optimizer';
import { FlatTensors, layOutParameters } from '../model/parameterLayout';
import { ropeTable } from '../model/ropeTable';
import { SequenceModel } from '../model/sequenceModel';
import { ADAMW, modelOf, type TrainingData, type TrainingShape } from './trainingShape';

export class EngineTraining {
  readonly plan = new Plan('training step');
  private readonly variables: Variables;
  private readonly logprobs: PlanBuffer;
  private steps = 0;

  private constructor(private readonly executor: Executor, private readonly shape: TrainingShape, model: SequenceModel, weights: FlatTensors, gradients: FlatTensors, terms: LossTerms) {
    const rows = shape.batch * shape.length;
    this.logprobs = planBuffer('loss.logprobs', rows);
    const entropy = planBuffer('loss.entropy', rows);
    const logsumexp = planBuffer('loss.logsumexp', rows);
    const scalars = { rows, temperature: 1, VOCAB: shape.vocabulary };
    for (const buffer of gradients.buffers) this.plan.clear(buffer);
    this.plan.append(model.forwardPlan);
    this.plan.call(tokenStatistics, { logits: model.logits, targets: terms.targets, logprob: this.logprobs, entropy, logsumexp }, scalars);
    this.plan.call(policyLogitsGrad, { logits: model.logits, targets: terms.targets, logsumexp, entropy, d_logprob: terms.logprobGrad, d_entropy: terms.entropyGrad }, scalars);
    this.plan.append(model.backwardPlan);
    this.plan.append(new Optimizer(weights, gradients).plan);
    this.variables = model.variables(shape.batch);
  }

  /** Compiles, allocates and uploads: everything before the first step. */
  static async create(executor: Executor, shape: TrainingShape, data: TrainingData): Promise<EngineTraining> {
    const config = modelOf(shape);
    const rows = shape.batch * shape.length;
    const layout = layOutParameters(config, executor.maxBindingBytes);
    const [weights, gradients] = [new FlatTensors(layout, 'weights'), new FlatTensors(layout, 'gradients')];
    const rope = planBuffer('rope', shape.length * config.headDim);
    const model = new SequenceModel(config, { batch: shape.batch, length: shape.length, spanStart: 0, span: shape.length }, weights, gradients, rope);
    const terms = { targets: planBuffer('loss.targets', rows, 'u32'), logprobGrad: planBuffer('loss.d_logprob', rows), entropyGrad: planBuffer('loss.d_entropy', rows) };
    const training = new EngineTraining(executor, shape, model, weights, gradients, terms);
    await executor.prepare(training.plan);
    executor.write(rope, ropeTable(shape.length, config.headDim, config.ropeTheta));
    for (const [name, { data: numbers }] of data.weights) executor.write(weights.of(name), numbers);
    model.writeInputs(executor, { tokens: data.tokens, positions: Int32Array.from({ length: rows }, (_, i) => i % shape.length), keyMask: new Uint32Array(rows).fill(1) });
    executor.write(terms.targets, data.targets);
    executor.write(terms.logprobGrad, new Float32Array(rows).fill(-1 / rows));
    return training;
  }

  /** One step; resolves to the loss before it. */
  async step(): Promise<number> {
    this.steps++;
    const variables = { ...this.variables, ...adamwScalars(this.steps, ADAMW), maximum: 0 };
    const [logprobs] = await this.executor.runAndRead([{ plan: this.plan, iterations: [variables] }], [this.logprobs]);
    return -floatsOf(logprobs).reduce((sum, one) => sum + one, 0) / (this.shape.batch * this.shape.length);
  }

  release(): void {
    this.executor.release(...this.plan.buffers());
  }
}

interface LossTerms { readonly targets: PlanBuffer; readonly logprobGrad: PlanBuffer; readonly entropyGrad: PlanBuffer }

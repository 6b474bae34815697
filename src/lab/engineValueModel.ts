// The value model on an executor of its own: the policy's transformer with a head of one number. Row j of an answer's
// span says what reward is still expected before token j, from the prompt and the tokens before it:
//   v_j = head . normed state_j + doubt weight * sqrt(hidden) * doubt_j
// The doubt (doubts.ts) is one number more for the head to read, made as long as the state is; its weight starts at 0 too.
//   loss = sum over tokens of weight * max((v - target)^2, (clip(v, old - c, old + c) - target)^2) / 2
// (clipped value loss, arXiv 1707.06347 as in most implementations). Trunk from the warm-start policy, head zero.

import { planBuffer, slice, type ElementArray, type PlanBuffer, type Slice } from '../gpu/buffer';
import { floatsOf, wordsOf, type Executor } from '../gpu/executor';
import { Plan, variable } from '../gpu/plan';
import { matmulTn } from '../kernels/linalg/matmulTn';
import { valueLoss, valueLossScalars } from '../kernels/loss/valueLoss';
import { checkModelConfig, type ModelConfig } from '../model/config';
import { linear } from '../model/layerForward';
import { NonFiniteSearch } from '../model/nonFiniteSearch';
import { Optimizer } from '../model/optimizer';
import { FlatTensors, layOutParameters } from '../model/parameterLayout';
import { ropeTable } from '../model/ropeTable';
import { SequenceModel, VALUE_HEAD } from '../model/sequenceModel';
import { readTensors, writeTensors } from './flatState';
import type { AnswerBatch, ModelState, Searched, StepDone, StepSettings } from './policyModel';
import { cutBatch } from './rows';
import { sequenceInputs } from './sequenceRows';

export interface ValueShape {
  readonly promptLength: number;
  readonly answerLength: number;
  readonly microbatchAnswers: number;
}

/** Per token, [N, answerLength]. */
export interface ValueTerms {
  /** when the answers were scored */
  readonly oldValues_NT: Float32Array;
  readonly targets_NT: Float32Array;
  readonly doubts_NT: Float32Array;
  /** 0 where there is no token */
  readonly weights_NT: Float32Array;
}

/** Per token, before the token's weight is applied; 0 where there is no token. */
export interface ValueLosses {
  readonly loss_NT: Float32Array;
  readonly isClipped_NT: Uint8Array;
}

const DOUBT_HEAD = 'value_head.doubt';

type NamedData = ReadonlyMap<string, { readonly data: Float32Array<ArrayBuffer> }>;

/** The config of the value model on a policy's trunk. */
export const valueConfig = (policy: ModelConfig): ModelConfig => ({ ...policy, hasValueHead: true });

export class EngineValueModel {
  readonly config: ModelConfig;
  private readonly weights: FlatTensors;
  private readonly gradients: FlatTensors;
  private readonly model: SequenceModel;
  private readonly optimizer: Optimizer;
  private readonly search: NonFiniteSearch;
  private readonly rope: PlanBuffer;
  private readonly clearPlan = new Plan('clear value gradients');
  /** with and without clipping */
  private readonly learnPlans: { readonly clipped: Plan; readonly plain: Plan };
  private readonly scorePlan: Plan;
  private readonly doubts: PlanBuffer;
  private readonly values: PlanBuffer;
  private readonly oldValues: PlanBuffer;
  private readonly targets: PlanBuffer;
  private readonly tokenWeights: PlanBuffer;
  private readonly loss: PlanBuffer;
  private readonly flags: PlanBuffer;
  private steps = 0;

  /** Allocates memory and compiles all kernels; weights are zero until loadTrunk or loadState. */
  static async create(executor: Executor, policy: ModelConfig, shape: ValueShape): Promise<EngineValueModel> {
    checkModelConfig(policy);
    const model = new EngineValueModel(executor, policy, shape);
    await model.prepare();
    return model;
  }

  private constructor(private readonly executor: Executor, policy: ModelConfig, private readonly shape: ValueShape) {
    const { promptLength, answerLength, microbatchAnswers } = shape;
    this.config = valueConfig(policy);
    const length = promptLength + answerLength - 1;
    const layout = layOutParameters(this.config, executor.maxBindingBytes);
    this.weights = new FlatTensors(layout, 'value_weights');
    this.gradients = new FlatTensors(layout, 'value_gradients');
    this.rope = planBuffer('value.rope', length * policy.headDim);
    this.model = new SequenceModel(this.config, { batch: microbatchAnswers, length, spanStart: promptLength - 1, span: answerLength }, this.weights, this.gradients, this.rope);
    this.optimizer = new Optimizer(this.weights, this.gradients);
    const tokens = microbatchAnswers * answerLength;
    this.doubts = planBuffer('value.doubts', tokens);
    this.values = planBuffer('value.values', tokens);
    this.oldValues = planBuffer('value.old_values', tokens);
    this.targets = planBuffer('value.targets', tokens);
    this.tokenWeights = planBuffer('value.weights', tokens);
    this.loss = planBuffer('value.loss', tokens);
    this.flags = planBuffer('value.flags', tokens, 'u32');
    this.scorePlan = new Plan('values').append(this.model.forwardPlan);
    linear(this.scorePlan, this.weights, DOUBT_HEAD, variable('spanRows'), { input: this.doubts, output: this.values, residual: this.model.logits });
    this.learnPlans = { clipped: this.learnPlan(0), plain: this.learnPlan(null) };
    for (const buffer of this.gradients.buffers) this.clearPlan.clear(buffer);
    const { firstMoment, secondMoment } = this.optimizer;
    this.search = new NonFiniteSearch({ tensors: this.weights, suffix: '' }, this.model.logits, [
      { tensors: this.gradients, suffix: '.gradient' }, { tensors: firstMoment, suffix: '.first_moment' }, { tensors: secondMoment, suffix: '.second_moment' },
    ]);
  }

  /** The policy's weights but for its head; both parts of the value head become zero. */
  loadTrunk(policy: NamedData): void {
    writeTensors(this.executor, this.weights, new Map([...policy, [VALUE_HEAD, { data: new Float32Array(this.config.hiddenSize) }], [DOUBT_HEAD, { data: new Float32Array(1) }]]));
  }

  async readState(): Promise<ModelState> {
    const { executor, optimizer: { firstMoment, secondMoment } } = this;
    return {
      weights: await readTensors(executor, this.weights), firstMoment: await readTensors(executor, firstMoment),
      secondMoment: await readTensors(executor, secondMoment), steps: this.steps,
    };
  }

  loadState({ weights, firstMoment, secondMoment, steps }: ModelState): void {
    writeTensors(this.executor, this.weights, weights);
    writeTensors(this.executor, this.optimizer.firstMoment, firstMoment);
    writeTensors(this.executor, this.optimizer.secondMoment, secondMoment);
    this.steps = steps;
  }

  /** Before each token, [N, answerLength]; 0 past an answer's end. */
  async score(batch: AnswerBatch, doubts_NT: Float32Array): Promise<Float32Array> {
    const { executor, shape: { answerLength, microbatchAnswers } } = this;
    const values_NT = new Float32Array(batch.tokens_NT.length);
    for (const { batch: part, from, rows } of cutBatch(batch, answerLength, microbatchAnswers)) {
      this.writeInputs(part, doubts_NT.subarray(from * answerLength, (from + rows) * answerLength));
      const run = { plan: this.scorePlan, iterations: [this.model.variables(rows)] };
      const values = floatsOf((await executor.runAndRead([run], [slice(this.values, 0, rows * answerLength)]))[0]);
      part.lengths_N.forEach((length, n) => values_NT.set(values.subarray(n * answerLength, n * answerLength + length), (from + n) * answerLength));
    }
    return values_NT;
  }

  /** The gradients become those of sum(weights * loss) over the rows. `clip` 0: no clipping. */
  async computeGradients(batch: AnswerBatch, terms: ValueTerms, clip: number): Promise<ValueLosses & Searched> {
    const { executor, shape: { answerLength, microbatchAnswers } } = this;
    const plan = clip === 0 ? this.learnPlans.plain : this.learnPlans.clipped;
    const loss_NT = new Float32Array(batch.tokens_NT.length);
    const isClipped_NT = new Uint8Array(batch.tokens_NT.length);
    let found: ElementArray | undefined;
    const microbatches = [...cutBatch(batch, answerLength, microbatchAnswers)];
    if (microbatches.length === 0) await executor.run(this.clearPlan); // more mini-batches than answers
    for (const [i, { batch: part, from, rows }] of microbatches.entries()) {
      const isLast = i === microbatches.length - 1;
      const [first, end] = [from * answerLength, (from + rows) * answerLength];
      executor.write(this.oldValues, Float32Array.from(terms.oldValues_NT.subarray(first, end)));
      executor.write(this.targets, Float32Array.from(terms.targets_NT.subarray(first, end)));
      executor.write(this.tokenWeights, Float32Array.from(terms.weights_NT.subarray(first, end)));
      this.writeInputs(part, terms.doubts_NT.subarray(first, end));
      const learn = { plan, iterations: [{ ...this.model.variables(rows), clip }] };
      const [loss, flags, ...rest] = await executor.runAndRead(
        [...(i === 0 ? [{ plan: this.clearPlan }] : []), learn, ...(isLast ? [{ plan: this.search.plan }] : [])],
        [slice(this.loss, 0, end - first), slice(this.flags, 0, end - first), ...(isLast ? [this.search.first] : [])],
      );
      loss_NT.set(floatsOf(loss), first);
      isClipped_NT.set(wordsOf(flags), first);
      found = rest[0];
    }
    return { loss_NT, isClipped_NT, ...(found !== undefined && this.searchedIn(found)) };
  }

  /** Clips the gradient to its norm and takes one AdamW step. */
  async step({ maximumGradientNorm, ...options }: StepSettings): Promise<StepDone> {
    this.steps++;
    const runs = [this.optimizer.runOf(this.steps, options, maximumGradientNorm), { plan: this.search.plan }];
    const [norm, first] = await this.executor.runAndRead(runs, [this.optimizer.norm, this.search.first]);
    return { gradientNorm: this.optimizer.resultOf(norm).gradientNorm, ...this.searchedIn(first) };
  }

  /** Tensors are named as the policy's, with `value model: ` before them. */
  private searchedIn(first: ElementArray | undefined): Searched {
    const found = this.search.foundIn(wordsOf(first));
    return found === undefined ? {} : { nonFinite: { ...found, tensor: `value model: ${found.tensor === 'logits' ? 'values' : found.tensor}` } };
  }

  /** where a parameter or its gradient lies */
  tensor(kind: 'weights' | 'gradients', name: string): Slice {
    return (kind === 'weights' ? this.weights : this.gradients).of(name);
  }

  private async prepare(): Promise<void> {
    const plans = [this.scorePlan, this.learnPlans.clipped, this.learnPlans.plain, this.optimizer.plan, this.clearPlan, this.search.plan];
    for (const plan of plans) await this.executor.prepare(plan);
    this.executor.allocate(this.rope, ...this.weights.buffers);
    this.executor.write(this.rope, ropeTable(this.shape.promptLength + this.shape.answerLength - 1, this.config.headDim, this.config.ropeTheta));
  }

  private writeInputs(batch: AnswerBatch, doubts_NT: Float32Array): void {
    const scale = Math.sqrt(this.config.hiddenSize);
    this.model.writeInputs(this.executor, sequenceInputs(batch, this.shape.promptLength, this.shape.answerLength));
    this.executor.write(this.doubts, Float32Array.from(doubts_NT, (one) => scale * one));
  }

  /** What the state adds to a value has the value's own gradient, which the backward plan expects where the logits were. */
  private learnPlan(clip: number | null): Plan {
    const { CLIPPED } = valueLossScalars(clip);
    return new Plan(`learn values ${clip === null ? 'plain' : 'clipped'}`).append(this.scorePlan).call(valueLoss, {
      values: this.values, old_values: this.oldValues, returns: this.targets, weights: this.tokenWeights,
      loss: this.loss, d_values: this.model.logits, flags: this.flags,
    }, { count: variable('spanRows'), clip: variable('clip'), CLIPPED }).call(matmulTn, {
      dy: this.model.logits, x: this.doubts, dw: this.gradients.of(DOUBT_HEAD),
    }, { rows: variable('spanRows'), IN: 1, OUT: 1 }, `${DOUBT_HEAD} gradient`).append(this.model.backwardPlan);
  }
}

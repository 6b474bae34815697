// The transformer over whole sequences: forward to logits and backward to gradients of all weights, as two plans
// built once for a largest batch and a fixed length. A run says how many sequences are really there.
//
// Each sequence has `length` input tokens; logits are made for the `span` positions from `spanStart`
// (for a policy: the positions that predict the answer's tokens). logits[b*span + j] predicts the token after
// input position spanStart + j. After the loss has turned logits into their gradient in place, backward() adds the
// gradients of all weights to `gradients`.

import { planBuffer, type PlanBuffer } from '../gpu/buffer';
import type { Executor } from '../gpu/executor';
import { Plan, variable, type Variables } from '../gpu/plan';
import { attention } from '../kernels/transformer/attention';
import { attentionGradDelta } from '../kernels/transformer/attentionGradDelta';
import { attentionGradKeyValue } from '../kernels/transformer/attentionGradKeyValue';
import { attentionGradQuery } from '../kernels/transformer/attentionGradQuery';
import { embedding } from '../kernels/transformer/embedding';
import { embeddingGrad } from '../kernels/transformer/embeddingGrad';
import { rmsnorm } from '../kernels/transformer/rmsnorm';
import { rmsnormGradInput } from '../kernels/transformer/rmsnormGradInput';
import { rmsnormGradWeight } from '../kernels/transformer/rmsnormGradWeight';
import { takeSpan } from '../kernels/transformer/takeSpan';
import { takeSpanGrad } from '../kernels/transformer/takeSpanGrad';
import type { ModelConfig } from './config';
import { layerBackward, layerGradients, linearGrad } from './layerBackward';
import { layerActivations, layerForward, linear, type LayerActivations, type Rows } from './layerForward';
import type { FlatTensors } from './parameterLayout';

export interface SequenceShape {
  /** largest number of sequences a run */
  readonly batch: number;
  readonly length: number;
  readonly spanStart: number;
  readonly span: number;
}

export interface SequenceInputs {
  /** [batch, length] */
  readonly tokens: Uint32Array<ArrayBuffer>;
  readonly positions: Int32Array<ArrayBuffer>;
  /** 1 = real token, 0 = padding */
  readonly keyMask: Uint32Array<ArrayBuffer>;
}

export const VALUE_HEAD = 'value_head.weight';
export const headName = (config: ModelConfig): string => (config.hasValueHead === true ? VALUE_HEAD : config.isTied ? 'model.embed_tokens.weight' : 'lm_head.weight');

export class SequenceModel {
  readonly forwardPlan: Plan;
  readonly backwardPlan: Plan;
  readonly tokens: PlanBuffer;
  readonly positions: PlanBuffer;
  readonly keyMask: PlanBuffer;
  /** [batch * span, vocabulary], with a value head [batch * span]; holds the gradient of the logits when backward runs */
  readonly logits: PlanBuffer;
  /** residual stream before each layer and after the last, [batch * length, hidden] */
  readonly stream: readonly PlanBuffer[];
  readonly layers: readonly LayerActivations[];
  readonly finalNormed: PlanBuffer;
  private readonly taken: PlanBuffer;
  private readonly finalInverseRms: PlanBuffer;

  constructor(
    readonly config: ModelConfig,
    readonly shape: SequenceShape,
    private readonly weights: FlatTensors,
    private readonly gradients: FlatTensors,
    private readonly ropeTable: PlanBuffer,
  ) {
    const rows = shape.batch * shape.length;
    const spanRows = shape.batch * shape.span;
    this.tokens = planBuffer('sequence.tokens', rows, 'u32');
    this.positions = planBuffer('sequence.positions', rows, 'i32');
    this.keyMask = planBuffer('sequence.key_mask', rows, 'u32');
    this.logits = planBuffer('sequence.logits', spanRows * (config.hasValueHead === true ? 1 : config.vocabularySize));
    this.finalNormed = planBuffer('sequence.final_normed', spanRows * config.hiddenSize);
    this.stream = Array.from({ length: config.layers + 1 }, (_, i) => planBuffer(`sequence.stream.${i}`, rows * config.hiddenSize));
    this.layers = Array.from({ length: config.layers }, (_, i) => layerActivations(config, rows, `sequence.layer.${i}`));
    this.taken = planBuffer('sequence.taken', spanRows * config.hiddenSize);
    this.finalInverseRms = planBuffer('sequence.final_inverse_rms', spanRows);
    this.forwardPlan = this.forwardWith(weights);
    this.backwardPlan = this.buildBackward();
  }

  /** The variables of a run over the first `batch` sequences. */
  variables(batch: number): Variables {
    const { length, span } = this.shape;
    const { heads, kvHeads, intermediateSize } = this.config;
    const rows = batch * length;
    return { batch, rows, queryHeads: rows * heads, keyHeads: rows * kvHeads, gated: rows * intermediateSize, spanRows: batch * span };
  }

  writeInputs(executor: Executor, inputs: SequenceInputs): void {
    executor.write(this.tokens, inputs.tokens);
    executor.write(this.positions, inputs.positions);
    executor.write(this.keyMask, inputs.keyMask);
  }

  private rowsOfPlan(): Rows {
    return {
      rows: variable('rows'), queryHeads: variable('queryHeads'), keyHeads: variable('keyHeads'), gated: variable('gated'),
      positions: this.positions, positionOffset: 0, ropeTable: this.ropeTable,
    };
  }

  /** The forward plan over other weights of the same layout (a frozen reference), through the same activations. */
  forwardWith(weights: FlatTensors): Plan {
    const { config, shape } = this;
    const plan = new Plan(`forward ${weights.label}`);
    const rows = this.rowsOfPlan();
    const heads = { HEADS: config.heads, KV_HEADS: config.kvHeads, HEAD_DIM: config.headDim };
    plan.call(embedding, { tokens: this.tokens, table: weights.of('model.embed_tokens.weight'), y: this.stream[0]! },
      { rows: rows.rows, VOCAB: config.vocabularySize, WIDTH: config.hiddenSize });
    this.layers.forEach((a, layer) => {
      layerForward(plan, config, weights, layer, a, rows, this.stream[layer]!, this.stream[layer + 1]!, () => {
        plan.call(attention, { q: a.queryRotated, k: a.keyRotated, v: a.value, key_mask: this.keyMask, o: a.attended, statistics: a.statistics },
          { batch: variable('batch'), length: shape.length, ...heads });
      });
    });
    const span = { batch: variable('batch'), length: shape.length, start: shape.spanStart, span: shape.span, WIDTH: config.hiddenSize };
    plan.call(takeSpan, { x: this.stream.at(-1)!, y: this.taken }, span);
    plan.call(rmsnorm, { x: this.taken, weight: weights.of('model.norm.weight'), y: this.finalNormed, inverse_rms: this.finalInverseRms },
      { rows: variable('spanRows'), epsilon: config.rmsNormEpsilon, WIDTH: config.hiddenSize });
    linear(plan, weights, headName(config), variable('spanRows'), { input: this.finalNormed, output: this.logits });
    return plan;
  }

  private buildBackward(): Plan {
    const { config, shape, weights, gradients } = this;
    const plan = new Plan('backward');
    const rows = this.rowsOfPlan();
    const heads = { HEADS: config.heads, KV_HEADS: config.kvHeads, HEAD_DIM: config.headDim };
    const allRows = shape.batch * shape.length;
    const scratch = layerGradients(config, allRows);
    const stream = planBuffer('gradient.stream', allRows * config.hiddenSize);
    const normedGrad = planBuffer('gradient.final_normed', shape.batch * shape.span * config.hiddenSize);
    const takenGrad = planBuffer('gradient.taken', shape.batch * shape.span * config.hiddenSize);
    const spanRows = variable('spanRows');
    linearGrad(plan, weights, gradients, headName(config), spanRows, { input: this.finalNormed, outputGrad: this.logits, inputGrad: normedGrad, accumulate: 0 });
    plan.call(rmsnormGradWeight, { x: this.taken, inverse_rms: this.finalInverseRms, dy: normedGrad, dweight: gradients.of('model.norm.weight') }, { rows: spanRows, WIDTH: config.hiddenSize });
    plan.call(rmsnormGradInput, { x: this.taken, weight: weights.of('model.norm.weight'), inverse_rms: this.finalInverseRms, dy: normedGrad, dx: takenGrad },
      { rows: spanRows, accumulate: 0, WIDTH: config.hiddenSize });
    plan.call(takeSpanGrad, { dy: takenGrad, dx: stream }, { batch: variable('batch'), length: shape.length, start: shape.spanStart, span: shape.span, WIDTH: config.hiddenSize });
    for (let layer = config.layers - 1; layer >= 0; layer--) {
      const a = this.layers[layer]!;
      layerBackward(plan, config, weights, gradients, layer, a, scratch, rows, this.stream[layer]!, stream, () => {
        plan.call(attentionGradDelta, { d_o: scratch.attended, o: a.attended, statistics: a.statistics }, { rows: rows.rows, HEADS: config.heads, HEAD_DIM: config.headDim });
        const inputs = { q: a.queryRotated, k: a.keyRotated, v: a.value, key_mask: this.keyMask, statistics: a.statistics, d_o: scratch.attended };
        const scalars = { batch: variable('batch'), length: shape.length, ...heads };
        plan.call(attentionGradQuery, { ...inputs, dq: scratch.query }, scalars);
        plan.call(attentionGradKeyValue, { ...inputs, dk: scratch.key, dv: scratch.value }, scalars);
      });
    }
    plan.call(embeddingGrad, { tokens: this.tokens, dy: stream, dtable: gradients.of('model.embed_tokens.weight') },
      { rows: rows.rows, VOCAB: config.vocabularySize, WIDTH: config.hiddenSize });
    return plan;
  }
}

// One decoder layer as plan calls (pre-norm residual block):
//   q, k, v = W_qkv rmsnorm(x);  mid = x + W_o attention(rope(q), rope(k), v);  out = mid + W_down swiglu(W_gate n, W_up n), n = rmsnorm(mid)
// How keys and values are attended to is handed in: over the whole sequence when training, over a cache when decoding.

import { planBuffer, type BufferOrSlice, type PlanBuffer } from '../gpu/buffer';
import type { Plan, Variable } from '../gpu/plan';
import { matmulNt } from '../kernels/linalg/matmulNt';
import { rmsnorm } from '../kernels/transformer/rmsnorm';
import { rope } from '../kernels/transformer/rope';
import { swiglu } from '../kernels/transformer/swiglu';
import type { ModelConfig } from './config';
import type { FlatTensors } from './parameterLayout';

/** What a layer leaves for its backward pass, each [rows, ...]. Inference shares one set among all layers. */
export interface LayerActivations {
  readonly normed: PlanBuffer;
  readonly inverseRms: PlanBuffer;
  readonly query: PlanBuffer;
  readonly key: PlanBuffer;
  readonly value: PlanBuffer;
  readonly queryNormed: PlanBuffer;
  readonly keyNormed: PlanBuffer;
  readonly queryInverseRms: PlanBuffer;
  readonly keyInverseRms: PlanBuffer;
  readonly queryRotated: PlanBuffer;
  readonly keyRotated: PlanBuffer;
  readonly attended: PlanBuffer;
  readonly statistics: PlanBuffer;
  readonly middle: PlanBuffer;
  readonly middleNormed: PlanBuffer;
  readonly middleInverseRms: PlanBuffer;
  readonly gate: PlanBuffer;
  readonly up: PlanBuffer;
  readonly hidden: PlanBuffer;
}

export function layerActivations(config: ModelConfig, rows: number, label: string): LayerActivations {
  const make = (name: string, width: number) => planBuffer(`${label}.${name}`, rows * width);
  const [queryWidth, kvWidth] = [config.heads * config.headDim, config.kvHeads * config.headDim];
  const query = make('query', queryWidth);
  const key = make('key', kvWidth);
  return {
    normed: make('normed', config.hiddenSize),
    inverseRms: make('inverse_rms', 1),
    query,
    key,
    value: make('value', kvWidth),
    queryNormed: config.hasQkNorm ? make('query_normed', queryWidth) : query,
    keyNormed: config.hasQkNorm ? make('key_normed', kvWidth) : key,
    queryInverseRms: make('query_inverse_rms', config.heads),
    keyInverseRms: make('key_inverse_rms', config.kvHeads),
    queryRotated: make('query_rotated', queryWidth),
    keyRotated: make('key_rotated', kvWidth),
    attended: make('attended', queryWidth),
    statistics: make('statistics', config.heads * 2),
    middle: make('middle', config.hiddenSize),
    middleNormed: make('middle_normed', config.hiddenSize),
    middleInverseRms: make('middle_inverse_rms', 1),
    gate: make('gate', config.intermediateSize),
    up: make('up', config.intermediateSize),
    hidden: make('hidden', config.intermediateSize),
  };
}

/** What a layer needs to know of the sequence it runs over. Row counts are numbers or variables of the plan. */
export interface Rows {
  readonly rows: number | Variable;
  /** rows * heads and rows * kvHeads: rows of the per-head norms */
  readonly queryHeads: number | Variable;
  readonly keyHeads: number | Variable;
  /** rows * intermediateSize */
  readonly gated: number | Variable;
  /** i32, one a row */
  readonly positions: BufferOrSlice;
  /** added to every position */
  readonly positionOffset: number | Variable;
  /** [positions, headDim]: cos, then sin */
  readonly ropeTable: PlanBuffer;
}

export interface Linear { readonly input: BufferOrSlice; readonly output: BufferOrSlice; readonly bias?: string; readonly residual?: BufferOrSlice }

/** Appends y = x W^T (+ bias) (+ residual) for the named weight [OUT, IN]. */
export function linear(plan: Plan, weights: FlatTensors, weight: string, rows: number | Variable, { input, output, bias, residual }: Linear): void {
  const w = weights.of(weight);
  const [OUT, IN] = weights.layout.entries.get(weight)!.shape as [number, number];
  plan.call(matmulNt, {
    x: input, w, bias: bias === undefined ? w : weights.of(bias), residual: residual ?? w, y: output,
  }, { rows, IN, OUT, HAS_BIAS: bias === undefined ? 0 : 1, HAS_RESIDUAL: residual === undefined ? 0 : 1 }, weight);
}

/** `attend` reads queryRotated, keyRotated and value, and fills attended (and statistics, when training). */
export function layerForward(
  plan: Plan, config: ModelConfig, weights: FlatTensors, layer: number, activations: LayerActivations, rows: Rows,
  input: PlanBuffer, output: PlanBuffer, attend: (plan: Plan) => void,
): void {
  const at = `model.layers.${layer}`;
  const a = activations;
  const epsilon = config.rmsNormEpsilon;
  const norm = (x: PlanBuffer, name: string, y: PlanBuffer, inverseRms: PlanBuffer, count: number | Variable, WIDTH: number) =>
    plan.call(rmsnorm, { x, weight: weights.of(`${at}.${name}.weight`), y, inverse_rms: inverseRms }, { rows: count, epsilon, WIDTH }, `${at}.${name}`);
  const rotate = (x: PlanBuffer, y: PlanBuffer, HEADS: number) =>
    plan.call(rope, { x, positions: rows.positions, table: rows.ropeTable, y }, { rows: rows.rows, offset: rows.positionOffset, sign: 1, HEADS, HEAD_DIM: config.headDim });
  const project = (name: string, x: PlanBuffer, y: PlanBuffer, residual?: PlanBuffer) => {
    const bias = config.hasAttentionBias && residual === undefined && name.startsWith('self_attn') ? `${at}.${name}.bias` : undefined;
    linear(plan, weights, `${at}.${name}.weight`, rows.rows, { input: x, output: y, bias, residual });
  };

  norm(input, 'input_layernorm', a.normed, a.inverseRms, rows.rows, config.hiddenSize);
  project('self_attn.q_proj', a.normed, a.query);
  project('self_attn.k_proj', a.normed, a.key);
  project('self_attn.v_proj', a.normed, a.value);
  if (config.hasQkNorm) {
    norm(a.query, 'self_attn.q_norm', a.queryNormed, a.queryInverseRms, rows.queryHeads, config.headDim);
    norm(a.key, 'self_attn.k_norm', a.keyNormed, a.keyInverseRms, rows.keyHeads, config.headDim);
  }
  rotate(a.queryNormed, a.queryRotated, config.heads);
  rotate(a.keyNormed, a.keyRotated, config.kvHeads);
  attend(plan);
  project('self_attn.o_proj', a.attended, a.middle, input);
  norm(a.middle, 'post_attention_layernorm', a.middleNormed, a.middleInverseRms, rows.rows, config.hiddenSize);
  project('mlp.gate_proj', a.middleNormed, a.gate);
  project('mlp.up_proj', a.middleNormed, a.up);
  plan.call(swiglu, { gate: a.gate, up: a.up, y: a.hidden }, { count: rows.gated }, `${at}.swiglu`);
  project('mlp.down_proj', a.hidden, output, a.middle);
}

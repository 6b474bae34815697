// The backward pass of one decoder layer (see layerForward.ts), as plan calls. The gradient of the residual stream
// is kept in one buffer, `stream`: each branch adds its own to it, from the layer's end to its start.

import { planBuffer, type BufferOrSlice, type PlanBuffer } from '../gpu/buffer';
import type { Plan, Variable } from '../gpu/plan';
import { columnSum } from '../kernels/linalg/columnSum';
import { matmulNn } from '../kernels/linalg/matmulNn';
import { matmulTn } from '../kernels/linalg/matmulTn';
import { rmsnormGradInput } from '../kernels/transformer/rmsnormGradInput';
import { rmsnormGradWeight } from '../kernels/transformer/rmsnormGradWeight';
import { rope } from '../kernels/transformer/rope';
import { swigluGrad } from '../kernels/transformer/swigluGrad';
import type { ModelConfig } from './config';
import type { LayerActivations, Rows } from './layerForward';
import type { FlatTensors } from './parameterLayout';

/** Appends dW += dy^T x and, where wanted, dx (+)= dy W. */
export function linearGrad(
  plan: Plan, weights: FlatTensors, gradients: FlatTensors, weight: string, rows: number | Variable,
  { input, outputGrad, inputGrad, accumulate }: { input: BufferOrSlice; outputGrad: BufferOrSlice; inputGrad: BufferOrSlice; accumulate: 0 | 1 },
): void {
  const [OUT, IN] = weights.layout.entries.get(weight)!.shape as [number, number];
  plan.call(matmulTn, { dy: outputGrad, x: input, dw: gradients.of(weight) }, { rows, IN, OUT }, `${weight} gradient`);
  plan.call(matmulNn, { dy: outputGrad, w: weights.of(weight), dx: inputGrad }, { rows, accumulate, IN, OUT }, `${weight} input gradient`);
}

/** Scratch for backward passes, shared by all layers. */
export interface LayerGradients {
  readonly hidden: PlanBuffer;
  readonly gate: PlanBuffer;
  readonly up: PlanBuffer;
  readonly normed: PlanBuffer;
  readonly attended: PlanBuffer;
  readonly query: PlanBuffer;
  readonly key: PlanBuffer;
  readonly value: PlanBuffer;
  readonly queryUnrotated: PlanBuffer;
  readonly keyUnrotated: PlanBuffer;
  readonly queryProjected: PlanBuffer;
  readonly keyProjected: PlanBuffer;
}

export function layerGradients(config: ModelConfig, rows: number): LayerGradients {
  const make = (name: string, width: number) => planBuffer(`gradient.${name}`, rows * width);
  const [queryWidth, kvWidth] = [config.heads * config.headDim, config.kvHeads * config.headDim];
  const queryUnrotated = make('query_unrotated', queryWidth);
  const keyUnrotated = make('key_unrotated', kvWidth);
  return {
    hidden: make('hidden', config.intermediateSize),
    gate: make('gate', config.intermediateSize),
    up: make('up', config.intermediateSize),
    normed: make('normed', config.hiddenSize),
    attended: make('attended', queryWidth),
    query: make('query', queryWidth),
    key: make('key', kvWidth),
    value: make('value', kvWidth),
    queryUnrotated,
    keyUnrotated,
    queryProjected: config.hasQkNorm ? make('query_projected', queryWidth) : queryUnrotated,
    keyProjected: config.hasQkNorm ? make('key_projected', kvWidth) : keyUnrotated,
  };
}

/** Adds the layer's input gradient to `stream`, which holds the output gradient; adds weight gradients to `gradients`. */
export function layerBackward(
  plan: Plan, config: ModelConfig, weights: FlatTensors, gradients: FlatTensors, layer: number,
  activations: LayerActivations, scratch: LayerGradients, rows: Rows, input: PlanBuffer, stream: PlanBuffer,
  attendGrad: (plan: Plan) => void,
): void {
  const at = `model.layers.${layer}`;
  const a = activations;
  const d = scratch;
  const back = (name: string, x: PlanBuffer, outputGrad: PlanBuffer, inputGrad: PlanBuffer, accumulate: 0 | 1) =>
    linearGrad(plan, weights, gradients, `${at}.${name}.weight`, rows.rows, { input: x, outputGrad, inputGrad, accumulate });
  const normBack = (name: string, x: PlanBuffer, inverseRms: PlanBuffer, dy: PlanBuffer, dx: PlanBuffer, accumulate: 0 | 1, count: number | Variable, WIDTH: number) => {
    const weight = `${at}.${name}.weight`;
    plan.call(rmsnormGradWeight, { x, inverse_rms: inverseRms, dy, dweight: gradients.of(weight) }, { rows: count, WIDTH }, `${weight} gradient`);
    plan.call(rmsnormGradInput, { x, weight: weights.of(weight), inverse_rms: inverseRms, dy, dx }, { rows: count, accumulate, WIDTH }, `${weight} input gradient`);
  };
  const unrotate = (x: PlanBuffer, y: PlanBuffer, HEADS: number) =>
    plan.call(rope, { x, positions: rows.positions, table: rows.ropeTable, y }, { rows: rows.rows, offset: rows.positionOffset, sign: -1, HEADS, HEAD_DIM: config.headDim });
  const biasBack = (name: string, dy: PlanBuffer, WIDTH: number) => {
    if (config.hasAttentionBias) plan.call(columnSum, { x: dy, sums: gradients.of(`${at}.self_attn.${name}.bias`) }, { rows: rows.rows, WIDTH });
  };

  back('mlp.down_proj', a.hidden, stream, d.hidden, 0);
  plan.call(swigluGrad, { gate: a.gate, up: a.up, dy: d.hidden, dgate: d.gate, dup: d.up }, { count: rows.gated });
  back('mlp.gate_proj', a.middleNormed, d.gate, d.normed, 0);
  back('mlp.up_proj', a.middleNormed, d.up, d.normed, 1);
  normBack('post_attention_layernorm', a.middle, a.middleInverseRms, d.normed, stream, 1, rows.rows, config.hiddenSize);

  back('self_attn.o_proj', a.attended, stream, d.attended, 0);
  attendGrad(plan);
  unrotate(d.query, d.queryUnrotated, config.heads);
  unrotate(d.key, d.keyUnrotated, config.kvHeads);
  if (config.hasQkNorm) {
    normBack('self_attn.q_norm', a.query, a.queryInverseRms, d.queryUnrotated, d.queryProjected, 0, rows.queryHeads, config.headDim);
    normBack('self_attn.k_norm', a.key, a.keyInverseRms, d.keyUnrotated, d.keyProjected, 0, rows.keyHeads, config.headDim);
  }
  biasBack('q_proj', d.queryProjected, config.heads * config.headDim);
  biasBack('k_proj', d.keyProjected, config.kvHeads * config.headDim);
  biasBack('v_proj', d.value, config.kvHeads * config.headDim);
  back('self_attn.q_proj', a.normed, d.queryProjected, d.normed, 0);
  back('self_attn.k_proj', a.normed, d.keyProjected, d.normed, 1);
  back('self_attn.v_proj', a.normed, d.value, d.normed, 1);
  normBack('input_layernorm', input, a.inverseRms, d.normed, stream, 1, rows.rows, config.hiddenSize);
}

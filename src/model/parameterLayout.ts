// Where each parameter lies in flat memory. Names and shapes are those of Hugging Face checkpoints
// ([out_features, in_features]). Every tensor starts at a multiple of 64 elements; the gap is zero and stays zero,
// so the optimiser, the gradient norm and a checkpoint are each one pass over memory.
// More than one flat buffer is used only when a single one would exceed what the device binds at once.

import { alignUp, planBuffer, slice, type PlanBuffer, type Slice } from '../gpu/buffer';
import type { ModelConfig } from './config';

export interface ParameterEntry {
  readonly name: string;
  readonly shape: readonly number[];
  /** in elements */
  readonly length: number;
  /** which flat buffer, and where in it */
  readonly buffer: number;
  readonly offset: number;
}

export interface ParameterLayout {
  readonly entries: ReadonlyMap<string, ParameterEntry>;
  /** elements of each flat buffer */
  readonly bufferLengths: readonly number[];
  /** trainable numbers, gaps not counted */
  readonly parameterCount: number;
}

export function parameterShapes(config: ModelConfig): Map<string, readonly number[]> {
  const { hiddenSize: width, intermediateSize, headDim } = config;
  const [queryWidth, kvWidth] = [config.heads * headDim, config.kvHeads * headDim];
  const shapes = new Map<string, readonly number[]>([['model.embed_tokens.weight', [config.vocabularySize, width]]]);
  for (let layer = 0; layer < config.layers; layer++) {
    const at = `model.layers.${layer}`;
    shapes.set(`${at}.input_layernorm.weight`, [width]);
    for (const [name, rows] of [['q_proj', queryWidth], ['k_proj', kvWidth], ['v_proj', kvWidth]] as const) {
      shapes.set(`${at}.self_attn.${name}.weight`, [rows, width]);
      if (config.hasAttentionBias) shapes.set(`${at}.self_attn.${name}.bias`, [rows]);
    }
    if (config.hasQkNorm) {
      shapes.set(`${at}.self_attn.q_norm.weight`, [headDim]);
      shapes.set(`${at}.self_attn.k_norm.weight`, [headDim]);
    }
    shapes.set(`${at}.self_attn.o_proj.weight`, [width, queryWidth]);
    shapes.set(`${at}.post_attention_layernorm.weight`, [width]);
    shapes.set(`${at}.mlp.gate_proj.weight`, [intermediateSize, width]);
    shapes.set(`${at}.mlp.up_proj.weight`, [intermediateSize, width]);
    shapes.set(`${at}.mlp.down_proj.weight`, [width, intermediateSize]);
  }
  shapes.set('model.norm.weight', [width]);
  if (config.hasValueHead === true) shapes.set('value_head.weight', [1, width]).set('value_head.doubt', [1, 1]);
  else if (!config.isTied) shapes.set('lm_head.weight', [config.vocabularySize, width]);
  return shapes;
}

export function layOutParameters(config: ModelConfig, maximumBindingBytes: number): ParameterLayout {
  const maximumElements = Math.floor(maximumBindingBytes / 4);
  const entries = new Map<string, ParameterEntry>();
  const bufferLengths = [0];
  let parameterCount = 0;
  for (const [name, shape] of parameterShapes(config)) {
    const length = shape.reduce((a, b) => a * b, 1);
    const needed = alignUp(length);
    if (needed > maximumElements) throw new RangeError(`${name} needs ${needed * 4} bytes; the device binds at most ${maximumBindingBytes}`);
    if (bufferLengths.at(-1)! + needed > maximumElements) bufferLengths.push(0);
    const buffer = bufferLengths.length - 1;
    entries.set(name, { name, shape, length, buffer, offset: bufferLengths[buffer]! });
    bufferLengths[buffer]! += needed;
    parameterCount += length;
  }
  return { entries, bufferLengths, parameterCount };
}

/** One number for every parameter: the parameters themselves, their gradients, or a moment of the optimiser. */
export class FlatTensors {
  readonly buffers: readonly PlanBuffer[];

  constructor(readonly layout: ParameterLayout, readonly label: string) {
    this.buffers = layout.bufferLengths.map((length, i) => planBuffer(`${label}.${i}`, length));
  }

  of(name: string): Slice {
    const entry = this.layout.entries.get(name);
    if (entry === undefined) throw new Error(`no parameter named ${name}`);
    return slice(this.buffers[entry.buffer]!, entry.offset, entry.length);
  }
}

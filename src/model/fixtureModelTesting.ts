// For tests: the tiny decoders of e2e/fixtures/model_*.json (weights and results by float64 PyTorch) on an executor.

import llama from '../../e2e/fixtures/model_llama_untied_gqa.json';
import qwen2 from '../../e2e/fixtures/model_qwen2_tied_bias.json';
import qwen3 from '../../e2e/fixtures/model_qwen3_tied_headdim8.json';
import { planBuffer } from '../gpu/buffer';
import type { Executor } from '../gpu/executor';
import type { ModelConfig, ModelFamily } from './config';
import { FlatTensors, layOutParameters } from './parameterLayout';
import { ropeTable } from './ropeTable';

export const FIXTURE_MODELS = [['llama', llama], ['qwen2', qwen2], ['qwen3', qwen3]] as const;
export type FixtureModel = (typeof FIXTURE_MODELS)[number][1];

const POSITIONS = 32;

export const decodeTensor = (tensor: { readonly b64: string }): Float32Array<ArrayBuffer> =>
  new Float32Array(Uint8Array.from(atob(tensor.b64), (character) => character.charCodeAt(0)).buffer);

export function fixtureConfig({ inputs: { config } }: FixtureModel): ModelConfig {
  return {
    family: config.arch as ModelFamily, hiddenSize: config.hidden_size, layers: config.num_hidden_layers, heads: config.num_attention_heads,
    kvHeads: config.num_key_value_heads, headDim: config.head_dim, intermediateSize: config.intermediate_size, vocabularySize: config.vocab_size,
    ropeTheta: config.rope_theta, rmsNormEpsilon: config.rms_norm_eps, isTied: config.tie_word_embeddings,
    hasAttentionBias: config.attention_bias, hasQkNorm: config.qk_norm, maximumPositions: POSITIONS,
  };
}

/** Allocates and fills the fixture's weights and the table of rotations. */
export function loadFixtureModel(executor: Executor, fixture: FixtureModel) {
  const config = fixtureConfig(fixture);
  const layout = layOutParameters(config, executor.maxBindingBytes);
  const [weights, gradients] = [new FlatTensors(layout, 'weights'), new FlatTensors(layout, 'gradients')];
  const table = planBuffer('rope', POSITIONS * config.headDim);
  executor.allocate(...weights.buffers, table);
  executor.write(table, ropeTable(POSITIONS, config.headDim, config.ropeTheta));
  for (const [name, tensor] of Object.entries(fixture.inputs.weights)) executor.write(weights.of(name), decodeTensor(tensor));
  return { config, layout, weights, gradients, table };
}

// config.json of a Hugging Face checkpoint <-> ModelConfig. Anything that would make the model compute something
// else than this engine does (another activation, scaled rotary embeddings, sliding windows, extra biases,
// quantisation) is an error that names the field; fields that change nothing are ignored.

import { checkModelConfig, type ModelConfig, type ModelFamily } from '../model/config';
import { asObject, FormatError, shown } from './formatError';

/** The file is well-formed; its model is one this engine does not compute. */
export class UnsupportedModelError extends FormatError {
  constructor(where: string, problem: string) {
    super(where, problem);
    this.name = 'UnsupportedModelError';
  }
}

const ARCHITECTURE = { llama: 'LlamaForCausalLM', qwen2: 'Qwen2ForCausalLM', qwen3: 'Qwen3ForCausalLM' } as const satisfies Record<ModelFamily, string>;
const isFamily = (value: unknown): value is ModelFamily => typeof value === 'string' && Object.hasOwn(ARCHITECTURE, value);

/** Larger than any model of the family; keeps a hostile file from asking for endless lists. */
const LARGEST_SIZE = 2 ** 24;
const MOST_LAYERS = 1024;
/** defaults of transformers' configuration classes */
const DEFAULTS = { rope_theta: 10_000, rms_norm_eps: 1e-6, max_position_embeddings: 32_768 };

export function readHuggingFaceConfig(json: unknown, where = 'config.json'): ModelConfig {
  const fields = asObject(json, where);
  const family = fields['model_type'];
  if (!isFamily(family)) throw new UnsupportedModelError(`${where}: model_type`, `${shown(family)} is not supported; known are ${Object.keys(ARCHITECTURE).join(', ')}`);
  refuseUnsupported(fields, family, where);
  const heads = size(fields, 'num_attention_heads', where);
  const hiddenSize = size(fields, 'hidden_size', where);
  const config: ModelConfig = {
    family,
    hiddenSize,
    layers: size(fields, 'num_hidden_layers', where, undefined, MOST_LAYERS),
    heads,
    kvHeads: size(fields, 'num_key_value_heads', where, heads),
    headDim: size(fields, 'head_dim', where, hiddenSize / heads),
    intermediateSize: size(fields, 'intermediate_size', where),
    vocabularySize: size(fields, 'vocab_size', where),
    ropeTheta: ropeTheta(fields, where),
    rmsNormEpsilon: positive(fields['rms_norm_eps'] ?? DEFAULTS.rms_norm_eps, `${where}: rms_norm_eps`),
    isTied: flag(fields, 'tie_word_embeddings', where),
    hasAttentionBias: family === 'qwen2',
    hasQkNorm: family === 'qwen3',
    maximumPositions: size(fields, 'max_position_embeddings', where, DEFAULTS.max_position_embeddings),
  };
  try {
    checkModelConfig(config);
  } catch (error) {
    throw new FormatError(where, error instanceof Error ? error.message : String(error));
  }
  return config;
}

function refuseUnsupported(fields: Readonly<Record<string, unknown>>, family: ModelFamily, where: string): void {
  const refuse = (name: string, reason: string): never => {
    throw new UnsupportedModelError(`${where}: ${name}`, `${shown(fields[name])} is not supported: ${reason}`);
  };
  const present = (name: string): boolean => fields[name] !== undefined && fields[name] !== null;
  const architectures = fields['architectures'];
  if (present('architectures') && !(Array.isArray(architectures) && architectures.includes(ARCHITECTURE[family]))) {
    refuse('architectures', `a ${family} checkpoint must be a ${ARCHITECTURE[family]}`);
  }
  if (present('hidden_act') && fields['hidden_act'] !== 'silu' && fields['hidden_act'] !== 'swish') refuse('hidden_act', 'the feed-forward network is SwiGLU (silu)');
  if (present('quantization_config')) refuse('quantization_config', 'weights must be plain F32, F16, BF16 or F64');
  if (flag(fields, 'mlp_bias', where)) refuse('mlp_bias', 'the feed-forward network has no bias');
  if (family !== 'qwen2' && flag(fields, 'attention_bias', where)) refuse('attention_bias', `in ${family} it puts a bias on the output projection too`);
  if (flag(fields, 'use_sliding_window', where)) refuse('use_sliding_window', 'every layer attends to the whole text');
  if (family === 'llama' && present('sliding_window')) refuse('sliding_window', 'every layer attends to the whole text');
  const layerTypes = fields['layer_types'];
  if (present('layer_types') && !(Array.isArray(layerTypes) && layerTypes.every((one) => one === 'full_attention'))) {
    refuse('layer_types', 'every layer must be full_attention');
  }
  if (present('partial_rotary_factor') && fields['partial_rotary_factor'] !== 1) refuse('partial_rotary_factor', 'the whole head is rotated');
  for (const name of ['rope_scaling', 'rope_parameters']) {
    if (present(name)) refuseScaledRope(asObject(fields[name], `${where}: ${name}`), `${where}: ${name}`);
  }
}

function refuseScaledRope(fields: Readonly<Record<string, unknown>>, where: string): void {
  const kind = fields['rope_type'] ?? fields['type'] ?? 'default';
  if (kind !== 'default') throw new UnsupportedModelError(where, `rotary embeddings of type ${shown(kind)} are not supported`);
  for (const [name, value] of Object.entries(fields)) {
    const changesNothing = ['rope_type', 'type', 'rope_theta'].includes(name) || (name === 'partial_rotary_factor' && value === 1) || value === null;
    if (!changesNothing) throw new UnsupportedModelError(where, `field ${shown(name)} is not supported`);
  }
}

/** transformers 5 writes rope_parameters.rope_theta, earlier versions rope_theta. */
function ropeTheta(fields: Readonly<Record<string, unknown>>, where: string): number {
  const nested = fields['rope_parameters'] ?? fields['rope_scaling'];
  const inner = nested === undefined || nested === null ? undefined : asObject(nested, `${where}: rope_parameters`)['rope_theta'];
  const outer = fields['rope_theta'] ?? undefined;
  if (inner !== undefined && outer !== undefined && inner !== outer) throw new FormatError(`${where}: rope_theta`, `${shown(outer)} disagrees with ${shown(inner)} in rope_parameters`);
  return positive(outer ?? inner ?? DEFAULTS.rope_theta, `${where}: rope_theta`);
}

function size(fields: Readonly<Record<string, unknown>>, name: string, where: string, otherwise?: number, largest = LARGEST_SIZE): number {
  const value = fields[name] ?? otherwise;
  if (value === undefined) throw new FormatError(`${where}: ${name}`, 'is missing');
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1 || value > largest) {
    throw new FormatError(`${where}: ${name}`, `must be a whole number from 1 to ${largest}, is ${shown(value)}`);
  }
  return value;
}

function positive(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) throw new FormatError(where, `must be a positive number, is ${shown(value)}`);
  return value;
}

function flag(fields: Readonly<Record<string, unknown>>, name: string, where: string): boolean {
  const value = fields[name] ?? false;
  if (typeof value !== 'boolean') throw new FormatError(`${where}: ${name}`, `must be true or false, is ${shown(value)}`);
  return value;
}

/** The config.json of a policy of our own. Combinations that no Hugging Face class expresses are refused. */
export function writeHuggingFaceConfig(config: ModelConfig, tokens: { readonly padding: number; readonly stop: number }): string {
  checkModelConfig(config);
  if (config.hasAttentionBias !== (config.family === 'qwen2') || config.hasQkNorm !== (config.family === 'qwen3')) {
    throw new RangeError(`a ${config.family} checkpoint has ${config.family === 'qwen2' ? 'a' : 'no'} q/k/v bias and ${config.family === 'qwen3' ? 'a' : 'no'} q/k norm`);
  }
  const sliding = config.family === 'llama' ? {} : { use_sliding_window: false };
  const bias = config.family === 'llama' ? { attention_bias: false, mlp_bias: false } : config.family === 'qwen3' ? { attention_bias: false } : {};
  return `${JSON.stringify({
    architectures: [ARCHITECTURE[config.family]],
    model_type: config.family,
    hidden_act: 'silu',
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    vocab_size: config.vocabularySize,
    max_position_embeddings: config.maximumPositions,
    rms_norm_eps: config.rmsNormEpsilon,
    rope_theta: config.ropeTheta,
    rope_scaling: null,
    tie_word_embeddings: config.isTied,
    ...bias,
    ...sliding,
    bos_token_id: null,
    pad_token_id: tokens.padding,
    eos_token_id: tokens.stop,
    torch_dtype: 'float32',
  }, null, 2)}\n`;
}

// What the families model_*, hf_* and grpo_step have in common: sequences with padding, which predictions count, and
// comparing the results of a forward pass.

import { FormatError } from '../../formats/formatError';
import type { Tensor } from '../../formats/safetensors';
import { readFloats, type Executor } from '../../gpu/executor';
import { runKernel } from '../../gpu/testing';
import { tokenStatistics } from '../../kernels/loss/tokenStatistics';
import { checkModelConfig, type ModelConfig, type ModelFamily } from '../../model/config';
import { parameterShapes } from '../../model/parameterLayout';
import type { SequenceModel } from '../../model/sequenceModel';
import type { Comparison } from './comparison';
import { NotKnown } from './family';
import type { Fields } from './fields';
import type { LoadedModel, Sequences } from './loadedModel';
import type { Floats, Words } from './lossKernels';

/** Positions beyond this are refused rather than filled into a table. */
const MOST_POSITIONS = 2 ** 20;

export function readSequences(inputs: Fields, vocabulary: number): Sequences {
  const ids = inputs.tensor('input_ids', 2);
  const [batch, length] = ids.shape as [number, number];
  if (batch < 1 || length < 1) throw new FormatError('inputs.input_ids', 'is empty');
  const tokens = inputs.wholes(ids, 'input_ids', vocabulary);
  const keyMask = inputs.has('attention_mask') ? inputs.mask('attention_mask', [batch, length]) : new Uint32Array(batch * length).fill(1);
  const positions = inputs.has('position_ids') ? Int32Array.from(inputs.wholes(inputs.shaped('position_ids', [batch, length]), 'position_ids', MOST_POSITIONS)) : countPositions(keyMask, length);
  return { batch, length, tokens, keyMask, positions };
}

/** The first real token of a row is at position 0; padding repeats the position before it. */
function countPositions(keyMask: Words, length: number): Int32Array<ArrayBuffer> {
  const positions = new Int32Array(keyMask.length);
  for (let start = 0; start < keyMask.length; start += length) {
    let reached = 0;
    for (let i = start; i < start + length; i++) {
      positions[i] = Math.max(0, reached - 1 + keyMask[i]!);
      reached += keyMask[i]!;
    }
  }
  return positions;
}

export const tableLength = ({ positions }: Sequences, prompt = 0, answer = 0): number => Math.max(positions.reduce((most, one) => Math.max(most, one), 0), prompt + answer) + 1;

/** Of each prediction [batch, length - 1]: the token it is of, and whether both ends are real. */
export function targetsOf({ batch, length, tokens, keyMask }: Sequences): { targets: Words; isReal: Words } {
  const cells = Array.from({ length: batch * (length - 1) }, (_, i) => Math.floor(i / (length - 1)) * length + (i % (length - 1)));
  return { targets: Uint32Array.from(cells, (i) => tokens[i + 1]!), isReal: Uint32Array.from(cells, (i) => keyMask[i]! & keyMask[i + 1]!) };
}

/** [batch, length - 1] -> [batch, length] with 0 (or the given row ends) at the last position, which predicts nothing. */
export function toRows<A extends Floats | Words>(values: A, { batch, length }: Sequences): A {
  const rows = (values instanceof Float32Array ? new Float32Array(batch * length) : new Uint32Array(batch * length)) as A;
  for (let b = 0; b < batch; b++) rows.set(values.subarray(b * (length - 1), (b + 1) * (length - 1)), b * length);
  return rows;
}

/** [batch, length] -> [batch, length - 1], without the last position. */
export function fromRows(rows: ArrayLike<number>, { batch, length }: Sequences): Floats {
  return Float32Array.from({ length: batch * (length - 1) }, (_, i) => rows[Math.floor(i / (length - 1)) * length + (i % (length - 1))]!);
}

export interface Statistics { readonly logprob: Floats; readonly entropy: Floats; readonly logsumexp: Floats }

/** Log-probability of the next token, entropy and log-sum-exp of every row [batch * length] of the logits. */
export async function statisticsOf(executor: Executor, logits: Floats, sequences: Sequences, temperature: number, VOCAB: number): Promise<Statistics> {
  const rows = sequences.batch * sequences.length;
  const targets = toRows(targetsOf(sequences).targets, sequences);
  const empty = (): Floats => new Float32Array(rows);
  const made = await runKernel(executor, tokenStatistics, { logits, targets, logprob: empty(), entropy: empty(), logsumexp: empty() }, { rows, temperature, VOCAB });
  return { logprob: made.logprob as Floats, entropy: made.entropy as Floats, logsumexp: made.logsumexp as Floats };
}

export async function forward(executor: Executor, model: SequenceModel): Promise<Floats> {
  await executor.run(model.forwardPlan, [model.variables(model.shape.batch)]);
  return (await readFloats(executor, model.logits)).slice();
}

/** Logits where the mask is 1, log-probs and entropies where the prediction counts. */
export function checkForward(comparison: Comparison, sequences: Sequences, vocabulary: number, logits: Floats, { logprob, entropy }: Statistics, targetMask: Words): void {
  const { batch, length, keyMask } = sequences;
  const counts = Uint32Array.from(logits, (_, i) => keyMask[Math.floor(i / vocabulary)]!);
  comparison.check('logits', logits, { counts, shape: [batch, length, vocabulary] });
  for (const [name, rows] of [['logprobs', logprob], ['entropy', entropy]] as const) {
    comparison.check(name, fromRows(rows, sequences), { counts: targetMask, shape: [batch, length - 1] });
  }
}

/** expected.greedy: the arg max continuation of one prompt. */
export async function checkGreedy(comparison: Comparison, model: LoadedModel): Promise<void> {
  if (!comparison.has('greedy')) return;
  const { prompt, count } = greedySize(comparison);
  if (prompt.some((id) => !Number.isInteger(id) || id < 0 || id >= model.config.vocabularySize)) throw new FormatError('expected.greedy.prompt', 'holds what is no token');
  const { tokens, logprobs } = await model.greedy(prompt, count);
  comparison.checkExactly('greedy/new_ids', tokens);
  comparison.check('greedy/logprobs', logprobs, { toleranceKeys: ['greedy.logprobs', 'logprobs'] });
}

export function greedySize(comparison: Comparison): { prompt: readonly number[]; count: number } {
  if (!comparison.has('greedy')) return { prompt: [], count: 0 };
  const prompt = [...comparison.tensor('greedy/prompt').data];
  const count = comparison.tensor('greedy/new_ids').data.length;
  if (prompt.length === 0 || count === 0) throw new FormatError('expected.greedy', 'has no prompt or no tokens');
  return { prompt, count };
}

const FAMILIES: readonly string[] = ['llama', 'qwen2', 'qwen3'] satisfies ModelFamily[];

/** inputs.config of a model fixture, whose fields say what the model has. */
export function readConfig(fields: Fields): ModelConfig {
  const family = fields.text(fields.has('arch') ? 'arch' : 'model_type');
  if (!FAMILIES.includes(family)) throw new NotKnown(`architecture ${family}`);
  for (const name of ['hidden_act']) if (fields.has(name) && fields.text(name) !== 'silu') throw new NotKnown(`${name} ${fields.text(name)}`);
  for (const name of ['mlp_bias', 'use_sliding_window']) if (fields.flagOr(name, false)) throw new NotKnown(name);
  fields.ignore('max_position_embeddings');
  const hiddenSize = fields.whole('hidden_size', 1);
  const heads = fields.whole('num_attention_heads', 1);
  const config: ModelConfig = {
    family: family as ModelFamily, hiddenSize, layers: fields.whole('num_hidden_layers', 1, 1024), heads,
    kvHeads: fields.has('num_key_value_heads') ? fields.whole('num_key_value_heads', 1) : heads,
    headDim: fields.has('head_dim') ? fields.whole('head_dim', 1) : hiddenSize / heads,
    intermediateSize: fields.whole('intermediate_size', 1), vocabularySize: fields.whole('vocab_size', 1),
    ropeTheta: fields.number('rope_theta'), rmsNormEpsilon: fields.number('rms_norm_eps'), isTied: fields.flagOr('tie_word_embeddings', false),
    hasAttentionBias: fields.flagOr('attention_bias', family === 'qwen2'), hasQkNorm: fields.flagOr('qk_norm', family === 'qwen3'), maximumPositions: MOST_POSITIONS,
  };
  try {
    checkModelConfig(config);
  } catch (error) {
    throw new FormatError(fields.where, error instanceof Error ? error.message : String(error));
  }
  return config;
}

/** inputs.weights: exactly the tensors the configuration implies. One more would change what is computed. */
export function readWeights(fields: Fields, config: ModelConfig): ReadonlyMap<string, Tensor> {
  const shapes = parameterShapes(config);
  const surplus = Object.keys(fields.all).filter((name) => !shapes.has(name));
  if (surplus.length > 0) throw new NotKnown(`tensor ${surplus.join(', ')}`);
  return new Map([...shapes].map(([name, shape]) => [name, fields.shaped(name, shape)]));
}

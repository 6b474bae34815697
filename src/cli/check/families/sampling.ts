// sampling: log-softmax, entropy and arg max at several temperatures; filtered distributions and inverse-CDF draws.

import { FormatError } from '../../../formats/formatError';
import type { Executor } from '../../../gpu/executor';
import { runKernel } from '../../../gpu/testing';
import { tokenStatistics } from '../../../kernels/loss/tokenStatistics';
import { drawIndex, drawToken } from '../../../kernels/sampling/drawToken';
import { filterDistribution } from '../../../kernels/sampling/filterDistribution';
import { hasAll, NotKnown, type CaseRun, type Family } from '../family';
import { Fields } from '../fields';
import { readNumber, type NumberTensor } from '../numberTensor';

type Floats = Float32Array<ArrayBuffer>;
interface Filter { readonly temperature: number; readonly top_k: number; readonly top_p: number; readonly min_p: number }

/** Below this a float32 probability may have become 0. */
const SMALLEST_KEPT = 1e-37;

export const sampling: Family = {
  name: 'sampling',
  recognises: ({ inputs, expected }) => hasAll(inputs, 'logits') && (hasAll(expected, 'per_temperature') || hasAll(expected, 'per_config')),
  isHost: () => false,
  // these repeat the inputs of an entry
  informational: ['temperature', 'top_k', 'top_p', 'min_p', 'inverse_cdf_u'],
  async run(run: CaseRun) {
    const logits = run.inputs.tensor('logits', 2);
    const entries = listOf(run, 'per_temperature');
    for (let i = 0; i < entries.length; i++) await runTemperature(run, logits, i);
    const configs = listOf(run, 'per_config');
    for (let i = 0; i < configs.length; i++) await runFilter(run, logits, new Fields(configs[i], `expected.per_config[${i}]`), i);
  },
};

function listOf({ comparison }: CaseRun, name: string): readonly unknown[] {
  const list = comparison.at(name) ?? [];
  if (!Array.isArray(list)) throw new FormatError(`expected.${name}`, 'must be a list');
  return list;
}

function positive(temperature: number): number {
  if (!(temperature > 0)) throw new NotKnown(`temperature ${temperature}`);
  return temperature;
}

async function runTemperature({ inputs, comparison, executor }: CaseRun, logits: NumberTensor, i: number): Promise<void> {
  const [rows, VOCAB] = logits.shape as [number, number];
  const temperatures = inputs.tensor('temperatures', 1);
  const at = `per_temperature/${i}`;
  const temperature = positive(readNumber(comparison.at(`${at}/temperature`), `expected.${at}.temperature`));
  if (Math.fround(temperature) !== temperatures.data[i]) throw new FormatError(`expected.${at}.temperature`, `is ${temperature}, inputs.temperatures[${i}] is ${temperatures.data[i]}`);
  const targets = inputs.has('target_ids') ? inputs.wholes(inputs.shaped('target_ids', [rows]), 'target_ids', VOCAB) : new Uint32Array(rows);
  const empty = (): Floats => new Float32Array(rows);
  const statistics = await runKernel(executor, tokenStatistics, { logits: logits.data, targets, logprob: empty(), entropy: empty(), logsumexp: empty() }, { rows, temperature, VOCAB });
  comparison.check(`${at}/logsumexp`, statistics.logsumexp, { shape: [rows] });
  comparison.check(`${at}/entropy`, statistics.entropy, { shape: [rows] });
  if (inputs.has('target_ids')) comparison.check(`${at}/target_logprob`, statistics.logprob, { shape: [rows] });
  if (comparison.has(`${at}/log_softmax`)) comparison.check(`${at}/log_softmax`, await everyLogprob(executor, logits, temperature), { shape: [rows, VOCAB] });
  const { probabilities } = await filtered(executor, logits, { temperature, top_k: 0, top_p: 1, min_p: 0 });
  comparison.check(`${at}/sum_p_squared`, Array.from(empty(), (_, row) => probabilities.subarray(row * VOCAB, (row + 1) * VOCAB).reduce((sum, p) => sum + p * p, 0)));
  comparison.checkExactly(`${at}/argmax`, [...await greedyTokens(executor, logits, probabilities, temperature)]);
}

/** Each row once for every token as its target: the kernel gathers one log-probability a row. */
async function everyLogprob(executor: Executor, { shape, data }: NumberTensor, temperature: number): Promise<Floats> {
  const [rows, VOCAB] = shape as [number, number];
  const all = new Float32Array(rows * VOCAB);
  const targets = Uint32Array.from({ length: VOCAB }, (_, v) => v);
  for (let row = 0; row < rows; row++) {
    const logits = new Float32Array(VOCAB * VOCAB);
    for (let v = 0; v < VOCAB; v++) logits.set(data.subarray(row * VOCAB, (row + 1) * VOCAB), v * VOCAB);
    const empty = (): Floats => new Float32Array(VOCAB);
    const { logprob } = await runKernel(executor, tokenStatistics, { logits, targets, logprob: empty(), entropy: empty(), logsumexp: empty() }, { rows: VOCAB, temperature, VOCAB });
    all.set(logprob, row * VOCAB);
  }
  return all;
}

async function filtered(executor: Executor, { shape, data }: NumberTensor, filter: Filter): Promise<{ probabilities: Floats; entropy: Floats }> {
  const [rows, VOCAB] = shape as [number, number];
  const made = await runKernel(executor, filterDistribution, { logits: data, probabilities: new Float32Array(rows * VOCAB), entropy: new Float32Array(rows) }, { rows, ...filter, VOCAB });
  return { probabilities: made.probabilities as Floats, entropy: made.entropy as Floats };
}

async function greedyTokens(executor: Executor, { shape, data }: NumberTensor, probabilities: Floats, temperature: number): Promise<Uint32Array> {
  const [rows, VOCAB] = shape as [number, number];
  const empty = (): Uint32Array<ArrayBuffer> => new Uint32Array(rows);
  const { tokens } = await runKernel(executor, drawToken, {
    logits: data, probabilities, current: empty(), finished: empty(), lengths: empty(), tokens: empty(), logprobs: new Float32Array(rows),
  }, { rows, column: 0, row_offset: 0, key0: 0, key1: 0, temperature, greedy: 1, stop_token: 0xffff_ffff, padding_token: 0, VOCAB, CAPACITY: 1 });
  return tokens as Uint32Array;
}

async function runFilter({ comparison, executor }: CaseRun, logits: NumberTensor, config: Fields, i: number): Promise<void> {
  const [rows, VOCAB] = logits.shape as [number, number];
  const filter = { temperature: positive(config.number('temperature')), top_k: config.numberOr('top_k', 0), top_p: config.numberOr('top_p', 1), min_p: config.numberOr('min_p', 0) };
  if (!(filter.top_p > 0 && filter.min_p >= 0 && Number.isInteger(filter.top_k) && filter.top_k >= 0)) throw new NotKnown(`filter ${JSON.stringify(filter)}`);
  config.ignore('kept_ids', 'kept_probs', 'entropy', 'inverse_cdf_u', 'inverse_cdf_token');
  const unknown = config.unread();
  if (unknown.length > 0) throw new NotKnown(`${unknown.join(', ')} in per_config[${i}]`);
  const { probabilities, entropy } = await filtered(executor, logits, filter);
  const at = `per_config/${i}`;
  const keptIds = ragged(config, 'kept_ids', rows);
  const keptProbabilities = ragged(config, 'kept_probs', rows);
  const expected = new Float32Array(rows * VOCAB);
  for (let row = 0; row < rows; row++) {
    const [ids, masses] = [keptIds[row]!, keptProbabilities[row]!];
    if (ids.length !== masses.length || ids.some((id) => !Number.isInteger(id) || id < 0 || id >= VOCAB)) throw new FormatError(config.where, `row ${row}: kept_ids and kept_probs do not fit`);
    ids.forEach((id, k) => { expected[row * VOCAB + id] = masses[k]!; });
    const kept = new Set(ids);
    const wrong = Array.from({ length: VOCAB }, (_, v) => v).find((v) => {
      const p = probabilities[row * VOCAB + v]!;
      return kept.has(v) ? p === 0 && expected[row * VOCAB + v]! > SMALLEST_KEPT : p !== 0;
    });
    comparison.note(`${at}/kept_ids`, wrong === undefined ? 0 : Infinity, `row ${row} ${kept.has(wrong ?? -1) ? 'drops' : 'keeps'} token ${wrong}`);
  }
  comparison.checkNumbers(`${at}/kept_probs`, probabilities, expected);
  comparison.check(`${at}/entropy`, entropy, { shape: [rows] });
  if (comparison.has(`${at}/inverse_cdf_token`)) {
    const draws = config.shaped('inverse_cdf_u', [rows]).data;
    comparison.checkExactly(`${at}/inverse_cdf_token`, Array.from(draws, (u, row) => drawIndex(probabilities.subarray(row * VOCAB, (row + 1) * VOCAB), u)));
  }
}

function ragged(config: Fields, name: string, rows: number): number[][] {
  const list = config.raw(name);
  if (!Array.isArray(list) || list.length !== rows || !list.every((one) => Array.isArray(one))) throw new FormatError(`${config.where}.${name}`, `must be ${rows} lists`);
  return (list as unknown[][]).map((row) => row.map((one) => readNumber(one, `${config.where}.${name}`)));
}

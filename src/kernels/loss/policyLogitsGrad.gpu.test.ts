import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import llama from '../../../e2e/fixtures/model_llama_untied_gqa.json?raw';
import qwen2 from '../../../e2e/fixtures/model_qwen2_tied_bias.json?raw';
import qwen3 from '../../../e2e/fixtures/model_qwen3_tied_headdim8.json?raw';
import type { Executor } from '../../gpu/executor';
import { expectClose, flat, floats, parseFixture, shape, type Json } from './fixtureTesting';
import { policyLogitsGrad } from './policyLogitsGrad';
import { tokenStatistics } from './tokenStatistics';

interface Rows { readonly logits: Float32Array<ArrayBuffer>; readonly targets: Uint32Array<ArrayBuffer>; readonly VOCAB: number; readonly temperature: number }

async function statisticsOf(executor: Executor, { logits, targets, VOCAB, temperature }: Rows) {
  const rows = targets.length;
  const empty = () => new Float32Array(rows);
  return runKernel(executor, tokenStatistics, { logits, targets, logprob: empty(), entropy: empty(), logsumexp: empty() }, { rows, temperature, VOCAB });
}

async function gradientOf(executor: Executor, rows: Rows, d_logprob: Float32Array<ArrayBuffer>, d_entropy: Float32Array<ArrayBuffer>) {
  const { logsumexp, entropy } = await statisticsOf(executor, rows);
  const { logits } = await runKernel(executor, policyLogitsGrad, {
    logits: rows.logits, targets: rows.targets, logsumexp, entropy, d_logprob, d_entropy,
  }, { rows: rows.targets.length, temperature: rows.temperature, VOCAB: rows.VOCAB });
  return logits as Float32Array;
}

/** [B,T-1] rows of a fixture spread over its [B,T] positions, the last of each sequence 0. */
const spread = (values: Json | undefined, [batch, length]: readonly number[]) =>
  Float32Array.from({ length: batch! * length! }, (_, i) => (i % length! === length! - 1 ? 0 : flat(values)[Math.floor(i / length!) * (length! - 1) + (i % length!)]!));

test.each([['llama', llama], ['qwen2', qwen2], ['qwen3', qwen3]])('%s fixture: cross-entropy, weighted log-prob and entropy gradients into the logits', async (_, text) => {
  const { inputs, expected, tolerance } = parseFixture(text).cases[0]!;
  const positions = shape(inputs.input_ids);
  const [VOCAB] = shape(expected.logits).slice(2) as [number];
  const ids = flat(inputs.input_ids);
  const targets = Uint32Array.from(ids, (_, i) => ids[i + 1] ?? 0);
  const rows: Rows = { logits: floats(expected.logits), targets, VOCAB, temperature: 1 };
  const mask = spread(inputs.target_mask, positions);
  const count = mask.reduce((sum, one) => sum + one, 0);
  const zero = new Float32Array(mask.length);
  const weighted = spread(inputs.mask_b, positions).map((one, i) => one * spread(inputs.advantages, positions)[i]!);
  for (const executor of await testExecutors()) {
    const statistics = await statisticsOf(executor, rows);
    const masked = (values: ArrayLike<number>) => Array.from(mask, (one, i) => one * values[i]!);
    const wanted = (values: Json | undefined) => masked(spread(values, positions));
    expectClose(masked(statistics.logprob), wanted(expected.logprobs), tolerance.logprobs!, 'logprobs');
    expectClose(masked(statistics.entropy), wanted(expected.entropy), tolerance.entropy!, 'entropy');
    const a = await gradientOf(executor, rows, mask.map((one) => -one / count), zero);
    const b = await gradientOf(executor, rows, weighted, zero);
    const c = await gradientOf(executor, rows, zero, mask.map((one) => one / count));
    expectClose(a, expected.grad_a_logits, tolerance.grad_logits!, `${executor.kind} a`);
    expectClose(b, expected.grad_b_logits, tolerance.grad_logits!, `${executor.kind} b`);
    expectClose(c, expected.grad_c_logits, tolerance.grad_logits!, `${executor.kind} c`);
  }
});

/** a log-prob + b H of softmax(x/T), in float64, from the definition. */
function objective(x: readonly number[], target: number, temperature: number, a: number, b: number): number {
  const weights = x.map((one) => Math.exp(one / temperature));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const p = weights.map((one) => one / total);
  return a * Math.log(p[target]!) - b * p.reduce((sum, one) => sum + one * Math.log(one), 0);
}

test('gradient equals finite differences in float64 at temperature 0.7; a masked row of NaN gives zeros', async () => {
  const x = Array.from({ length: 7 }, (_, v) => Math.fround(2 * Math.sin(5 * v)));
  const step = 1e-5;
  const temperature = 0.7;
  const wanted = x.map((_, v) => {
    const at = (shift: number) => objective(x.map((one, i) => (i === v ? one + shift : one)), 3, temperature, -0.6, 0.25);
    return (at(step) - at(-step)) / (2 * step);
  });
  const logits = Float32Array.from([...x, ...x.map(() => NaN)]);
  for (const executor of await testExecutors()) {
    const got = await gradientOf(executor, { logits, targets: Uint32Array.of(3, 0), VOCAB: 7, temperature }, Float32Array.of(-0.6, 0), Float32Array.of(0.25, 0));
    expectClose(got.slice(0, 7), wanted, { mode: 'elementwise', rtol: 1e-5, atol: 1e-6 }, executor.kind);
    expect([...got.slice(7)]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  }
});

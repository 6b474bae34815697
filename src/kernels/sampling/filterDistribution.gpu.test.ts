import { expect, test } from 'vitest';
import type { Executor } from '../../gpu/executor';
import { runKernel, testExecutors } from '../../gpu/testing';
import text from '../../../e2e/fixtures/sampling.json?raw';
import { expectClose, flat, floats, parseFixture, shape, type Fields, type Json } from '../loss/fixtureTesting';
import { drawIndex } from './drawToken';
import { filterDistribution } from './filterDistribution';

interface Filter { readonly temperature?: number; readonly top_k?: number; readonly top_p?: number; readonly min_p?: number }

async function filtered(executor: Executor, logits: Float32Array<ArrayBuffer>, VOCAB: number, { temperature = 1, top_k = 0, top_p = 1, min_p = 0 }: Filter) {
  const rows = logits.length / VOCAB;
  const { probabilities, entropy } = await runKernel(executor, filterDistribution, { logits, probabilities: new Float32Array(logits.length), entropy: new Float32Array(rows) },
    { rows, temperature, top_k, top_p, min_p, VOCAB });
  const rowsOf = Array.from({ length: rows }, (_, row) => [...probabilities.slice(row * VOCAB, (row + 1) * VOCAB)]);
  return { rows: rowsOf, kept: rowsOf.map((one) => [...one.keys()].filter((v) => one[v]! > 0)), entropy };
}

test.each(parseFixture(text).cases.filter((one) => one.name.startsWith('filter/')))('$name: kept tokens, probabilities, entropy, inverse-CDF draw', async ({ inputs, expected, tolerance }) => {
  const VOCAB = shape(inputs.logits)[1]!;
  for (const executor of await testExecutors()) for (const wanted of expected.per_config as unknown as Fields[]) {
    const got = await filtered(executor, floats(inputs.logits), VOCAB, {
      temperature: wanted.temperature as number, top_k: (wanted.top_k as number | null) ?? 0, top_p: (wanted.top_p as number | null) ?? 1, min_p: (wanted.min_p as number | null) ?? 0,
    });
    expect(got.kept).toEqual((wanted.kept_ids as Json[]).map(flat));
    got.rows.forEach((row, i) => expectClose(row.filter((p) => p > 0), (wanted.kept_probs as Json[])[i], tolerance, `${executor.kind} row ${i}`));
    expectClose(got.entropy, wanted.entropy, tolerance, `${executor.kind} entropy`);
    expect(got.rows.map((row, i) => drawIndex(row, flat(wanted.inverse_cdf_u)[i]!))).toEqual(flat(wanted.inverse_cdf_token));
  }
});

test('equal logits: exactly k, the shortest prefix of mass p, lowest ids first; nothing is lost at the edges of the options', async () => {
  const even = new Float32Array(10).fill(-3);
  const tied = Float32Array.of(1, 5, 1, 5, -0, 5, 0, 1, -2, -2);
  for (const executor of await testExecutors()) {
    const keptOf = async (logits: Float32Array<ArrayBuffer>, filter: Filter) => (await filtered(executor, logits, 10, filter)).kept[0];
    expect(await keptOf(even, { top_k: 3 })).toEqual([0, 1, 2]);
    expect(await keptOf(even, { top_p: 0.5 })).toEqual([0, 1, 2, 3, 4]);
    expect(await keptOf(even, { top_p: 0.3 })).toEqual([0, 1, 2]);
    expect(await keptOf(even, { top_p: 0 })).toEqual([0]);
    expect(await keptOf(even, { min_p: 1 })).toHaveLength(10);
    expect(await keptOf(even, { top_k: 4, top_p: 0.5 })).toEqual([0, 1]);
    expect(await keptOf(tied, { top_k: 2 })).toEqual([1, 3]);
    expect(await keptOf(tied, { top_k: 5 })).toEqual([0, 1, 2, 3, 5]);
    expect(await keptOf(tied, { top_k: 7 })).toEqual([0, 1, 2, 3, 4, 5, 7]);
    expect(await keptOf(tied, { top_k: 99 })).toHaveLength(10);
    expect(await keptOf(tied, { top_k: 10 })).toHaveLength(10);
    expect(await keptOf(tied, { top_k: 1, top_p: 0.01, min_p: 0.5 })).toEqual([1]);
  }
});

test.each([1, 7, 33])('%i rows over 1031 tokens: top-k against sorting, top-p by its definition', async (rows) => {
  const VOCAB = 1031;
  const logits = Float32Array.from({ length: rows * VOCAB }, (_, i) => 4 * Math.sin(1.7 * i + Math.cos(i)));
  for (const executor of await testExecutors()) {
    const k = await filtered(executor, logits, VOCAB, { temperature: 0.8, top_k: 50 });
    const p = await filtered(executor, logits, VOCAB, { temperature: 0.8, top_p: 0.9 });
    for (let row = 0; row < rows; row++) {
      const x = [...logits.slice(row * VOCAB, (row + 1) * VOCAB)];
      const falling = [...x.keys()].sort((a, b) => x[b]! - x[a]! || a - b);
      expect(k.kept[row]).toEqual(falling.slice(0, 50).sort((a, b) => a - b));
      const weights = x.map((one) => Math.exp(one / 0.8));
      const share = (count: number) => falling.slice(0, count).reduce((sum, v) => sum + weights[v]!, 0) / weights.reduce((sum, one) => sum + one, 0);
      const count = p.kept[row]!.length;
      expect(share(count)).toBeGreaterThan(0.9 - 1e-5);
      expect(share(count - 1)).toBeLessThan(0.9 + 1e-5);
      expect(p.kept[row]).toEqual(falling.slice(0, count).sort((a, b) => a - b));
      expect(p.rows[row]!.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 4);
    }
  }
});

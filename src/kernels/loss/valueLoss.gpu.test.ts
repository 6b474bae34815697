import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import text from '../../../e2e/fixtures/value_loss.json?raw';
import { aggregationScalars, aggregationWeights, type AggregationMode } from './aggregationWeights';
import { expectClose, floats, parseFixture, shape, words } from './fixtureTesting';
import { valueLoss, valueLossScalars } from './valueLoss';

const { batches, cases } = parseFixture(text);

test.each(cases)('$name', async ({ inputs, expected, tolerance }) => {
  const batch = batches[inputs.batch as string]!;
  const [rows, length] = shape(batch.mask) as [number, number];
  const mask = words(batch.mask);
  const count = rows * length;
  const empty = () => new Float32Array(count);
  for (const executor of await testExecutors()) {
    const { weights } = await runKernel(executor, aggregationWeights, { mask, weights: empty() },
      { rows, length, ...aggregationScalars(inputs.aggregation as AggregationMode, { mask_NT: mask, length, norm: null }) });
    const got = await runKernel(executor, valueLoss, {
      values: floats(batch.values), old_values: floats(batch.old_values), returns: floats(batch.returns), weights, loss: empty(), d_values: empty(), flags: new Uint32Array(count),
    }, { count, ...valueLossScalars(inputs.clip as number | null) });
    expectClose(got.loss, expected.per_token_loss, tolerance, `${executor.kind} per token`);
    expectClose(got.d_values, expected.grad_values, tolerance, `${executor.kind} gradient`);
    const total = Array.from(weights).reduce((sum, weight, i) => sum + weight * got.loss[i]!, 0);
    expectClose([total], expected.loss, tolerance, `${executor.kind} loss`);
    const share = Array.from(got.flags).reduce((sum, one) => sum + one, 0) / mask.reduce((sum, one) => sum + one, 0);
    if (expected.clipfrac !== null) expectClose([share], expected.clipfrac, tolerance, `${executor.kind} clipped share`);
  }
});

test.each([null, 0.2])('clip %s: gradient equals finite differences in float64; NaN under weight 0 stays out', async (clip) => {
  const count = 33;
  const weights = Float32Array.from({ length: count }, (_, i) => (i % 5 === 2 ? 0 : 1 / 16));
  const make = (value: (i: number) => number) => Float32Array.from({ length: count }, (_, i) => (weights[i] === 0 ? NaN : value(i)));
  const [values, old_values, returns] = [make((i) => Math.sin(i)), make((i) => Math.sin(i) + 0.5 * Math.cos(3 * i)), make((i) => Math.cos(2 * i))];
  const at = (i: number, v: number): number => {
    const held = clip === null ? v : Math.min(Math.max(v, old_values[i]! - clip), old_values[i]! + clip);
    return (weights[i]! * Math.max((v - returns[i]!) ** 2, (held - returns[i]!) ** 2)) / 2;
  };
  const wanted = Array.from(weights, (weight, i) => (weight === 0 ? 0 : (at(i, values[i]! + 1e-6) - at(i, values[i]! - 1e-6)) / 2e-6));
  for (const executor of await testExecutors()) {
    const got = await runKernel(executor, valueLoss, { values, old_values, returns, weights, loss: new Float32Array(count), d_values: new Float32Array(count), flags: new Uint32Array(count) },
      { count, ...valueLossScalars(clip) });
    expectClose(got.d_values, wanted, { mode: 'elementwise', rtol: 1e-5, atol: 1e-7 }, executor.kind);
  }
});

test('a negative clip is refused', () => {
  expect(() => valueLossScalars(-0.1)).toThrow(RangeError);
});

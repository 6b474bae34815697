import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import text from '../../../e2e/fixtures/sampling.json?raw';
import { expectClose, flat, floats, parseFixture, shape, type Fields } from '../loss/fixtureTesting';
import { NO_TOKEN, topTokens } from './topTokens';

test.each(parseFixture(text).cases.filter((one) => one.name.startsWith('basic/')))('$name: the first is the argmax; all of them are the distribution', async ({ inputs, expected, tolerance }) => {
  const [rows, VOCAB] = shape(inputs.logits) as [number, number];
  for (const executor of await testExecutors()) for (const wanted of expected.per_temperature as unknown as Fields[]) {
    const COUNT = VOCAB + 1;
    const { ids, probabilities } = await runKernel(executor, topTokens, { logits: floats(inputs.logits), ids: new Uint32Array(rows * COUNT), probabilities: new Float32Array(rows * COUNT) },
      { rows, temperature: wanted.temperature as number, VOCAB, COUNT });
    for (let row = 0; row < rows; row++) {
      const ofRow = [...probabilities.slice(row * COUNT, (row + 1) * COUNT)];
      expect(ids[row * COUNT]).toBe(flat(wanted.argmax)[row]);
      expect([...ids.slice(row * COUNT, (row + 1) * COUNT)].sort((a, b) => a - b)).toEqual([...Array(VOCAB).keys(), NO_TOKEN]);
      expect(ofRow).toEqual([...ofRow].sort((a, b) => b - a));
      expectClose([ofRow.reduce((sum, p) => sum + p * p, 0)], [flat(wanted.sum_p_squared)[row]!], tolerance, `${executor.kind} sum of squares`);
    }
  }
});

test.each([1, 7, 33])('%i rows of ties: falling, lowest id first', async (rows) => {
  const logits = Float32Array.from({ length: rows * 5 }, (_, i) => [1, 3, 1, 3, 2][i % 5]!);
  for (const executor of await testExecutors()) {
    const { ids, probabilities } = await runKernel(executor, topTokens, { logits, ids: new Uint32Array(rows * 4), probabilities: new Float32Array(rows * 4) },
      { rows, temperature: 0.5, VOCAB: 5, COUNT: 4 });
    for (let row = 0; row < rows; row++) expect([...ids.slice(4 * row, 4 * row + 4)]).toEqual([1, 3, 4, 0]);
    // weights 1, 1, e^-2, e^-4 of a total 2 + e^-2 + 2 e^-4
    expectClose(probabilities.slice(0, 4), [0.4604123, 0.4604123, 0.06231002, 0.008432744], { mode: 'elementwise', rtol: 1e-5, atol: 0 }, executor.kind);
  }
});

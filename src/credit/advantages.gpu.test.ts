// Every case of the reference file advantages.json, on both executors, within its own tolerance.

import { expect, test } from 'vitest';
import fixture from '../../e2e/fixtures/advantages.json';
import { testExecutors } from '../gpu/testing';
import { readAdvantageCase, type AdvantageFixture } from './advantageCase';
import { creditOf, rowsById } from './testing';

interface Case extends AdvantageFixture { readonly tolerance: { readonly rtol: number; readonly atol: number } }
const cases = fixture.cases as unknown as Case[];

test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
  const { method, parameters, shape, signals, expected } = readAdvantageCase(one)!;
  expect(Object.keys(expected)).toHaveLength(Object.keys(one.expected).length);
  const mask = Array.from(signals.mask_NT);
  for (const executor of await testExecutors()) {
    const credit = await creditOf(executor, method, parameters, shape, signals);
    const rows = rowsById(credit);
    for (const [id, numbers] of Object.entries(expected)) {
      const { values, shape: kind } = rows[id]!;
      expect(values).toHaveLength(numbers.length);
      let worst = 0;
      numbers.forEach((number, i) => {
        if (kind === 'token' && mask[i] !== 1) return expect(values[i]).toBe(0);
        worst = Math.max(worst, Math.abs(values[i]! - number) / (one.tolerance.atol + one.tolerance.rtol * Math.abs(number)));
      });
      expect(worst, `${executor.kind} ${id}: error over tolerance`).toBeLessThanOrEqual(1);
      if (kind === 'answer' && id === 'A') mask.forEach((used, i) => expect(credit.advantages_NT[i]).toBe(used === 1 ? values[Math.floor(i / shape.width)] : 0));
    }
  }
});

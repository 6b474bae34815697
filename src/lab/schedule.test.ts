import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Schedule } from './configuration';
import { learningRateAt } from './schedule';

interface Case {
  name: string;
  inputs: { kind: Schedule; base_lr: number; warmup_steps: number; total_steps: number; min_lr_ratio: number };
  expected: { lr: number[] };
}
const cases = (JSON.parse(readFileSync('e2e/fixtures/optimizer.json', 'utf8')) as { cases: Case[] }).cases.filter((one) => one.name.startsWith('schedule/'));

test('the fixtures have schedules', () => expect(cases.length).toBeGreaterThanOrEqual(4));

test.each(cases.map((one) => [one.name, one] as const))('%s', (_, { inputs, expected }) => {
  expected.lr.forEach((rate, update) => {
    const found = learningRateAt(update, {
      schedule: inputs.kind, learningRate: inputs.base_lr, warmupUpdates: inputs.warmup_steps, scheduleUpdates: inputs.total_steps, floor: inputs.min_lr_ratio,
    });
    expect(Math.abs(found - rate)).toBeLessThanOrEqual(1e-12 + 1e-6 * rate);
  });
});

test('after its length the rate stays at the end', () => {
  const settings = { learningRate: 2, warmupUpdates: 0, scheduleUpdates: 10 };
  expect(learningRateAt(15, { ...settings, schedule: 'linear' })).toBe(0);
  expect(learningRateAt(15, { ...settings, schedule: 'cosine', floor: 0.5 })).toBe(1);
  expect(learningRateAt(15, { ...settings, schedule: 'constant' })).toBe(2);
});

import { expect, test } from 'vitest';
import text from '../../../e2e/fixtures/optimizer.json?raw';
import { expectClose, flat, parseFixture } from '../loss/fixtureTesting';
import { learningRateAt, type ScheduleKind } from './schedule';

const schedules = parseFixture(text).cases.filter((one) => one.name.startsWith('schedule/'));

test.each(schedules)('$name', ({ inputs, expected, tolerance }) => {
  const { base_lr, warmup_steps, total_steps, min_lr_ratio } = inputs as Record<string, number>;
  const schedule = { kind: inputs.kind as ScheduleKind, baseRate: base_lr!, warmupSteps: warmup_steps!, totalSteps: total_steps!, leastRatio: min_lr_ratio! };
  expectClose(flat(expected.lr).map((_, k) => learningRateAt(schedule, k)), expected.lr, tolerance, 'rates');
});

test.each(['linear', 'cosine'] as const)('%s stays at its least rate after the end', (kind) => {
  const schedule = { kind, baseRate: 2, warmupSteps: 3, totalSteps: 10, leastRatio: 0.25 };
  expect(learningRateAt(schedule, 10)).toBeCloseTo(0.5, 12);
  expect(learningRateAt(schedule, 25)).toBeCloseTo(0.5, 12);
});

test('a schedule no longer than its warm-up is finite everywhere', () => {
  const schedule = { kind: 'cosine', baseRate: 1, warmupSteps: 5, totalSteps: 5, leastRatio: 0 } as const;
  for (let k = 0; k < 9; k++) expect(Number.isFinite(learningRateAt(schedule, k))).toBe(true);
});

import { expect, test } from 'vitest';
import { Pacer } from './pacer';
import type { Plan } from './plan';

const planOf = (calls: number): Plan => ({ calls: Array.from({ length: calls }) }) as unknown as Plan;

test('calls never seen are taken to be dear; their cost is learned from what their submits took', () => {
  const pacer = new Pacer(30);
  const plan = planOf(100);
  // at 8 ms a call three fit
  expect(pacer.until(plan, 0, 100)).toBe(3);
  for (let times = 0; times < 20; times++) pacer.measured(plan, 0, 100, 100);
  // at 1 ms a call, which halves of the first guess have come down to
  expect(pacer.until(plan, 0, 100)).toBe(29);
  expect(pacer.until(plan, 90, 100)).toBe(100);
});

test('a clock that tells no time makes no call free for ever: a submit that takes long is cut again', () => {
  const pacer = new Pacer(30);
  const plan = planOf(100);
  for (let times = 0; times < 2000; times++) pacer.measured(plan, 0, 100, 0);
  expect(pacer.until(plan, 0, 100)).toBe(100);
  for (let times = 0; times < 20; times++) pacer.measured(plan, 0, 100, 1000);
  expect(pacer.until(plan, 0, 100)).toBe(3);
});

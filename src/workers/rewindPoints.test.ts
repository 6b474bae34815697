import { expect, it } from 'vitest';
import type { RunState } from '../lab/runState';
import { RewindPoints } from './rewindPoints';

const state = (updates: number): RunState => ({ lines: Array.from({ length: updates }) }) as unknown as RunState;

it('keeps the latest updates each, older ones ever more sparsely, and never many', () => {
  const points = new RewindPoints();
  for (let update = 1; update <= 200; update++) {
    points.add(state(update));
    expect(points.updates.length).toBeLessThanOrEqual(12);
    expect(points.updates.slice(-4)).toEqual([update - 3, update - 2, update - 1, update].filter((one) => one > 0));
  }
  expect(points.updates).toEqual([144, 160, 176, 184, 188, 192, 194, 196, 197, 198, 199, 200]);
  expect(points.at(188)?.lines.length).toBe(188);
  expect(points.at(187)).toBeUndefined();
});

it('who goes back twice to the same failure goes further back', () => {
  const points = new RewindPoints([state(3), state(4), state(5)]);
  const before = points.before(5);
  expect(before.updates).toEqual([3, 4]);
  before.add(state(6));
  expect(before.updates).toEqual([3, 4, 6]);
});

it('an update that is made again takes the place of those that came after it', () => {
  const points = new RewindPoints([state(3), state(4), state(5)]);
  points.add(state(4));
  expect(points.updates).toEqual([3, 4]);
});

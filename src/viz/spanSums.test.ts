import { expect, it } from 'vitest';
import type { Channel, PartialUpdate } from './channel';
import { spanSums, spreadOf } from './spanSums';

const numbers = [1, 2.5, Number.NaN, -0.5];
const channel = (id: string, valueAt: Channel['valueAt']): Channel => ({ id, label: id, kind: 'signed', center: 0, meaning: '', valueAt });

it('sums what has numbers, and leaves out channels that have none', () => {
  const channels = [channel('some', (_, { token }) => numbers[token]!), channel('none', () => Number.NaN)];
  expect(spanSums({} as PartialUpdate, channels, 0, 1, 3)).toEqual([{ channel: channels[0], sum: 2, mean: 1, count: 2 }]);
});

it('mean and spread of a group', () => {
  // 3 of 8: variance 3 × (5/8)² + 5 × (3/8)² = 15/8, over 7
  const { count, mean, deviation } = spreadOf([1, 1, 1, 0, 0, 0, 0, 0]);
  expect([count, mean]).toEqual([8, 0.375]);
  expect(deviation).toBeCloseTo(Math.sqrt(15 / 56), 12);
  expect(spreadOf([4]).deviation).toBeNaN();
});

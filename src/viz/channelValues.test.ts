import { expect, it } from 'vitest';
import type { Channel, PartialUpdate } from './channel';
import { domainOfRun, valuesOfAnswers } from './channelValues';

/** Two answers, of two tokens and of one; the number of a token is written in its place. */
const update = (values: readonly number[]): PartialUpdate =>
  ({ sample: { answers: 2, width: 2, lengths_N: Uint32Array.of(2, 1) }, values }) as unknown as PartialUpdate;
let reads = 0;
const channel: Channel = {
  id: 'x', label: '', kind: 'signed', center: 0, meaning: '',
  valueAt(of, { answer, token }) {
    reads++;
    return (of as unknown as { values: readonly number[] }).values[answer * 2 + token]!;
  },
};

it('takes the tokens that there are, answer by answer', () => {
  expect(valuesOfAnswers(update([1, 2, 3, 99]), channel, [1, 0])).toEqual([3, 1, 2]);
});

it('a run’s scale is over all its updates, and each record is read once', () => {
  const [first, second] = [update([1, -2, 0, 99]), update([0, 4, Number.NaN, 99])];
  reads = 0;
  // 0, 0, 1, 2, 4: between the fourth and the fifth, at 98 % of four steps
  expect(domainOfRun([first, second], channel).limit).toBeCloseTo(2 + 0.92 * 2, 6);
  const run = [first, second, update([-10, 0, 0, 99])];
  expect(domainOfRun(run, channel).limit).toBeGreaterThan(8);
  domainOfRun(run, channel);
  expect(reads).toBe(9);
});

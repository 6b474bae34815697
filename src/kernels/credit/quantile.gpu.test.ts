// Quantiles on both executors, against how many values lie on either side.

import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import { OVER } from './combineMoments';
import { ODD_SIZES, randomAnswers } from './creditTesting';
import { quantile } from './quantile';

test.each(ODD_SIZES)('of %i answers of %i tokens: between the values that many places from either end', async (answers, width) => {
  const { token, mask } = randomAnswers(answers, width, 1, 1, 16);
  const x = token.map((one) => Math.fround(Math.round(one * 8) / 8 - 0.05)); // negatives, positives and ties
  for (const executor of await testExecutors()) {
    for (const over of ['answer', 'batch'] as const) {
      const sets = over === 'batch' ? 1 : answers;
      for (const share of [0, 0.25, 0.5, 0.7, 1]) {
        const { y } = await runKernel(executor, quantile, { x, mask, y: new Float32Array(sets).fill(9) }, { sets, answers, width, over: OVER[over], share });
        for (let set = 0; set < sets; set++) {
          const values = [...x].filter((_, i) => mask[i] === 1 && (over === 'batch' || Math.floor(i / width) === set));
          if (values.length === 0) { expect(y[set]).toBe(0); continue; }
          const position = share * (values.length - 1);
          // the value with `place` others below it, ties in any order
          const at = (place: number) => values.find((value) => values.filter((other) => other < value).length <= place && values.filter((other) => other <= value).length > place)!;
          const fraction = position - Math.floor(position);
          const expected = at(Math.floor(position)) * (1 - fraction) + at(Math.ceil(position)) * fraction;
          expect(Math.abs(y[set]! - expected), `${executor.kind} ${over} ${set} ${share}`).toBeLessThanOrEqual(1e-5);
        }
      }
    }
  }
});

test('the median of an even number is the mean of the middle two', async () => {
  for (const executor of await testExecutors()) {
    const { y } = await runKernel(executor, quantile, { x: Float32Array.of(4, -1, 9, 2, 3), mask: Uint32Array.of(1, 1, 0, 1, 1), y: new Float32Array(1) }, { sets: 1, answers: 1, width: 5, over: OVER.answer, share: 0.5 });
    expect([...y]).toEqual([2.5]);
  }
});

import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import { ALL_FINITE, findNonfinite } from './findNonfinite';
import { findNonfiniteFinish } from './findNonfiniteFinish';

test.each([
  { count: 1, planted: [[0, NaN]], first: 0 },
  { count: 33, planted: [], first: ALL_FINITE },
  { count: 33, planted: [[32, -Infinity]], first: 32 },
  { count: 5000, planted: [[4999, NaN], [70, Infinity], [133, NaN]], first: 70 },
  { count: 5000, planted: [[128, NaN], [64, NaN], [3000, Infinity]], first: 64 },
])('the first non-finite of $count values with $planted is $first', async ({ count, planted, first }) => {
  for (const executor of await testExecutors()) {
    // beyond `count` lies a NaN that is none of its business; the largest float is finite
    const values = new Float32Array(count + 1).fill(3.4028235e38);
    values[count] = NaN;
    for (const [i, value] of planted) values[i!] = value!;
    const { partials } = await runKernel(executor, findNonfinite, { values, partials: new Uint32Array(64) }, { count, PARTIALS: 64 });
    const { first: got } = await runKernel(executor, findNonfiniteFinish, { partials, first: Uint32Array.of(5, 5) }, { slot: 1, PARTIALS: 64 });
    expect([...got]).toEqual([5, first]);
  }
});

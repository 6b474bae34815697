import { expect, test } from 'vitest';
import type { PartialUpdate } from './channel';
import { isLeftOut } from './leftOut';

test('an answer is left out where the row that the method names is 0', () => {
  const kept = { id: 'kept', label: 'In the loss', shape: 'answer', formula: '', inputs: {}, parameters: {}, values: Float32Array.of(1, 0) } as const;
  const update = {
    sample: { answers: 2, width: 1, problem_N: [0, 0], lengths_N: [1, 1] },
    credit: { method: 'dapo', rows: [kept], advantages_NT: Float32Array.of(0, 0), rowMask: 'kept' },
  } as unknown as PartialUpdate;
  expect([0, 1].map((answer) => isLeftOut(update, answer))).toEqual([false, true]);
  expect(isLeftOut({ ...update, credit: { method: 'grpo', rows: [kept], advantages_NT: Float32Array.of(0, 0) } }, 1)).toBe(false);
  expect(isLeftOut({ sample: update.sample }, 1)).toBe(false);
});

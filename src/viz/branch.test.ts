import { expect, test } from 'vitest';
import { branchAt, branchSentence } from './branch';
import type { PartialUpdate } from './channel';

const branch = { token: 3, right: '<', valueRight: 1, valueWrong: 0.1 };
const update = { sample: { branches_NK: [[], [branch]] } } as unknown as PartialUpdate;

test('a branch is found by answer and token', () => {
  expect(branchAt(update, { answer: 1, token: 3 })).toBe(branch);
  expect(branchAt(update, { answer: 1, token: 2 })).toBe(undefined);
  expect(branchAt(update, { answer: 0, token: 3 })).toBe(undefined);
  expect(branchAt({ sample: {} } as PartialUpdate, { answer: 0, token: 3 })).toBe(undefined);
});

test('the sentence says what was right, what was written, and what each is worth', () => {
  expect(branchSentence(branch, '<')).toBe('Branch: ‘<’ is right here, and it was written. If all that follows is done right, the answer ends right with probability 1 after ‘<’ and 0.1 after anything else.');
  expect(branchSentence(branch, '>')).toContain('but ‘>’ was written');
});

test('where both are worth the same it says why', () => {
  expect(branchSentence({ ...branch, valueWrong: 1 }, '<')).toMatch(/probability 1 either way: a repair can still undo/);
  expect(branchSentence({ ...branch, valueRight: 0.1 }, '<')).toMatch(/probability 0\.1 either way: it was lost before/);
});

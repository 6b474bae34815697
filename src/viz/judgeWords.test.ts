import { expect, test } from 'vitest';
import { sentenceOf, wordsOnStep } from './judgeWords';

test('lines that name the step, and no other number', () => {
  const text = 'Step 1: 7+5 is 12, so 2.\n\n  **step 10** is wrong; <step 1> is fine  \nWrong steps: [1]\nstep #1 again';
  expect(wordsOnStep(text, 1)).toEqual(['Step 1: 7+5 is 12, so 2.', '**step 10** is wrong; <step 1> is fine', 'step #1 again']);
  expect(wordsOnStep(text, 10)).toEqual(['**step 10** is wrong; <step 1> is fine']);
  expect(wordsOnStep(text, 0)).toEqual([]);
});

test('a verdict as a sentence, counted from 1', () => {
  expect([sentenceOf(null), sentenceOf([]), sentenceOf([0]), sentenceOf([0, 2]), sentenceOf([0, 1, 3])]).toEqual([
    'This critique was lost.', 'Every step is right.', 'Step 1 is wrong.', 'Steps 1 and 3 are wrong.', 'Steps 1, 2 and 4 are wrong.',
  ]);
});

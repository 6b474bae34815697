import { expect, test } from 'vitest';
import { exampleRun } from './exampleRun';
import type { PartialUpdate } from '../../viz/channel';
import { channelsOf, findChannel } from '../../viz/channel';
import { whyNone } from '../../viz/whyNone';

const [whole] = exampleRun(1, 1).updates;
const { sample, score, critique, credit, gradient } = whole!;
const why = (update: PartialUpdate, id: string, answer = 0, token = 0): string | undefined => whyNone(findChannel(channelsOf(whole!), id), update, { answer, token });

test('a number needs no reason', () => {
  for (const { id } of channelsOf(whole!)) expect(why(whole!, id), id).toBeUndefined();
});

test('a phase that is not reached yet is named', () => {
  expect([why({ sample }, 'reward'), why({ sample, score }, 'advantage'), why({ sample, score }, 'row:R')]).toEqual(['it comes with the phase Score', 'it comes with the phase Credit', 'it comes with the phase Credit']);
  expect([why({ sample, score, critique, credit }, 'ratio'), why({ sample, score, critique, credit, gradient }, 'change')]).toEqual(['it comes with the phase Gradient', 'it comes with the phase Update']);
});

test('what is not there for ever has its own reason', () => {
  expect(why({ ...whole!, after: { ...whole!.after!, watchedAnswers: 2 } }, 'change', 2)).toBe('only the first 2 answers of an update are looked at again after it');
  expect(why(whole!, 'advantage', 0, 99)).toBe('the answer is shorter');
  expect(why({ ...whole!, critique: { ...critique, steps_NK: critique.steps_NK.map((steps) => steps.slice(1)) } }, 'row:flag')).toBe('the token belongs to no step');
  // Kullback-Leibler distances stand in the menu of another update that has a reference
  expect(whyNone({ id: 'kl', valueAt: () => Number.NaN }, whole!, { answer: 0, token: 0 })).toBe('there is no reference policy');
  expect(whyNone({ id: 'tdError', valueAt: () => Number.NaN }, whole!, { answer: 0, token: 0 })).toBe('the method has no value model');
});

import { expect, it } from 'vitest';
import { secondsOf, timelineSentence, timeSpans, zoomedLines } from './phaseTimeline';

const SECONDS = { sample: 1, score: 2, critique: 3, credit: 0.5, gradient: 4, update: 1.5, test: 0.25 };

it('lays phases end to end, the critique in the critics’ lane', () => {
  const spans = timeSpans({ seconds: SECONDS, explainedVariance: null });
  expect(spans.map(({ phase, lane, start, seconds }) => [phase, lane, start, seconds])).toEqual([
    ['sample', 'policy', 0, 1], ['score', 'policy', 1, 2], ['critique', 'critics', 3, 3], ['credit', 'policy', 6, 0.5], ['gradient', 'policy', 6.5, 4], ['update', 'policy', 10.5, 1.5], ['test', 'policy', 12, 0.25],
  ]);
  expect(secondsOf({ seconds: SECONDS })).toBe(12.25);
});

it('has the critics beside score and update where a value model learns', () => {
  const beside = timeSpans({ seconds: SECONDS, explainedVariance: 0.2 }).filter(({ isAlongside }) => isAlongside);
  expect(beside.map(({ phase, lane, start, seconds }) => [phase, lane, start, seconds])).toEqual([['score', 'critics', 1, 2], ['update', 'critics', 10.5, 1.5]]);
});

it('says what takes the most', () => {
  expect(timelineSentence([{ update: 7, seconds: SECONDS }])).toBe('Update 7 took 12.3 s. Gradient takes the most, 4.00 s (32.7\u202f%), then critique, 3.00 s. For critiques the policy waited 3.00 s.');
  expect(timelineSentence([{ update: 1, seconds: SECONDS }, { update: 2, seconds: { ...SECONDS, gradient: 0 } }])).toBe(
    'These 2 updates took 20.5 s, 10.3 s each on average. Critique takes the most, 6.00 s (29.3\u202f%), then score, 4.00 s. For critiques the policy waited 6.00 s.');
  expect(timelineSentence([{ update: 1, seconds: { sample: 0, score: 0, critique: 0, credit: 0, gradient: 0, update: 0, test: 0 } }])).toBe('Update 1 took 0 s: nothing was timed.');
});

it('zooms to one, to ten around it, or to all', () => {
  const lines = Array.from({ length: 25 }, (_, index) => ({ update: index + 1 }));
  const shown = (...wanted: [number | undefined, Parameters<typeof zoomedLines>[2]]) => zoomedLines(lines, ...wanted).map(({ update }) => update);
  expect(shown(12, 'one')).toEqual([12]);
  expect(shown(undefined, 'one')).toEqual([25]);
  expect(shown(12, 'ten')).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
  expect(shown(1, 'ten')[0]).toBe(1);
  expect(shown(25, 'ten')).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
  expect(shown(3, 'all')).toHaveLength(25);
  expect(zoomedLines([], undefined, 'one')).toEqual([]);
});

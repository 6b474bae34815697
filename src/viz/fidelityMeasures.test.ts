import { expect, test } from 'vitest';
import type { FidelityRow } from '../lab/fidelity/fidelity';
import { breakerSentence, intervalParts, shownScore, sortedBy } from './fidelityMeasures';

const row = (name: string, spearman: number | null, leak: number): FidelityRow => {
  const of = (value: number | null) => (value === null ? null : { value, low: value - 0.1, high: value + 0.1 });
  return { name, title: name, cost: { forwards: 0, rollouts: 0, judgeCalls: 0 }, scores: { spearman: of(spearman), leak: of(leak), signAgreement: null, rmse: null, breakerFound: null, gradientCosine: null } };
};
const ROWS = [row('a', 0.2, 0.5), row('b', null, 0.1), row('c', 0.9, 0.5)];

test('sorts best first, where low is good the lowest; rows without the measure come last, equals stay', () => {
  expect(sortedBy(ROWS, 'spearman').map(({ name }) => name)).toEqual(['c', 'a', 'b']);
  expect(sortedBy(ROWS, 'leak').map(({ name }) => name)).toEqual(['b', 'a', 'c']);
  expect(sortedBy(ROWS, 'rmse').map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

test('says in a sentence who finds the breaking token, best first, and nothing where it is not known', () => {
  const finding = (one: FidelityRow, value: number): FidelityRow => ({ ...one, scores: { ...one.scores, breakerFound: { value, low: 0, high: 1 } } });
  expect(breakerSentence({ rows: [finding(ROWS[0]!, 0.05), ROWS[1]!, finding(ROWS[2]!, 0.912)], floor: finding(row('floor', null, 0), 0.05) }))
    .toBe('How often the lowest credit is on the token that broke the answer: c 91\u202f%, a 5\u202f%; by chance 5\u202f%.');
  expect(breakerSentence({ rows: ROWS, floor: row('floor', null, 0) })).toBeUndefined();
});

test('intervals have two decimals, a true minus sign and no minus zero', () => {
  expect(intervalParts({ value: -0.125, low: -0.5, high: -0.001 })).toEqual({ value: '−0.13', range: '−0.50 to 0.00' });
  expect(intervalParts({ value: 1, low: Number.NaN, high: 1 })).toEqual({ value: '1.00', range: '— to 1.00' });
  expect(intervalParts(null)).toEqual({ value: '—', range: '' });
});

test('a leak is not shown where no token is surely worth nothing', () => {
  expect(shownScore(ROWS[0]!, 'leak', { sign: 1, leak: 0, breaker: 1 })).toBe(null);
  expect(shownScore(ROWS[0]!, 'leak', { sign: 1, leak: 0.1, breaker: 1 })?.value).toBe(0.5);
  expect(shownScore(ROWS[0]!, 'spearman', { sign: 1, leak: 0, breaker: 1 })?.value).toBe(0.2);
});

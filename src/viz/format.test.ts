import { describe, expect, it } from 'vitest';
import { formatCount, formatNumber, formatPercent, formatShare, formatShort, formatSigned, formatSpoken } from './format';

describe('formatNumber', () => {
  it.each([
    [0, '0'], [-0, '0'], [1, '1.00'], [0.375, '0.375'], [0.03125, '0.0313'], [-0.852, '−0.852'], [-8.5514, '−8.55'],
    [12.345, '12.3'], [123.45, '123'], [1234.5, '1230'], [99_999, '1.00e5'], [99_949, '99900'], [123_456, '1.23e5'],
    [0.9996, '1.00'], [0.00999999, '0.0100'], [0.001, '0.00100'], [0.000_999_9, '0.00100'], [0.000_123, '1.23e−4'], [-1e-6, '−1.00e−6'],
    [Math.fround(0.1), '0.100'], [1e300, '1.00e300'], [5e-324, '4.94e−324'],
  ])('writes %d as %s', (value, text) => expect(formatNumber(value)).toBe(text));
  it('shows a dash for NaN and a sign for infinities', () => {
    expect(formatNumber(Number.NaN)).toBe('—');
    expect(formatNumber(Number.POSITIVE_INFINITY)).toBe('∞');
    expect(formatNumber(Number.NEGATIVE_INFINITY)).toBe('−∞');
  });
  it('never writes an ASCII minus', () => {
    for (const value of [-1, -1e-9, -1e9, -0.5]) expect(formatNumber(value) + formatShort(value)).not.toContain('-');
  });
});

it.each([[0.5, '0.5'], [2, '2'], [100, '100'], [1230, '1230'], [1e-6, '1e−6'], [-0.25, '−0.25'], [0, '0'], [Number.NaN, '—'], [1e5, '1e5']])(
  'formatShort trims %d to %s', (value, text) => expect(formatShort(value)).toBe(text),
);

it.each([[7, '7'], [417, '417'], [12_417, '12,417'], [1_234_567, '1,234,567']])('formatCount groups %d as %s', (count, text) => expect(formatCount(count)).toBe(text));

it.each([[0.914, '91\u202f%'], [0, '0\u202f%'], [Number.NaN, '—']])('formatPercent writes %d as %s', (share, text) => expect(formatPercent(share)).toBe(text));

it('formatSigned marks positive numbers only', () => {
  expect([0.5, -0.5, 0, -0, Number.NaN].map(formatSigned)).toEqual(['+0.500', '−0.500', '0', '0', '—']);
});

it('formatSpoken has both signs of a small number at their places', () => {
  expect([5.36e-4, -5.36e-4].map(formatSpoken)).toEqual(['5.36 times ten to the minus 4', 'minus 5.36 times ten to the minus 4']);
});

it('formatSpoken is words', () => {
  expect([-0.85, 0.85, -1e-6, Number.NaN, Number.NEGATIVE_INFINITY].map(formatSpoken)).toEqual([
    'minus 0.850', '0.850', 'minus 1.00 times ten to the minus 6', 'no value', 'minus infinity',
  ]);
});

it('formatShare is a percentage', () => {
  expect([0.375, 1, 0, Number.NaN].map(formatShare)).toEqual(['37.5\u202f%', '100\u202f%', '0\u202f%', '—']);
});

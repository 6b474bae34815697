import { expect, it } from 'vitest';
import { chipText, columnWidths, signedBar } from './chipLayout';

it('shows what has no glyph and tags special tokens', () => {
  expect(['7', ' ', '\n', '<stop>', '', '<b>x', 'a b'].map((token) => chipText(token).text)).toEqual(['7', '·', '⏎', 'stop', '∅', '<b>x', 'a·b']);
  expect(chipText('<stop>').isSpecial).toBe(true);
  expect(chipText('<').isSpecial).toBe(false);
  expect([chipText('\n').spoken, chipText(' ').spoken, chipText('7').spoken, chipText('<stop>').spoken]).toEqual(['new line', 'space', "'7'", 'stop']);
});

it('gives a column the width of its widest token', () => {
  const widths = columnWidths([[chipText('1'), chipText('hello')], [chipText('22'), chipText('1'), chipText('<stop>')]]);
  expect(widths).toHaveLength(3);
  expect(widths[0]).toBeGreaterThanOrEqual(24);
  expect(widths[1]).toBeGreaterThan(5 * 8);
  expect(columnWidths([])).toEqual([]);
});

it('draws bars from a shared baseline', () => {
  expect(signedBar(1, 16)).toEqual({ top: 0, height: 8 });
  expect(signedBar(-1, 16)).toEqual({ top: 8, height: 8 });
  expect(signedBar(0.5, 16)).toEqual({ top: 4, height: 4 });
  expect(signedBar(0.001, 16)).toEqual({ top: 7, height: 1 });
  expect(signedBar(-0.001, 16)).toEqual({ top: 8, height: 1 });
  for (const nothing of [0, -0, Number.NaN, Number.POSITIVE_INFINITY]) expect(signedBar(nothing, 16)).toEqual({ top: 8, height: 0 });
});

import { expect, it } from 'vitest';
import { scrollToRow, virtualRows } from './virtualRows';

it('draws what is in sight and twelve rows beside it', () => {
  expect(virtualRows(4096, 30, 3000, 300)).toEqual({ first: 88, end: 122, above: 2640, below: (4096 - 122) * 30 });
});

it('leaves nothing out at the ends, and the heights always add up', () => {
  expect(virtualRows(5, 30, 0, 300)).toEqual({ first: 0, end: 5, above: 0, below: 0 });
  expect(virtualRows(0, 30, 0, 300)).toEqual({ first: 0, end: 0, above: 0, below: 0 });
  for (const scrollTop of [0, 17, 29, 30, 119_000, 122_880, 200_000]) {
    const { first, end, above, below } = virtualRows(4096, 30, scrollTop, 333);
    expect(above + (end - first) * 30 + below).toBe(4096 * 30);
  }
});

it('holds the row at the place to which it scrolls', () => {
  for (let scrollTop = 0; scrollTop < 3000; scrollTop += 37) {
    const { first, end } = virtualRows(100, 30, scrollTop, 200);
    expect(first * 30).toBeLessThanOrEqual(scrollTop);
    expect(end * 30).toBeGreaterThanOrEqual(Math.min(3000, scrollTop + 200));
  }
});

it('scrolls no further than it must', () => {
  expect(scrollToRow(10, 30, 40, 0, 400)).toBe(0);
  expect(scrollToRow(20, 30, 40, 0, 400)).toBe(20 * 30 + 30 + 40 - 400);
  expect(scrollToRow(3, 30, 40, 500, 400)).toBe(90);
});

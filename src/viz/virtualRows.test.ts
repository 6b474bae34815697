import { expect, it } from 'vitest';
import { runsOf, scrollToRow, virtualRows } from './virtualRows';

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

it('keeps some rows wherever they are, and the room of all the others', () => {
  const named = (sight: { first: number; end: number }, ...kept: number[]): string => runsOf(64, sight, kept).map(({ first, end, isShown }) => `${isShown ? 'rows' : 'room'} ${first}-${end}`).join(', ');
  expect(named({ first: 10, end: 20 }, 15)).toBe('room 0-10, rows 10-20, room 20-64');
  expect(named({ first: 10, end: 20 }, -1)).toBe('room 0-10, rows 10-20, room 20-64');
  expect(named({ first: 10, end: 20 }, 0)).toBe('rows 0-1, room 1-10, rows 10-20, room 20-64');
  expect(named({ first: 10, end: 20 }, 63)).toBe('room 0-10, rows 10-20, room 20-63, rows 63-64');
  expect(named({ first: 10, end: 20 }, 9)).toBe('room 0-9, rows 9-10, rows 10-20, room 20-64');
  expect(named({ first: 10, end: 20 }, 20)).toBe('room 0-10, rows 10-20, rows 20-21, room 21-64');
  expect(named({ first: 10, end: 20 }, 40, 3)).toBe('room 0-3, rows 3-4, room 4-10, rows 10-20, room 20-40, rows 40-41, room 41-64');
  expect(named({ first: 10, end: 20 }, 3, 3)).toBe('room 0-3, rows 3-4, room 4-10, rows 10-20, room 20-64');
  // as after a larger group
  expect(named({ first: 90, end: 99 }, 70)).toBe('room 0-64');
  expect(runsOf(0, { first: 0, end: 16 }, [0])).toEqual([]);
});

import { array, assert, integer, nat, property } from 'fast-check';
import { expect, it } from 'vitest';
import { columnEdges, columnsWithin, roomOf, stretchAround } from './virtualColumns';
import { runsOf } from './virtualRows';

const WIDTHS = [24, 30, 40, 24];
const anyWidths = array(integer({ min: 24, max: 300 }), { minLength: 1, maxLength: 200 });

it('knows where columns begin, a pixel after the one before', () => {
  expect(columnEdges(WIDTHS)).toEqual([0, 25, 56, 97, 122]);
  expect(columnEdges([])).toEqual([0]);
});

it('finds the columns of a stretch, and those that it cuts', () => {
  const edges = columnEdges(WIDTHS);
  expect(columnsWithin(edges, { left: 0, right: 121 })).toEqual({ first: 0, end: 4 });
  expect(columnsWithin(edges, { left: 30, right: 60 })).toEqual({ first: 1, end: 3 });
  expect(columnsWithin(edges, { left: 25, right: 56 })).toEqual({ first: 1, end: 2 });
  expect(columnsWithin(edges, { left: -500, right: -400 })).toEqual({ first: 0, end: 0 });
  expect(columnsWithin(edges, { left: 400, right: 500 })).toEqual({ first: 4, end: 4 });
  expect(columnsWithin([0], { left: 0, right: 500 })).toEqual({ first: 0, end: 0 });
});

it('changes once in 128 px, and always reaches 128 px further than the eye', () => {
  expect(stretchAround(0, 640)).toEqual({ left: -128, right: 768 });
  expect(stretchAround(127, 513)).toEqual({ left: -128, right: 768 });
  expect(stretchAround(128, 513)).toEqual({ left: 0, right: 896 });
  // pulled over the edge, as touch screens allow
  expect(stretchAround(-30, 640)).toEqual({ left: -256, right: 768 });
});

it('draws every column of which a pixel is in sight, and few others', () => {
  assert(property(anyWidths, nat(70_000), integer({ min: 1, max: 3000 }), (widths, left, width) => {
    const edges = columnEdges(widths);
    const { first, end } = columnsWithin(edges, stretchAround(left, width));
    let before = 0;
    widths.forEach((one, column) => {
      const [from, to] = [before, before + one];
      before = to + 1;
      const isDrawn = column >= first && column < end;
      if (to > left && from < left + width) expect(isDrawn).toBe(true);
      if (to < left - 257 || from > left + width + 257) expect(isDrawn).toBe(false);
    });
  }));
});

it('is as wide with columns left out as with all of them, wherever the tab stop is', () => {
  assert(property(anyWidths, nat(70_000), nat(250), nat(250), (widths, left, ...kept) => {
    const edges = columnEdges(widths);
    const runs = runsOf(widths.length, columnsWithin(edges, stretchAround(left, 600)), kept);
    // as the row lays them out: chips and rooms, a pixel between two
    const lefts = new Map<number, number>();
    let x = 0;
    for (const run of runs) {
      if (!run.isShown) x += roomOf(edges, run) + 1;
      else for (let column = run.first; column < run.end; column++) {
        lefts.set(column, x);
        x += widths[column]! + 1;
      }
    }
    expect(x).toBe(widths.reduce((sum, width) => sum + width + 1, 0));
    for (const [column, place] of lefts) expect(place).toBe(edges[column]);
    for (const column of kept) expect(lefts.has(column)).toBe(column < widths.length);
  }));
});

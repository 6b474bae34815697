// Which columns of a wide group of chips have to exist: those in sight and some beside them. A column is as wide as its widest text, so its
// place is a sum: all px here are of the chips' own scale, from the left edge of the first one.

import { bisectLeft, bisectRight } from 'd3';
import { CHIP_GAP } from './chipLayout';
import type { Span } from './virtualRows';

/** What is in sight counts in blocks of this many px: the chips change once a block, not at every px that they are scrolled. */
const BLOCK = 128;
/** px beside what is in sight, so that a quick scroll finds chips there */
const BESIDE = 128;

/** Where each column begins and, as the last number, where one more would. */
export function columnEdges(widths: readonly number[]): number[] {
  let edge = 0;
  return [0, ...widths.map((width) => (edge += width + CHIP_GAP))];
}

export interface Stretch { readonly left: number; readonly right: number }

/** The stretch whose columns exist while that from `left` on, `width` px, is in sight. */
export function stretchAround(left: number, width: number): Stretch {
  return { left: Math.floor(left / BLOCK) * BLOCK - BESIDE, right: Math.ceil((left + width) / BLOCK) * BLOCK + BESIDE };
}

/** The columns of which any part lies in the stretch. */
export function columnsWithin(edges: readonly number[], { left, right }: Stretch): Span {
  const count = edges.length - 1;
  const first = Math.max(0, Math.min(count, bisectRight(edges, left) - 1));
  return { first, end: Math.max(first, Math.min(count, bisectLeft(edges, right))) };
}

/** px that columns which are not there take up between those that are. */
export function roomOf(edges: readonly number[], { first, end }: Span): number {
  return edges[end]! - edges[first]! - CHIP_GAP;
}

// The picture of a panel holds all that the panel shows, also the rows and columns that are on the page only while they are in sight.
// For the moment in which it is taken, and before the browser paints again, they are all there, up to a limit that the picture states.

import { flushSync } from 'react-dom';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Drawing } from '../../viz/svg';
import { drawElement } from './elementDrawing';

/** Chips of tokens in one picture: about a millisecond each to draw. */
export const MOST_TOKENS = 4_500;
/** Rows of a table in one picture. */
export const MOST_LINES = 1_500;

const taking = createStore(() => ({ isWhole: false }));

/** True while a picture is taken: then nothing may be left out for being out of sight. */
export function useIsWhole(): boolean {
  return useStore(taking, ({ isWhole }) => isWhole);
}

/** How many of the first answers a picture holds; never none. */
export function answersWithin(lengths: readonly number[], most = MOST_TOKENS): number {
  let tokens = 0;
  const end = lengths.findIndex((length) => (tokens += length) > most);
  return end < 0 ? lengths.length : Math.max(1, end);
}

export function drawWholePanel(panel: Element, title: string): Drawing {
  const scrolled = [...panel.querySelectorAll('*')].filter(({ scrollTop, scrollLeft }) => scrollTop !== 0 || scrollLeft !== 0).map((box) => ({ box, top: box.scrollTop, left: box.scrollLeft }));
  try {
    flushSync(() => taking.setState({ isWhole: true }));
    return drawElement(panel, title);
  } finally {
    flushSync(() => taking.setState({ isWhole: false }));
    for (const { box, top, left } of scrolled) box.scrollTo({ top, left, behavior: 'instant' });
  }
}

// Which chips of a large group are on the page: those of the answers and columns in sight, some beside them, and the one that the tab key
// reaches, which keeps its focus while it scrolls away. Chips are plain elements, quick up to about 1,500 of them; smaller groups are there
// as a whole.

import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { columnsWithin, stretchAround } from '../../viz/virtualColumns';
import { EVERY, runsOf, virtualRows, type Run, type Span } from '../../viz/virtualRows';

export const MANY_TOKENS = 1500;
const ROWS_BESIDE = 3;
/** px before the first chip, roughly: the head of the row */
const HEAD = 46;
/** until it is measured */
const FIRST_SIGHT = { first: 0, end: 16, left: 0, right: 1024 };

/** In the grid: the answer's row, and the token's column. */
export interface GridPlace { readonly row: number; readonly token: number }

export interface Sight {
  readonly rows: readonly Run[];
  readonly columns: Span;
  /** had the tab stop until now: it stays until the next one has taken over the focus */
  readonly leaving: GridPlace;
  onScroll?(): void;
}

/** `scroll`: what the rows scroll in, equally high but for one or two of them; `edges`: of the columns (viz/virtualColumns); `kept`: the tab stop. */
export function useSight(scroll: RefObject<HTMLElement | null>, count: number, edges: readonly number[], isLong: boolean, kept: GridPlace): Sight {
  const [sight, setSight] = useState(FIRST_SIGHT);
  const keptBefore = useRef(kept);
  useEffect(() => { keptBefore.current = kept; });
  const look = (): void => {
    const { scrollTop, scrollHeight, clientHeight, scrollLeft, scrollWidth, clientWidth } = scroll.current!;
    const { first, end } = virtualRows(count, scrollHeight / Math.max(1, count), scrollTop, clientHeight, ROWS_BESIDE);
    // the grid may be zoomed
    const scale = scrollWidth / (HEAD + edges.at(-1)!);
    const { left, right } = stretchAround(scrollLeft / scale, clientWidth / scale);
    setSight((was) => (was.first === first && was.end === end && was.left === left && was.right === right ? was : { first, end, left, right }));
  };
  useLayoutEffect(() => {
    if (!isLong) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(scroll.current!);
    return () => observer.disconnect();
    // it reads the element itself; what it sees changes with these
    // oxlint-disable-next-line react/exhaustive-deps
  }, [count, edges, isLong]);
  const { left, right } = sight;
  const columns = useMemo(() => columnsWithin(edges, { left, right }), [edges, left, right]);
  const leaving = keptBefore.current;
  if (!isLong) return { rows: runsOf(count, EVERY, []), columns: EVERY, leaving };
  // in the frame that scrolls: chips that come later would leave a hole in it
  return { rows: runsOf(count, sight, [leaving.row, kept.row]), columns, leaving, onScroll: () => flushSync(look) };
}

// Which answers of a large group are on the page: those in sight, some beside them, and the one that the tab key reaches, which keeps
// its focus while it scrolls away. Chips are plain elements, quick up to about 1,500 of them; smaller groups are there as a whole.

import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { rowRuns, virtualRows, type RowRun } from '../../viz/virtualRows';

export const MANY_TOKENS = 1500;
const BESIDE = 3;
/** until it is measured */
const FIRST_SIGHT = { first: 0, end: 16 };

export interface RowsInSight {
  readonly runs: readonly RowRun[];
  onScroll?(): void;
}

/** `scroll`: what the rows scroll in, equally high but for one or two of them; `kept`: the row of the tab stop. */
export function useRowsInSight(scroll: RefObject<HTMLElement | null>, count: number, isLong: boolean, kept: number): RowsInSight {
  const [sight, setSight] = useState(FIRST_SIGHT);
  // the row that had the focus stays until the next one has taken it over
  const keptBefore = useRef(kept);
  useEffect(() => { keptBefore.current = kept; });
  const look = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = scroll.current!;
    const { first, end } = virtualRows(count, scrollHeight / Math.max(1, count), scrollTop, clientHeight, BESIDE);
    setSight((was) => (was.first === first && was.end === end ? was : { first, end }));
  };
  useLayoutEffect(() => {
    if (!isLong) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(scroll.current!);
    return () => observer.disconnect();
    // it reads the element itself; what it sees changes with these
    // oxlint-disable-next-line react/exhaustive-deps
  }, [count, isLong]);
  return isLong ? { runs: rowRuns(count, sight, [keptBefore.current, kept]), onScroll: look } : { runs: rowRuns(count, { first: 0, end: count }, []) };
}

// Which rows of a long list of equally high rows have to exist: those in sight and some beside them.

export interface VirtualRows {
  readonly first: number;
  /** one past the last */
  readonly end: number;
  /** px of the rows left out above and below */
  readonly above: number;
  readonly below: number;
}

const BESIDE = 12;

export function virtualRows(count: number, rowHeight: number, scrollTop: number, height: number): VirtualRows {
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight)) - BESIDE);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + BESIDE);
  return { first, end: Math.max(first, end), above: first * rowHeight, below: (count - Math.max(first, end)) * rowHeight };
}

/** Where to scroll so that a row is in sight below a head of `head` px; where it is already, nowhere. */
export function scrollToRow(index: number, rowHeight: number, head: number, scrollTop: number, height: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight + head - height);
}

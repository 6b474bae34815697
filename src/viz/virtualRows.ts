// Which rows of a long list of equally high rows have to exist: those in sight and some beside them.

export interface Span {
  readonly first: number;
  /** one past the last */
  readonly end: number;
}

/** Where nothing is left out. */
export const EVERY: Span = { first: 0, end: Number.POSITIVE_INFINITY };

export interface VirtualRows extends Span {
  /** px of the rows left out above and below */
  readonly above: number;
  readonly below: number;
}

const BESIDE = 12;

export function virtualRows(count: number, rowHeight: number, scrollTop: number, height: number, beside = BESIDE): VirtualRows {
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight)) - beside);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + beside);
  return { first, end: Math.max(first, end), above: first * rowHeight, below: (count - Math.max(first, end)) * rowHeight };
}

/** Rows or columns that exist, or only take up room. */
export interface Run extends Span { readonly isShown: boolean }

/** The whole list of rows or columns in order: those in sight, and those that exist wherever they are (-1 for none), with the room of the others between. */
export function runsOf(count: number, sight: Span, kept: readonly number[]): Run[] {
  const [first, end] = [Math.min(sight.first, count), Math.min(sight.end, count)];
  const outside = [...new Set(kept)].filter((one) => one >= 0 && one < count && (one < first || one >= end));
  const shown = [...outside.map((one) => [one, one + 1] as const), ...(end > first ? [[first, end] as const] : [])].sort(([a], [b]) => a - b);
  const runs: Run[] = [];
  const upTo = (start: number): void => {
    const from = runs.at(-1)?.end ?? 0;
    if (start > from) runs.push({ first: from, end: start, isShown: false });
  };
  for (const [from, to] of shown) {
    upTo(from);
    runs.push({ first: from, end: to, isShown: true });
  }
  upTo(count);
  return runs;
}

/** Where to scroll so that a row is in sight below a head of `head` px; where it is already, nowhere. */
export function scrollToRow(index: number, rowHeight: number, head: number, scrollTop: number, height: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight + head - height);
}

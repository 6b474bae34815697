// The steps of a solution in words: its lines, or, where all of it is on one line, its sentences. Each step keeps what ends it, so
// that the steps put together are the text.

import type { StepSpan } from '../task';

export function solutionSteps(solution: string): StepSpan[] {
  const lines = cut(solution, /\n+/g);
  return lines.length > 1 ? lines : cut(solution, /[.!?]["”’)]?\s+(?=\S)/g);
}

/** Cuts after every match; a piece of white space alone goes with the one before it. */
function cut(text: string, delimiter: RegExp): StepSpan[] {
  const spans: { start: number; end: number }[] = [];
  const add = (start: number, end: number): void => {
    if (start === end) return;
    const last = spans.at(-1);
    if (last !== undefined && text.slice(start, end).trim() === '') last.end = end;
    else spans.push({ start, end });
  };
  let start = 0;
  for (const match of text.matchAll(delimiter)) {
    add(start, match.index + match[0].length);
    start = match.index + match[0].length;
  }
  add(start, text.length);
  return spans;
}

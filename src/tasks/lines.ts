// Answers that are lines: one step a line, its delimiter included.

import type { StepSpan } from './task';

export function lineSpans(answer: string): StepSpan[] {
  const spans: StepSpan[] = [];
  for (let start = 0; start < answer.length;) {
    const delimiter = answer.indexOf('\n', start);
    const end = delimiter === -1 ? answer.length : delimiter + 1;
    spans.push({ start, end });
    start = end;
  }
  return spans;
}

/** Offsets of the characters before each line's first '=', which say what is to be done; what follows does it. */
export function offsetsBeforeEquals(answer: string): number[] {
  return lineSpans(answer).flatMap(({ start, end }) => Array.from({ length: Math.max(0, answer.slice(start, end).indexOf('=')) }, (_, i) => start + i));
}

/** Without its delimiter. */
export function lineOf(answer: string, { start, end }: StepSpan): string {
  const line = answer.slice(start, end);
  return line.endsWith('\n') ? line.slice(0, -1) : line;
}

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

/** Without its delimiter. */
export function lineOf(answer: string, { start, end }: StepSpan): string {
  const line = answer.slice(start, end);
  return line.endsWith('\n') ? line.slice(0, -1) : line;
}

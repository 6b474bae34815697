// The arithmetic written inside a step, checked where it can be: "3*4=12", "<<3*4=12>>12", "$3 x 4 = $12". A calculation is read only
// where it stands in figures from end to end: "200 GB / 2 = 100" or "half of 8 - 1 = 3" could mean anything and is left alone, for
// a wrong accusation is worse than none. A result written with decimals may be rounded to them; a whole number must be exact.
// Percent may be meant as a hundredth or as a bare number; what fits either way passes.

import { evaluate } from './expression';

export type ArithmeticVerdict = 'right' | 'wrong' | 'unknown';

const IN_FIGURES = /[\d.,+\-−–*/x×÷·()%$€£ \t]/;
/** No calculation in a solution is longer. */
const LONGEST_RUN = 1000;
/** Words that make what follows them only a part of the calculation. */
const LEADING_WORD = /\b(?:of|times|plus|minus|by|than|over|per|twice|thrice|half|double|triple|divided|dozen|hundred|thousand|million)\s*$/i;
/** A unit that shifts the number before it. */
const TRAILING_WORD = /^\s*(?:cents?\b|¢|dozens?\b|hundred\b|thousand\b|million\b|k\b|remainder\b|r\s*\d|over\b|percent\b|:\d)/i;

/** Wrong if any calculation in the step is; right if there are some and all hold; unknown if none can be read. */
export function checkArithmetic(step: string): ArithmeticVerdict {
  const annotations = [...step.matchAll(/<<([^<>]*)>>/g)].map((match) => match[1]!);
  // the result after an annotation is that of the sum before it, or, where there is none, of the annotation's own
  const text = step.replace(/(=[ \t$€£]*)?<<([^<>=]*)[^<>]*>>/g, (_, begun: string | undefined, sum: string) => begun ?? ` ${sum} = `);
  const found = [...annotations, ...text.split('\n')].flatMap(calculations);
  if (found.length === 0) return 'unknown';
  return found.includes(false) ? 'wrong' : 'right';
}

/** Whether each calculation of a line that can be read holds, from left to right. */
function calculations(line: string): boolean[] {
  const parts = line.split(/[=≈]/);
  return parts.slice(1).flatMap((right, i) => {
    const holds = compare(parts[i]!, right);
    return holds === undefined ? [] : [holds];
  });
}

function compare(before: string, after: string): boolean | undefined {
  const left = figuresBefore(before);
  const right = figuresAfter(after);
  if (left === undefined || right === undefined || !(hasOperator(left) || hasOperator(right))) return undefined;
  let isRead = false;
  for (const percent of left.includes('%') || right.includes('%') ? [0.01, 1] : [1]) {
    for (const otherPercent of right.includes('%') ? [percent, 0.01, 1] : [percent]) {
      const [value, claim] = [evaluate(left, percent), evaluate(right, otherPercent)];
      if (value === undefined || claim === undefined) continue;
      isRead = true;
      if (fits(value, claim, unitOf(right) * otherPercent) || fits(claim, value, unitOf(left) * percent)) return true;
    }
  }
  return isRead ? false : undefined;
}

function figuresBefore(text: string): string | undefined {
  let start = text.length;
  while (start > 0 && IN_FIGURES.test(text[start - 1]!)) if (text.length - --start > LONGEST_RUN) return undefined;
  const words = text.slice(Math.max(0, start - 20), start);
  const run = text.slice(start);
  if (LEADING_WORD.test(words) || /[\p{L}_^]$/u.test(words) && /^[\d(]/.test(run)) return undefined;
  return usable(run);
}

function figuresAfter(text: string): string | undefined {
  let end = 0;
  while (end < text.length && IN_FIGURES.test(text[end]!)) if (++end > LONGEST_RUN) return undefined;
  const words = text.slice(end, end + 20);
  // a full stop or a comma ends the sentence, not the number
  return TRAILING_WORD.test(words) || /^[_^\\]/.test(words) ? undefined : usable(text.slice(0, end).replace(/[.,\s]+$/, ''));
}

/** A run that begins or ends with an operator goes on in words. */
function usable(run: string): string | undefined {
  const trimmed = run.trim();
  return /\d/.test(trimmed) && !/^[*/x×÷·+)]|^[-−–]\s|[*/x×÷·+\-−–(]$/.test(trimmed) ? trimmed : undefined;
}

const hasOperator = (run: string): boolean => /[\d)%]\s*[+\-−–*/x×÷·]\s*[\d($€£.\-−]/.test(run);

/** What a lone number with decimals may be off by: its last decimal. Nothing for whole numbers and sums. */
function unitOf(run: string): number {
  const decimals = hasOperator(run) ? undefined : /\.(\d+)/.exec(run)?.[1]?.length;
  return decimals === undefined ? 0 : 10 ** -decimals;
}

/** Rounded to the unit, or cut off at it. */
function fits(exact: number, written: number, unit: number): boolean {
  const difference = Math.abs(exact - written);
  const slack = 1e-9 * Math.max(1, Math.abs(exact));
  return difference <= unit / 2 + slack || (Math.abs(written) < Math.abs(exact) && exact * written >= 0 && difference < unit - slack);
}

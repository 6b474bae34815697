// From a judge's free text to wrong step indices. The list after the last "Wrong steps" counts; without those words the
// last list of whole numbers in square brackets. Indices that are no step are dropped, repeated ones count once. What has
// no list, or is cut off, is a missing critique. What a model thinks aloud (<think>) is not its verdict.

import type { Critique } from './judge';

/** Of a longer text only the end is read: the list stands there. */
const LONGEST_READ = 20_000;
const MOST_ITEMS = 1000;

export function readCritique(text: string, steps: number, isCutOff = false): Critique {
  const missing = (verdict: 'no-list' | 'cut-off'): Critique => ({ flags: null, text, verdict, outOfRange: 0 });
  const said = afterThinking(text.slice(-LONGEST_READ));
  if (isCutOff || said === undefined) return missing('cut-off');
  const indices = labelledList(said) ?? lastList(said);
  if (indices === undefined) return missing('no-list');
  const distinct = [...new Set(indices)].sort((a, b) => a - b);
  const flags = distinct.filter((step) => step >= 0 && step < steps);
  return { flags, text, verdict: 'read', outOfRange: distinct.length - flags.length };
}

/** Undefined where it never stopped thinking. */
function afterThinking(text: string): string | undefined {
  const end = text.lastIndexOf('</think>');
  if (end >= 0) return text.slice(end + '</think>'.length);
  return text.includes('<think>') ? undefined : text;
}

function labelledList(text: string): number[] | undefined {
  const label = [...text.matchAll(/wrong[ \t]{1,3}steps?\b/gi)].at(-1);
  if (label === undefined) return undefined;
  const rest = text.slice(label.index + label[0].length);
  const found = /^[\s:*_`$\\a-z{]{0,20}?\[([^[\]]{0,4000})\]/i.exec(rest);
  if (found !== null) return itemsOf(found[1]!);
  return /^[\s:*_`]{0,10}none\b/i.test(rest) ? [] : undefined;
}

function lastList(text: string): number[] | undefined {
  for (const found of [...text.matchAll(/\[([^[\]]{0,4000})\]/g)].reverse()) {
    const items = itemsOf(found[1]!);
    if (items !== undefined) return items;
  }
  return undefined;
}

/** Undefined unless every item is a whole number, which may be called "step 3" or "<step 3>". */
function itemsOf(inside: string): number[] | undefined {
  if (inside.trim() === '') return [];
  const items = inside.split(/[,;]/, MOST_ITEMS + 1);
  if (items.length > MOST_ITEMS) return undefined;
  const numbers = items.map((item) => /^\s*["'`<]?(?:step\s*)?(-?\d{1,9})[>"'`]?\s*$/i.exec(item)?.[1]);
  return numbers.every((one) => one !== undefined) ? numbers.map(Number) : undefined;
}

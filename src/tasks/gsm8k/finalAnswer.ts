// The final answer of a worked solution in the style of GSM8K (Cobbe et al. 2021), and whether it is the right one. Numbers only:
// "1,200", "$18.00", "-3/4" and "50%" are read, an answer in words is none. Read in this order: after "####", a last line "A: …",
// the last \boxed{…}, after the last "answer is", and else the last number of the text.

const NUMBER = String.raw`-?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:/\d+(?:\.\d+)?)?`;
const VALUE = new RegExp(String.raw`(-?)\s*[$€£]?\s*(${NUMBER})`, 'g');
/** Where a solution says that its answer comes; the last place of the first kind that is there counts. */
const CUES: readonly RegExp[] = [/####/g, /^[ \t]*A:/gm, /\\boxed\s*\{/g, /\banswer\s+is\b:?/gi];

export interface FinalAnswer {
  readonly value: number;
  /** the solution marks it; else it is only the last number of the text */
  readonly isMarked: boolean;
}

/** Undefined where the text has no number in the place that counts. */
export function finalAnswer(solution: string): FinalAnswer | undefined {
  for (const cue of CUES) {
    const last = [...solution.matchAll(cue)].at(-1);
    if (last === undefined) continue;
    const value = numbersIn(solution.slice(last.index + last[0].length).replace(/^[\s\S]*?(?=\S)/, '').split('\n', 1)[0]!)[0];
    return value === undefined ? undefined : { value, isMarked: true };
  }
  const value = numbersIn(solution).at(-1);
  return value === undefined ? undefined : { value, isMarked: false };
}

/** Undefined where the reference gives no number: then there is nothing to compare with. */
export function isRightAnswer(solution: string, reference: string): boolean | undefined {
  const wanted = finalAnswer(reference);
  if (wanted === undefined) return undefined;
  const given = finalAnswer(solution);
  return given !== undefined && Math.abs(given.value - wanted.value) <= 1e-9 * Math.max(1, Math.abs(wanted.value));
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(VALUE)].flatMap(([, sign, digits]) => {
    if (digits === undefined || !/\d/.test(digits)) return [];
    const [above, below] = digits.replaceAll(',', '').split('/');
    const value = Number(above) / (below === undefined ? 1 : Number(below));
    return Number.isFinite(value) ? [sign === '-' ? -value : value] : [];
  });
}

// The measures of fidelity as a person reads them: names, what they mean, which end is good, and intervals as text.

import type { Interval } from '../lab/fidelity/bootstrap';
import type { FidelityMeasure, FidelityRow, FidelityTable } from '../lab/fidelity/fidelity';
import { formatPercent, NO_NUMBER } from './format';

export interface MeasureText {
  readonly id: FidelityMeasure;
  readonly label: string;
  /** beside a method's name */
  readonly short: string;
  readonly meaning: string;
  readonly isLowGood: boolean;
}

export const MEASURES: readonly MeasureText[] = [
  { id: 'gradientCosine', label: 'Gradient cosine', short: 'cos', isLowGood: false, meaning: 'Cosine between the step that the method asks for and the true gradient, from a larger batch.' },
  { id: 'signAgreement', label: 'Sign', short: 'sign', isLowGood: false, meaning: 'Share of tokens with a sure true sign whose credit has that sign.' },
  { id: 'spearman', label: 'Spearman', short: 'rank', isLowGood: false, meaning: 'Rank correlation with the true credit over all tokens.' },
  { id: 'leak', label: 'Leak', short: 'leak', isLowGood: true, meaning: 'Share of the credit that goes to tokens whose true credit is zero.' },
  { id: 'breakerFound', label: 'Breaker', short: 'breaker', isLowGood: false, meaning: 'How often the token that broke a wrong answer gets the lowest credit of it.' },
  { id: 'rmse', label: 'RMSE', short: 'RMSE', isLowGood: true, meaning: 'Root mean square of the difference from the truth, at the method’s best scale.' },
];

const MINUS = '\u2212';
const two = (value: number): string => (Number.isFinite(value) ? value.toFixed(2).replace(/^-0\.00$/, '0.00').replace('-', MINUS) : NO_NUMBER);

/** 0.35 and 0.31 to 0.42, 95 % of the resamples of the problems. */
export function intervalParts(interval: Interval | null): { readonly value: string; readonly range: string } {
  return interval === null ? { value: NO_NUMBER, range: '' } : { value: two(interval.value), range: `${two(interval.low)} to ${two(interval.high)}` };
}

/** Null also for a leak where no token's true credit is surely zero: there is nothing to leak to. */
export function shownScore({ scores }: FidelityRow, measure: FidelityMeasure, coverage: FidelityTable['coverage']): Interval | null {
  return measure === 'leak' && coverage.leak === 0 ? null : scores[measure];
}

/** How often each method finds the token that broke an answer; undefined where that is not known of any. The floor is what chance finds. */
export function breakerSentence({ rows, floor }: Pick<FidelityTable, 'rows' | 'floor'>): string | undefined {
  const found = sortedBy(rows, 'breakerFound').flatMap(({ title, scores: { breakerFound } }) => (breakerFound === null ? [] : [`${title} ${formatPercent(breakerFound.value)}`]));
  if (found.length === 0) return undefined;
  const chance = floor.scores.breakerFound;
  return `How often the lowest credit is on the token that broke the answer: ${found.join(', ')}${chance === null ? '' : `; by chance ${formatPercent(chance.value)}`}.`;
}

/** Best first by one measure; rows without it last, equals as they were. */
export function sortedBy(rows: readonly FidelityRow[], measure: FidelityMeasure): FidelityRow[] {
  const { isLowGood } = MEASURES.find(({ id }) => id === measure)!;
  const worth = ({ scores }: FidelityRow): number => (scores[measure] === null ? -Infinity : scores[measure].value * (isLowGood ? -1 : 1));
  return rows.toSorted((a, b) => (worth(a) === worth(b) ? 0 : worth(b) - worth(a)));
}

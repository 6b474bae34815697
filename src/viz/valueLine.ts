// The value model's V along an answer, as a line over its tokens: V before a token stands over that token, level until the next.
// All answers of a group share one scale, which always holds 0 and 1, the rewards that most answers get.

import { curveStepAfter, extent, line, scaleLinear } from 'd3';
import type { CreditRow } from '../lab/record';
import type { PartialUpdate } from './channel';

export const VALUE_LINE_HEIGHT = 24;
/** room for the line's own thickness at the ends of the scale */
const INSET = 2;
/** between two chips; the chips' row has the same gap */
export const CHIP_GAP = 1;

/** The signal `values` as the credit methods name it. */
const VALUE_ROWS = ['V', 'values'];

export interface ValueLine {
  readonly path: string;
  /** in px from the top: where the answer's reward lies; undefined until it is scored */
  readonly rewardAt?: number;
  readonly width: number;
}

/** The row that holds V before each token, where the method has a value model. */
export function valueRow(update: PartialUpdate): CreditRow | undefined {
  return update.credit?.rows.find(({ id, shape }) => VALUE_ROWS.includes(id) && shape === 'token');
}

export function valueBefore(update: PartialUpdate, row: CreditRow, answer: number, token: number): number {
  return token < update.sample.lengths_N[answer]! ? row.values[answer * update.sample.width + token] ?? Number.NaN : Number.NaN;
}

/** The scale that these answers share. */
export function valueDomain(update: PartialUpdate, row: CreditRow, group: readonly number[]): readonly [number, number] {
  const values = group.flatMap((answer) => valuesOf(update, row, answer)).filter(Number.isFinite);
  const [low, high] = extent([0, 1, ...values]);
  return [low!, high!];
}

/** `widths`: of the columns of chips, in px. Breaks where a value is not finite. */
export function valueLine(update: PartialUpdate, row: CreditRow, answer: number, widths: readonly number[], domain: readonly [number, number]): ValueLine {
  const values = valuesOf(update, row, answer);
  const edges = [0];
  for (let token = 0; token < values.length; token++) edges.push(edges[token]! + widths[token]! + CHIP_GAP);
  const y = scaleLinear([...domain], [VALUE_LINE_HEIGHT - INSET, INSET]);
  // the last value once more, so that it reaches to the end of its chip
  const points = [...values, values.at(-1) ?? Number.NaN].map((value, token) => ({ x: edges[token]!, value }));
  const path = line<(typeof points)[number]>(({ x }) => x, ({ value }) => y(value)).defined(({ value }) => Number.isFinite(value)).curve(curveStepAfter).digits(2)(points) ?? '';
  const reward = update.score?.outcome_N[answer];
  return { path, width: edges.at(-1)!, ...(reward !== undefined && { rewardAt: y(reward) }) };
}

function valuesOf(update: PartialUpdate, row: CreditRow, answer: number): number[] {
  return Array.from({ length: update.sample.lengths_N[answer]! }, (_, token) => valueBefore(update, row, answer, token));
}

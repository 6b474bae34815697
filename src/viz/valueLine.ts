// The value model's V along an answer, as a line over its tokens: V before a token stands over that token, level until the next.
// All answers of a group share one scale, which always holds 0 and 1, the rewards that most answers get.

import { curveStepAfter, extent, line, scaleLinear } from 'd3';
import type { CreditRow } from '../lab/record';
import type { PartialUpdate } from './channel';
import { columnEdges } from './virtualColumns';
import { EVERY, type Span } from './virtualRows';

export const VALUE_LINE_HEIGHT = 24;
/** room for the line's own thickness at the ends of the scale */
const INSET = 2;

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

/** `widths`: of the columns of chips, in px. Breaks where a value is not finite; is drawn over the columns of `inSight` only. */
export function valueLine(update: PartialUpdate, row: CreditRow, answer: number, widths: readonly number[], domain: readonly [number, number], inSight: Span = EVERY): ValueLine {
  const values = valuesOf(update, row, answer);
  const edges = columnEdges(widths.slice(0, values.length));
  const y = scaleLinear([...domain], [VALUE_LINE_HEIGHT - INSET, INSET]);
  const path = line<Point>(([x]) => x, ([, value]) => y(value)).defined(([, value]) => Number.isFinite(value)).curve(curveStepAfter).digits(2)(stepPoints(values, edges, inSight)) ?? '';
  const reward = update.score?.outcome_N[answer];
  return { path, width: edges.at(-1)!, ...(reward !== undefined && { rewardAt: y(reward) }) };
}

/** of a line before its scale */
export type Point = readonly [x: number, value: number];

/** Where each value begins, level until the next; the last one once more, so that it reaches to the end of its chip. */
export function stepPoints(values: readonly number[], edges: readonly number[], { first, end }: Span): Point[] {
  const last = Math.min(end, values.length);
  return values.slice(first, end).map((value, i): Point => [edges[first + i]!, value]).concat(last > first ? [[edges[last]!, values[last - 1]!]] : []);
}

function valuesOf(update: PartialUpdate, row: CreditRow, answer: number): number[] {
  return Array.from({ length: update.sample.lengths_N[answer]! }, (_, token) => valueBefore(update, row, answer, token));
}

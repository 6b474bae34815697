// What a value model says along an answer, against what came: V before each token, the return from there on,
//   G_t = r_t + gamma G_(t+1),   and the TD error of each token,   d_t = r_t + gamma V_(t+1) − V_t.
// Rewards are the program's row R where it has one, else the outcome on the last token; after the last token comes nothing, or what the
// row bootstrapValues says; a token that the row terminal marks has nothing after it. Advantages are sums of these errors: gae.

import { curveStepAfter, extent, line, max, scaleLinear } from 'd3';
import type { CreditRow } from '../lab/record';
import type { PartialUpdate } from './channel';
import { geometryOf, valueAt, type Place } from './creditGeometry';
import { stepPoints, valueBefore, valueDomain, valueRow, type Point } from './valueLine';
import { columnEdges } from './virtualColumns';
import { EVERY, type Span } from './virtualRows';

export interface ValueTrack {
  readonly values: readonly number[];
  readonly returns: readonly number[];
  readonly errors: readonly number[];
}

/** Undefined where the method has no value model. */
export function valueTrack(update: PartialUpdate, answer: number): ValueTrack | undefined {
  const row = valueRow(update);
  if (row === undefined) return undefined;
  const length = update.sample.lengths_N[answer]!;
  const geometry = geometryOf(update);
  const rewardRow = rowNamed(update, 'R', 'token');
  const [terminal, bootstrap] = [rowNamed(update, 'terminal', 'token'), rowNamed(update, 'bootstrapValues', 'answer')];
  const gamma = gammaOf(update);
  const values = Array.from({ length }, (_, token) => valueBefore(update, row, answer, token));
  const returns = new Array<number>(length);
  const errors = new Array<number>(length);
  let [nextValue, nextReturn] = bootstrap === undefined || length === 0 ? [0, 0] : [valueAt(bootstrap, geometry, { answer, token: 0 }), valueAt(bootstrap, geometry, { answer, token: 0 })];
  for (let token = length - 1; token >= 0; token--) {
    if (terminal !== undefined && valueAt(terminal, geometry, { answer, token }) !== 0) nextValue = nextReturn = 0;
    const reward = rewardRow === undefined ? (token === length - 1 ? update.score?.outcome_N[answer] ?? Number.NaN : 0) : valueAt(rewardRow, geometry, { answer, token });
    returns[token] = nextReturn = reward + gamma * nextReturn;
    errors[token] = reward + gamma * nextValue - values[token]!;
    nextValue = values[token]!;
  }
  return { values, returns, errors };
}

/** The discount of the program, 1 where it names none. */
export function gammaOf(update: PartialUpdate): number {
  const gamma = update.credit?.rows.find(({ parameters }) => typeof parameters['gamma'] === 'number')?.parameters['gamma'];
  return typeof gamma === 'number' ? gamma : 1;
}

function rowNamed(update: PartialUpdate, id: string, shape: CreditRow['shape']): CreditRow | undefined {
  return update.credit?.rows.find((row) => row.id === id && row.shape === shape);
}

const tracksOf = new WeakMap<PartialUpdate, Map<number, ValueTrack | undefined>>();

/** The TD error of a token; NaN where there is none. Kept for each update, because a channel asks for every token of it. */
export function errorAt(update: PartialUpdate, { answer, token }: Place): number {
  if (!(answer >= 0 && answer < update.sample.answers)) return Number.NaN;
  const known = tracksOf.get(update) ?? new Map<number, ValueTrack | undefined>();
  tracksOf.set(update, known);
  if (!known.has(answer)) known.set(answer, valueTrack(update, answer));
  return known.get(answer)?.errors[token] ?? Number.NaN;
}

/** px; low enough that half a group of eight is in sight on a small screen */
export const TRACK_HEIGHT = 56;
/** px: the lines' part above, the lollipops' part below */
const LINES = { top: 3, bottom: 28 };
const ERRORS = { top: 32, bottom: TRACK_HEIGHT - 2 };

export interface Lollipop { readonly token: number; readonly x: number; readonly y: number; readonly error: number }

export interface TrackColumn { readonly token: number; readonly x: number; readonly width: number }

export interface TrackPicture {
  readonly width: number;
  readonly valuePath: string;
  readonly returnPath: string;
  /** of the lollipops */
  readonly baseline: number;
  readonly lollipops: readonly Lollipop[];
  readonly columns: readonly TrackColumn[];
}

export interface TrackScales {
  readonly values: readonly [number, number];
  /** largest |error| */
  readonly errors: number;
}

/** The scales that the answers of a group share; V's always holds 0 and 1 and every return. */
export function trackScales(update: PartialUpdate, tracks: readonly ValueTrack[], group: readonly number[]): TrackScales {
  const row = valueRow(update);
  const [low, high] = row === undefined ? [0, 1] : valueDomain(update, row, group);
  const [least, most] = extent([low, high, ...tracks.flatMap((track) => track.returns.filter(Number.isFinite))]);
  return { values: [least!, most!], errors: max(tracks.flatMap(({ errors }) => errors.filter(Number.isFinite).map(Math.abs))) ?? 0 };
}

/** `widths`: of the columns of chips, in px; only what stands over those of `inSight` is drawn. */
export function trackPicture({ values, returns, errors }: ValueTrack, widths: readonly number[], scales: TrackScales, inSight: Span = EVERY): TrackPicture {
  const edges = columnEdges(widths.slice(0, values.length));
  const y = scaleLinear([...scales.values], [LINES.bottom, LINES.top]);
  const baseline = (ERRORS.top + ERRORS.bottom) / 2;
  const error = scaleLinear([0, scales.errors > 0 ? scales.errors : 1], [baseline, ERRORS.top]);
  const stepPath = (numbers: readonly number[]): string =>
    line<Point>(([x]) => x, ([, value]) => y(value)).defined(([, value]) => Number.isFinite(value)).curve(curveStepAfter).digits(2)(stepPoints(numbers, edges, inSight)) ?? '';
  const columns = widths.slice(0, values.length).map((width, token): TrackColumn => ({ token, x: edges[token]!, width })).slice(inSight.first, inSight.end);
  return {
    width: edges.at(-1)!, valuePath: stepPath(values), returnPath: stepPath(returns), baseline, columns,
    lollipops: columns.map(({ token, x, width }) => ({ token, x: x + width / 2, y: Number.isFinite(errors[token]!) ? error(errors[token]!) : baseline, error: errors[token]! })),
  };
}

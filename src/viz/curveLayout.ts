// A small curve: raw points faint, a debiased moving average bold, behind them a band where there is one, axes with few ticks. Nulls
// are updates without a measurement (accuracy is tested now and then): the raw line bridges them; what is not finite breaks it.
// A range shows some updates only; the average is of all of them, so that it is the same at every zoom.

import { area, extent, line, scaleLinear, type ScaleLinear } from 'd3';

export interface CurvePoint { readonly update: number; readonly value: number }

/** Least and most of what a point is the mean of. */
export interface BandPoint { readonly update: number; readonly least: number; readonly most: number }

/** First and last update in sight. */
export type UpdateRange = readonly [number, number];

export interface CurveFrame { readonly width: number; readonly height: number; readonly top: number; readonly right: number; readonly bottom: number; readonly left: number }

export interface CurveLayout {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly points: readonly CurvePoint[];
  readonly rawPath: string;
  readonly smoothPath: string;
  readonly bandPath: string;
}

export interface CurveView {
  readonly smoothing?: number;
  readonly band?: readonly BandPoint[];
  /** without it, everything */
  readonly range?: UpdateRange | undefined;
}

/** Measurements only, in the order of updates. */
export function curvePoints(updates: readonly number[], values: readonly (number | null)[]): CurvePoint[] {
  return updates.flatMap((update, index) => {
    const value = values[index];
    return value === null || value === undefined ? [] : [{ update, value }];
  });
}

/** `bounds` are values that the vertical axis always shows, such as 0 and 1 for a share. */
export function curveLayout(all: readonly CurvePoint[], lastUpdate: number, frame: CurveFrame, bounds: readonly number[], { smoothing = 0.5, band = [], range }: CurveView = {}): CurveLayout {
  const isInSight = ({ update }: { readonly update: number }): boolean => range === undefined || (update >= range[0] && update <= range[1]);
  const points = all.filter(isInSight);
  const bandInSight = band.filter(isInSight);
  const finite = [...points.map((point) => point.value), ...bandInSight.flatMap(({ least, most }) => [least, most])].filter(Number.isFinite);
  const [low, high] = extent([...bounds, ...finite]);
  const bottom = low ?? 0;
  const top = high === undefined || high === bottom ? bottom + 1 : high;
  const x = scaleLinear(range === undefined ? [0, Math.max(1, lastUpdate)] : [range[0], Math.max(range[0] + 1, range[1])], [frame.left, frame.width - frame.right]);
  const y = scaleLinear([bottom, top], [frame.height - frame.bottom, frame.top]).nice(3);
  const path = line<CurvePoint>((point) => x(point.update), (point) => y(point.value)).defined((point) => Number.isFinite(point.value)).digits(2);
  const smooth = debiasedAverage(all.map((point) => point.value), smoothing);
  const bandArea = area<BandPoint>(({ update }) => x(update), ({ least }) => y(least), ({ most }) => y(most)).defined(({ least, most }) => Number.isFinite(least) && Number.isFinite(most)).digits(2);
  return {
    x, y, points,
    rawPath: path(points) ?? '',
    smoothPath: path(all.map((point, index) => ({ update: point.update, value: smooth[index]! })).filter(isInSight)) ?? '',
    bandPath: bandArea(bandInSight) ?? '',
  };
}

/** Exponential moving average divided by the weight it has gathered, so that it does not start at zero. A value that
 *  is not finite has no average and leaves the average as it was. */
export function debiasedAverage(values: readonly number[], smoothing: number): number[] {
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return Number.NaN;
    sum = smoothing * sum + (1 - smoothing) * value;
    weight = smoothing * weight + (1 - smoothing);
    return sum / weight;
  });
}

/** The measured point nearest to a horizontal position, for the shared cursor. */
export function nearestPoint(layout: CurveLayout, x: number): CurvePoint | undefined {
  const update = layout.x.invert(x);
  return layout.points.reduce<CurvePoint | undefined>(
    (best, point) => (best === undefined || Math.abs(point.update - update) < Math.abs(best.update - update) ? point : best), undefined,
  );
}

/** The updates between two horizontal positions, whole ones, in order; undefined where that is fewer than two. */
export function rangeBetween({ x }: CurveLayout, from: number, to: number): UpdateRange | undefined {
  const [low, high] = [from, to].map((place) => x.invert(Math.max(x.range()[0]!, Math.min(x.range()[1]!, place)))).sort((a, b) => a - b);
  const range = [Math.round(low!), Math.round(high!)] as const;
  return range[1] - range[0] < 1 ? undefined : range;
}

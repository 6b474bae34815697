// A very small curve without axes, for a row of them under one scale: from zero to `most`, over the updates of a run.

import { line, scaleLinear } from 'd3';
import type { CurvePoint } from './curveLayout';

export interface Sparkline {
  readonly path: string;
  /** the point of the update that is shown */
  readonly at?: { readonly x: number; readonly y: number };
}

/** Values that are not finite break the line. */
export function sparkline(points: readonly CurvePoint[], shown: number | undefined, most: number, width: number, height: number): Sparkline {
  const [first, last] = [points[0]?.update ?? 0, points.at(-1)?.update ?? 0];
  const x = scaleLinear([first, Math.max(first + 1, last)], [2, width - 2]);
  const y = scaleLinear([0, most > 0 ? most : 1], [height - 2, 2]);
  const path = line<CurvePoint>((point) => x(point.update), (point) => y(point.value)).defined(({ value }) => Number.isFinite(value)).digits(1)(points) ?? '';
  const point = points.find(({ update, value }) => update === shown && Number.isFinite(value));
  return { path, ...(point !== undefined && { at: { x: x(point.update), y: y(point.value) } }) };
}

// The curves of a run as a picture of their own, from the same layout as on the page.

import { curveLayout, type BandPoint, type CurvePoint } from '../curveLayout';
import type { Palette } from '../color';
import { formatShort } from '../format';
import { svg, type Drawing, type SvgNode } from '../svg';

export interface FigureCurve {
  readonly title: string;
  readonly note: string;
  readonly bounds: readonly number[];
  readonly points: readonly CurvePoint[];
  /** behind the curve, where there is one */
  readonly band?: readonly BandPoint[];
}

const COLUMNS = 2;
const FRAME = { width: 340, height: 170, top: 36, right: 14, bottom: 26, left: 48 };
const SANS = 'system-ui, Helvetica Neue, Arial, sans-serif';

export function drawCurves(curves: readonly FigureCurve[], lastUpdate: number, palette: Palette, source: string): Drawing {
  const rows = Math.ceil(curves.length / COLUMNS);
  return {
    width: FRAME.width * Math.min(COLUMNS, curves.length), height: rows * FRAME.height + 24, background: palette.panel, title: `${curves.map(({ title }) => title).join(', ')} over ${lastUpdate} updates`,
    nodes: [
      ...curves.map((curve, i) => svg('g', { transform: `translate(${(i % COLUMNS) * FRAME.width} ${Math.floor(i / COLUMNS) * FRAME.height})`, fill: palette.text, 'font-family': SANS, 'font-size': 11 }, ...drawCurve(curve, lastUpdate, palette))),
      svg('text', { x: 12, y: rows * FRAME.height + 12, fill: palette.text, opacity: 0.75, 'font-family': SANS, 'font-size': 11 }, source),
    ],
  };
}

function drawCurve({ title, note, bounds, points, band = [] }: FigureCurve, lastUpdate: number, palette: Palette): SvgNode[] {
  const { x, y, rawPath, smoothPath, bandPath } = curveLayout(points, lastUpdate, FRAME, bounds, { band });
  const [left, right] = [FRAME.left, FRAME.width - FRAME.right];
  const bottom = FRAME.height - FRAME.bottom;
  const finite = points.filter(({ value }) => Number.isFinite(value));
  return [
    svg('text', { x: 12, y: 18, 'font-size': 13 }, svg('tspan', { 'font-weight': 'bold' }, title), svg('tspan', { opacity: 0.75, dx: 6, 'font-size': 11 }, note)),
    ...y.ticks(3).flatMap((tick) => [
      svg('line', { x1: left, x2: right, y1: y(tick), y2: y(tick), stroke: palette.text, 'stroke-opacity': 0.15 }),
      svg('text', { x: left - 6, y: y(tick) + 4, 'text-anchor': 'end' }, formatShort(tick)),
    ]),
    ...x.ticks(5).filter(Number.isInteger).map((tick) => svg('text', { x: x(tick), y: bottom + 16, 'text-anchor': 'middle' }, String(tick))),
    ...(bandPath === '' ? [] : [svg('path', { d: bandPath, fill: palette.text, 'fill-opacity': 0.1 })]),
    svg('path', { d: rawPath, fill: 'none', stroke: palette.text, 'stroke-opacity': 0.4 }),
    ...(points.length > 2 ? [svg('path', { d: smoothPath, fill: 'none', stroke: palette.text, 'stroke-width': 1.8 })] : []),
    ...(finite.length <= 40 ? finite : []).map((point) => svg('circle', { cx: x(point.update), cy: y(point.value), r: 1.6 })),
  ];
}

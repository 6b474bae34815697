// One measure over k, a line a rule. Rules differ by dash and by their name at the line's end; the chosen one is heavy.

import { line, scaleLinear } from 'd3';
import type { VotingRule } from '../../lab/configuration';
import { formatShare } from '../../viz/format';
import type { VotingPoint } from '../../viz/votingCurves';
import { AsTable } from '../app/AsTable';

interface VotingPlotProps {
  readonly title: string;
  readonly curves: readonly { readonly rule: VotingRule; readonly points: readonly VotingPoint[] }[];
  read(point: VotingPoint): number;
  readonly k: number;
  readonly chosen: VotingRule;
}

const WIDTH = 330;
const HEIGHT = 150;
const MARGIN = { top: 10, right: 98, bottom: 26, left: 44 };
const LABEL_HEIGHT = 12;
const DASHES: Readonly<Record<VotingRule, string>> = { intersection: '7 3', strict_majority: '', at_least_half: '2 3', union: '10 3 2 3', fractional: '1 2' };

export function VotingPlot({ title, curves, read, k, chosen }: VotingPlotProps) {
  const most = curves[0]!.points.length;
  const values = curves.flatMap(({ points }) => points.map(read)).filter(Number.isFinite);
  const low = Math.min(0.9, Math.floor(Math.min(1, ...values) * 10) / 10);
  const x = scaleLinear([1, Math.max(2, most)], [MARGIN.left, WIDTH - MARGIN.right]);
  const y = scaleLinear([low, 1], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const path = line<VotingPoint>().defined((point) => Number.isFinite(read(point))).x((point) => x(point.k)).y((point) => y(read(point)));
  const ends = spread(curves.map(({ points }) => points.findLast((point) => Number.isFinite(read(point)))).map((point) => (point === undefined ? Number.NaN : y(read(point)))));
  const now = read(curves.find(({ rule }) => rule === chosen)!.points[k - 1]!);
  return (
    <figure className="votingPlot">
      <figcaption><strong>{title}</strong> <span className="curveValue">{formatShare(now)}</span></figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title} by number of critiques for each rule; ${chosen.replaceAll('_', ' ')} with ${k}: ${formatShare(now)}`}>
        <g className="axis">
          {y.ticks(3).map((tick) => <g key={tick} className="tick"><line x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={y(tick)} y2={y(tick)} /><text x={MARGIN.left - 6} y={y(tick)} dy="0.32em" textAnchor="end">{formatShare(tick)}</text></g>)}
          {x.ticks(Math.min(most, 8)).filter((tick) => Number.isInteger(tick) && tick <= most).map((tick) => <text key={tick} x={x(tick)} y={HEIGHT - MARGIN.bottom + 15} textAnchor="middle">{tick}</text>)}
        </g>
        <line className="selectedLine" x1={x(k)} x2={x(k)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
        {curves.map(({ rule, points }, index) => (
          <g key={rule} className={rule === chosen ? 'ruleLine isChosen' : 'ruleLine'} data-rule={rule}>
            {points.length > 1 ? <path d={path(points) ?? ''} strokeDasharray={DASHES[rule]} /> : null}
            {points.filter((point) => Number.isFinite(read(point))).map((point) => <circle key={point.k} cx={x(point.k)} cy={y(read(point))} r={rule === chosen ? 2.6 : 1.6} />)}
            {Number.isNaN(ends[index]) ? null : <text x={WIDTH - MARGIN.right + 7} y={ends[index]} dy="0.32em">{rule.replaceAll('_', ' ')}</text>}
          </g>
        ))}
      </svg>
      <AsTable caption={`${title} by number of critiques`} head={['Critiques', ...curves.map(({ rule }) => rule.replaceAll('_', ' '))]}
        rows={() => Array.from({ length: most }, (_, i) => [String(i + 1), ...curves.map(({ points }) => formatShare(points[i] === undefined ? Number.NaN : read(points[i])))])} />
    </figure>
  );
}

/** Moves labels apart that would lie on each other, keeping their order and the frame. */
function spread(heights: readonly number[]): number[] {
  const order = heights.map((_, index) => index).filter((index) => Number.isFinite(heights[index])).sort((a, b) => heights[a]! - heights[b]!);
  const placed = [...heights];
  let next = MARGIN.top;
  order.forEach((index, rank) => {
    const room = HEIGHT - MARGIN.bottom - (order.length - 1 - rank) * LABEL_HEIGHT;
    placed[index] = Math.min(Math.max(placed[index]!, next), room);
    next = placed[index] + LABEL_HEIGHT;
  });
  return placed;
}

// A few runs over their updates, a line a seed: each run has its own dash and its name at the end of its lines, so colour says nothing.

import { line, scaleLinear } from 'd3';
import type { AnswerSummary, SeedSummary } from '../../formats/lessonFile';
import type { SeedChartWish } from '../../lessons/lesson';
import type { LessonScene } from '../../state/lessonScene';
import { formatShare, formatShort } from '../../viz/format';
import { AsTable } from '../app/AsTable';

const WIDTH = 232;
const HEIGHT = 112;
const MARGIN = { top: 8, right: 54, bottom: 18, left: 34 };
const DASHES = ['', '4 3'];

const KINDS = {
  accuracy: { title: 'Accuracy on held-out problems', write: formatShare, read: ({ accuracy }: AnswerSummary) => accuracy },
  steps: { title: 'Lines an answer', write: formatShort, read: ({ steps }: AnswerSummary): number | null => steps },
} as const;

interface Point { readonly update: number; readonly value: number }

export function SeedChart({ scene, wish }: { readonly scene: LessonScene; readonly wish: SeedChartWish }) {
  const { title, write, read } = KINDS[wish.of];
  const runs = wish.runs.map(({ name, label }) => ({ label, seeds: scene.material.seeds.get(name) ?? [] }));
  const pointsOf = ({ startAccuracy, updates }: SeedSummary): Point[] => [
    ...(wish.of === 'accuracy' ? [{ update: 0, value: startAccuracy }] : []),
    ...updates.flatMap((one) => { const value = read(one); return value === null ? [] : [{ update: one.update, value }]; }),
  ];
  const everything = runs.flatMap(({ seeds }) => seeds.flatMap(pointsOf));
  const last = Math.max(1, ...everything.map(({ update }) => update));
  const highest = wish.of === 'accuracy' ? 1 : Math.ceil(Math.max(1, ...everything.map(({ value }) => value)));
  const x = scaleLinear([0, last], [MARGIN.left, WIDTH - MARGIN.right]);
  const y = scaleLinear([0, highest], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const path = line<Point>().x(({ update }) => x(update)).y(({ value }) => y(value)).digits(1);
  return (
    <figure className="seedChart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title} over ${last} updates: ${runs.map(({ label, seeds }) => `${label} ends at ${seeds.map((seed) => write(pointsOf(seed).at(-1)?.value ?? Number.NaN)).join(', ')}`).join('; ')}`}>
        {[0, highest].map((tick) => <text key={tick} className="seedTick" x={MARGIN.left - 4} y={y(tick)} dy="0.32em" textAnchor="end">{write(tick)}</text>)}
        {[0, last].map((tick) => <text key={`x${tick}`} className="seedTick" x={x(tick)} y={HEIGHT - 4} textAnchor="middle">{tick}</text>)}
        <line className="seedAxis" x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={y(0)} y2={y(0)} />
        {runs.map(({ label, seeds }, index) => {
          const ends = seeds.map((seed) => y(pointsOf(seed).at(-1)?.value ?? 0));
          return (
            <g key={label}>
              {seeds.map((seed) => <path key={seed.seed} className="seedLine" d={path(pointsOf(seed)) ?? ''} strokeDasharray={DASHES[index % DASHES.length]} />)}
              <text className="seedName" x={WIDTH - MARGIN.right + 4} y={ends.reduce((sum, one) => sum + one, 0) / Math.max(1, ends.length)} dy="0.32em">{label}</text>
            </g>
          );
        })}
      </svg>
      <AsTable caption={title} head={['Run', 'Start', 'End']}
        rows={() => runs.flatMap(({ label, seeds }) => seeds.map((seed) => [`${label}, seed ${seed.seed}`, ...[0, -1].map((at) => write(pointsOf(seed).at(at)?.value ?? Number.NaN))]))} />
    </figure>
  );
}

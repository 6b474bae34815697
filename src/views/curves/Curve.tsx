// One curve: React mounts the picture once, d3 feeds it.

import { useEffect, useMemo, useRef } from 'react';
import { curvePoints, type BandPoint, type UpdateRange } from '../../viz/curveLayout';
import type { Finding } from '../../viz/diagnosis';
import { formatNumber } from '../../viz/format';
import { createCurveChart, type CurveChart, type CursorStore } from './curveChart';

interface CurveProps {
  readonly title: string;
  readonly note: string;
  /** one sentence: what it is */
  readonly about: string;
  readonly bounds: readonly number[];
  readonly updates: readonly number[];
  readonly values: readonly (number | null)[];
  /** what the diagnosis found on this curve */
  readonly marks: readonly Finding[];
  /** updates at which a person changed something of the run */
  readonly changes: readonly number[];
  readonly selected: number | undefined;
  readonly cursor: CursorStore;
  readonly band: readonly BandPoint[];
  readonly range: UpdateRange | undefined;
  onZoom(range: UpdateRange): void;
  onPick(update: number): void;
}

export function Curve({ title, note, about, bounds, updates, values, marks, changes, selected, cursor, band, range, onZoom, onPick }: CurveProps) {
  const host = useRef<SVGSVGElement>(null);
  const overlay = useRef<HTMLDivElement>(null);
  const chart = useRef<CurveChart | null>(null);
  const answers = useRef({ onPick, onZoom });
  const points = useMemo(() => curvePoints(updates, values), [updates, values]);
  const value = points.findLast((point) => selected === undefined || point.update <= selected)?.value ?? Number.NaN;

  useEffect(() => {
    answers.current = { onPick, onZoom };
  }, [onPick, onZoom]);
  useEffect(() => {
    if (host.current === null || overlay.current === null) return undefined;
    const made = createCurveChart(host.current, overlay.current, cursor, { onPick: (update) => answers.current.onPick(update), onZoom: (wanted) => answers.current.onZoom(wanted) });
    chart.current = made;
    return () => made.destroy();
  }, [cursor]);
  useEffect(() => {
    chart.current?.draw({ points, band, range, lastUpdate: updates.at(-1) ?? 0, bounds, marks, changes });
  }, [points, band, range, updates, bounds, marks, changes]);
  useEffect(() => {
    chart.current?.select(selected);
  }, [selected]);

  return (
    <figure className="curve">
      <figcaption title={about}><strong>{title}</strong> <span className="curveValue">{formatNumber(value)}</span> <span className="muted">{note}</span></figcaption>
      <div className="curveFrame">
        <svg ref={host} className="curvePicture" role="img" aria-label={`${title} over ${updates.length} updates, now ${formatNumber(value)}`} />
        <div ref={overlay} className="curveMarks" />
      </div>
    </figure>
  );
}

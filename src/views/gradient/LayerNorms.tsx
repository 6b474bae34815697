// The gradient's norm in each part of the model: a bar for this update, its share of the whole, and a small curve over the run, all
// curves under one scale.

import { useId, useMemo, type CSSProperties } from 'react';
import type { UpdateLine } from '../../lab/record';
import { linesOf, shownRun } from '../../state/runStore';
import { barColor, type Palette } from '../../viz/color';
import { layerName } from '../../viz/diagnosis';
import { formatNumber, formatShare } from '../../viz/format';
import { sparkline } from '../../viz/sparkline';
import { useRun } from '../app/SessionContext';

const [WIDTH, HEIGHT] = [132, 24];

export function LayerNorms({ palette }: { readonly palette: Palette }) {
  const title = useId();
  const run = useRun(shownRun);
  const line = useRun((state) => shownRun(state)?.updates[state.position]?.line);
  const lines = useMemo(() => (run === null ? [] : linesOf(run).filter(({ gradNormByLayer }) => gradNormByLayer !== null)), [run]);
  const norms = line?.gradNormByLayer;
  if (line === undefined || norms === null || norms === undefined || norms.length === 0) return null;
  const largest = Math.max(...norms);
  const most = Math.max(0, ...lines.flatMap(({ gradNormByLayer }) => gradNormByLayer!).filter(Number.isFinite));
  const square = norms.reduce((sum, norm) => sum + norm * norm, 0);
  const first = norms.indexOf(largest);
  return (
    <section className="layerNorms" aria-labelledby={title}>
      <h3 id={title}>Gradient norm by layer</h3>
      <p className="fieldNote">Of update {line.update} the largest part, {formatNumber(largest)}, is in {layerName(first, norms.length).toLowerCase()}: {formatShare((largest * largest) / square)} of the squared norm. At the right, every update so far, up to {formatNumber(most)}.</p>
      <table className="numbers" style={{ '--bar': barColor(palette, 'magnitude', 1) } as CSSProperties}>
        <thead><tr><th scope="col">Part</th><th scope="col">Norm</th><th scope="col">Share</th><th scope="col">Over the run</th></tr></thead>
        <tbody>
          {norms.map((norm, layer) => (
            <tr key={layer}>
              <th scope="row">{layerName(layer, norms.length)}</th>
              <td className="normCell"><span className="normTrack"><span className="normBar" style={{ width: `${(100 * norm) / largest}%` }} /></span><span className="normNumber">{formatNumber(norm)}</span></td>
              <td>{formatShare((norm * norm) / square)}</td>
              <td><History lines={lines} layer={layer} shown={line.update} most={most} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function History({ lines, layer, shown, most }: { readonly lines: readonly UpdateLine[]; readonly layer: number; readonly shown: number; readonly most: number }) {
  const points = lines.map(({ update, gradNormByLayer }) => ({ update, value: gradNormByLayer?.[layer] ?? Number.NaN }));
  const { path, at } = sparkline(points, shown, most, WIDTH, HEIGHT);
  const values = points.map(({ value }) => value).filter(Number.isFinite);
  return (
    <svg className="history" width={WIDTH} height={HEIGHT} role="img" aria-label={`from ${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))} over ${values.length} updates`}>
      <path className="historyLine" d={path} />
      {at === undefined ? null : <circle className="selectedDot" cx={at.x} cy={at.y} r={2.5} />}
    </svg>
  );
}

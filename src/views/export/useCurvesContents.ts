// What the menu of the curves gives away: every number of every update, and the curves as a drawing.

import { hasReference } from '../../state/configurationStore';
import { linesOf, shownRun } from '../../state/runStore';
import { curvePoints } from '../../viz/curveLayout';
import { drawCurves } from '../../viz/figures/curvesFigure';
import type { PanelContents } from '../app/PanelMenu';
import { usePalette, useRun } from '../app/SessionContext';
import { advancedSeries, mainSeries, moreSeries, valuesOf } from '../curves/series';

export function useCurvesContents(): PanelContents {
  const run = useRun(shownRun);
  const palette = usePalette();
  const lines = run === null ? [] : linesOf(run);
  const about = 'How the run goes, update by update: faint is what was measured, bold its moving average. Accuracy is sampled on held-out problems; marks say where something calls for a look.';
  if (run === null || lines.length === 0) return { about };
  const main = mainSeries({ hasReference: hasReference(run.header.configuration) });
  const series = [...main, ...moreSeries(lines), ...advancedSeries(lines)];
  const values = series.map((one) => valuesOf(one, lines, run.updates));
  const numbers = lines.map(({ update }) => update);
  return {
    about,
    table: () => ({
      caption: `${lines.length} updates of ${run.names.methodTitle} on ${run.names.taskTitle}`,
      columns: ['update', ...series.map(({ title }) => title), 'seconds'],
      rows: lines.map((line, i) => [line.update, ...values.map((one) => one[i] ?? Number.NaN), Object.values(line.seconds).reduce((sum, one) => sum + one, 0)]),
    }),
    figure: () => drawCurves(main.map(({ title, note, bounds, band }, i) => ({ title, note, bounds, points: curvePoints(numbers, values[i]!), band: band === undefined ? [] : run.updates.map(band) })), numbers.at(-1)!, palette, `${run.names.taskTitle} · ${run.names.methodTitle} · seed ${run.header.configuration.seed}`),
  };
}

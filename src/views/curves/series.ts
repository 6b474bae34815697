// What is drawn over the updates of a run. The first row is always there; the others open below it. The ids are those
// that findings name (src/viz/diagnosis.ts).

import type { UpdateLine, UpdateRecord } from '../../lab/record';
import type { BandPoint } from '../../viz/curveLayout';
import { gradientCurve, layerName } from '../../viz/diagnosis';
import { rewardBand } from '../../viz/rewardBand';

export interface Series {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** values that the vertical axis always shows */
  readonly bounds: readonly number[];
  read(line: UpdateLine): number | null;
  /** what is drawn behind the curve, where the update's record is kept */
  band?(update: UpdateRecord): BandPoint;
}

export const MAIN_SERIES: readonly Series[] = [
  { id: 'reward', title: 'Reward', note: 'mean; band: worst to best problem', bounds: [0, 1], read: (line) => line.reward, band: rewardBand },
  { id: 'accuracy', title: 'Accuracy', note: 'held-out problems', bounds: [0, 1], read: (line) => line.accuracy },
  { id: 'entropy', title: 'Entropy', note: 'nats a token', bounds: [0], read: (line) => line.entropy },
  { id: 'kl', title: 'KL', note: 'to the old or reference policy', bounds: [0], read: (line) => line.kl },
];

const NO_SIGNAL: Series = { id: 'noSignal', title: 'No signal', note: 'share of groups without credit', bounds: [0, 1], read: (line) => line.noSignalShare };
const EXPLAINED: Series = { id: 'explainedVariance', title: 'Explained variance', note: 'of the value targets', bounds: [0], read: (line) => line.explainedVariance };
const SAMPLER_GAP: Series = { id: 'samplerGap', title: 'Sampler gap', note: 'largest, in log-probability', bounds: [0], read: (line) => line.samplerGap };

/** Those of the second kind that this run has numbers for. Gradient norms share one scale, so that layers can be compared. */
export function moreSeries(lines: readonly UpdateLine[]): readonly Series[] {
  const norms = lines.flatMap(({ gradNormByLayer }) => (gradNormByLayer === null ? [] : [gradNormByLayer]));
  const largest = Math.max(0, ...norms.flat().filter(Number.isFinite));
  const layers = norms[0]?.length ?? 0;
  return [
    NO_SIGNAL,
    ...(lines.some(({ explainedVariance }) => explainedVariance !== null) ? [EXPLAINED] : []),
    SAMPLER_GAP,
    ...Array.from({ length: layers }, (_, layer): Series => ({
      id: gradientCurve(layer), title: layerName(layer, layers), note: 'gradient norm', bounds: [0, largest], read: (line) => line.gradNormByLayer?.[layer] ?? null,
    })),
  ];
}

// What is drawn over the updates of a run. The first row is always there; the others open below it, those about how the update was made
// last. The ids are those that findings name (src/viz/diagnosis.ts).

import type { UpdateLine, UpdateRecord } from '../../lab/record';
import type { BandPoint } from '../../viz/curveLayout';
import { gradientCurve, layerName, type RunFacts } from '../../viz/diagnosis';
import { rewardBand } from '../../viz/rewardBand';

export interface Series {
  readonly id: string;
  readonly title: string;
  /** short enough to stand beside title and number, four curves in a row */
  readonly note: string;
  /** one sentence: what it is */
  readonly about: string;
  /** values that the vertical axis always shows */
  readonly bounds: readonly number[];
  /** `record`: of the same update, where it is kept */
  read(line: UpdateLine, record: UpdateRecord | undefined): number | null;
  /** what is drawn behind the curve, where the update's record is kept */
  band?(update: UpdateRecord): BandPoint;
}

/** Of every line; the record of its update is there where it is kept. */
export function valuesOf({ read }: Series, lines: readonly UpdateLine[], records: readonly UpdateRecord[]): readonly (number | null)[] {
  const kept = new Map(records.map((record) => [record.line.update, record]));
  return lines.map((line) => read(line, kept.get(line.update)));
}

export function mainSeries({ hasReference }: RunFacts): readonly Series[] {
  return [
    { id: 'reward', title: 'Reward', note: 'mean; band: worst to best', about: 'Mean reward of the update’s answers; the band goes from the problem with the worst mean to the one with the best.', bounds: [0, 1], read: (line) => line.reward, band: rewardBand },
    { id: 'accuracy', title: 'Accuracy', note: 'held-out problems', about: 'Share of right answers to problems that are never trained on.', bounds: [0, 1], read: (line) => line.accuracy },
    { id: 'entropy', title: 'Entropy', note: 'nats a token', about: 'How undecided the policy is about the next token, on average.', bounds: [0], read: (line) => line.entropy },
    hasReference
      ? { id: 'kl', title: 'KL', note: 'from the run’s first policy', about: 'How far the policy is from the one that the run began with, in nats a token.', bounds: [0], read: (line) => line.kl }
      : { id: 'kl', title: 'KL', note: 'from the policy that sampled', about: 'How far the policy moved from the one that wrote the answers, within the update, in nats a token.', bounds: [0], read: (line) => line.kl },
  ];
}

const NO_SIGNAL: Series = { id: 'noSignal', title: 'No signal', note: 'share of groups without credit', about: 'Share of the problems whose answers all get no credit, so that nothing is learned from them.', bounds: [0, 1], read: (line) => line.noSignalShare };
const EXPLAINED: Series = { id: 'explainedVariance', title: 'Explained variance', note: 'of the value targets', about: 'How much of its targets’ variance the value model explains: 1 is all, 0 is what a constant reaches.', bounds: [0], read: (line) => line.explainedVariance };
const SAMPLER_GAP: Series = { id: 'samplerGap', title: 'Sampler gap', note: 'largest, in log-probability', about: 'How far sampling and training disagree about a token’s log-probability, at most.', bounds: [0], read: (line) => line.samplerGap };

const LOSS: Series = { id: 'loss', title: 'Loss', note: 'of the policy', about: 'What the update makes smaller: the policy’s loss with its KL and entropy terms.', bounds: [0], read: (_, record) => record?.gradient.loss ?? null };
const VALUE_LOSS: Series = { id: 'valueLoss', title: 'Value error', note: 'loss of the value model', about: 'Half the squared distance from the value model’s values to what it was to learn, on average.', bounds: [0], read: (_, record) => record?.valueModel?.loss ?? null };
const CLIPPED: Series = { id: 'clipShare', title: 'Clipped', note: 'share of the tokens', about: 'Share of the tokens whose ratio was clipped, so that they give no gradient.', bounds: [0, 1], read: (line) => line.clipShare };
const GRADIENT: Series = { id: 'gradNorm', title: 'Gradient', note: 'norm of the whole', about: 'Norm of the whole gradient, before it is clipped to its largest norm.', bounds: [0], read: (line) => line.gradNorm };

/** Those of the second kind that this run has numbers for. */
export function moreSeries(lines: readonly UpdateLine[]): readonly Series[] {
  return [NO_SIGNAL, ...(hasValues(lines) ? [EXPLAINED] : []), SAMPLER_GAP];
}

/** How the update was made. Norms of layers share one scale, so that layers can be compared. */
export function advancedSeries(lines: readonly UpdateLine[]): readonly Series[] {
  const norms = lines.flatMap(({ gradNormByLayer }) => (gradNormByLayer === null ? [] : [gradNormByLayer]));
  const largest = Math.max(0, ...norms.flat().filter(Number.isFinite));
  const layers = norms[0]?.length ?? 0;
  return [
    LOSS,
    ...(hasValues(lines) ? [VALUE_LOSS] : []),
    CLIPPED,
    GRADIENT,
    ...Array.from({ length: layers }, (_, layer): Series => ({
      id: gradientCurve(layer), title: layerName(layer, layers), note: 'gradient norm', about: 'Norm of the gradient of this part of the model; all parts have one scale.', bounds: [0, largest], read: (line) => line.gradNormByLayer?.[layer] ?? null,
    })),
  ];
}

const hasValues = (lines: readonly UpdateLine[]): boolean => lines.some(({ explainedVariance }) => explainedVariance !== null);

// What the lines of a run show that a person should know: each sign has a threshold, one sentence with the real numbers, and a curve
// to stand on. All thresholds are here, with their reasons. A sign that holds over several updates is one finding. It says what is
// to be seen, not why; what to do about it is left to the reader.

import type { UpdateLine } from '../lab/record';
import { formatNumber, formatShare, formatShort } from './format';

export type Sign = 'entropyCollapse' | 'klBlowUp' | 'noSignal' | 'samplerGap' | 'explainedVariance' | 'gradientSpike' | 'starvedLayer';

export interface Finding {
  readonly sign: Sign;
  readonly title: string;
  /** where it is to be seen; see views/curves/series.ts */
  readonly curve: string;
  /** the first update of it, where its mark stands */
  readonly update: number;
  /** the last update of it */
  readonly until: number;
  readonly sentence: string;
  /** of signs that a smaller learning rate may help: the last update before it that showed nothing of it, 0 where all did */
  readonly wellUntil?: number;
}

const THRESHOLDS = {
  /** Single updates are noisy; three are the shortest mean that one odd batch does not decide. */
  window: 3,
  /** A policy that learns well grows certain too: in recorded runs entropy falls to a quarter while reward passes 0.8. A tenth with more than a fifth wrong is certainty without being right. */
  entropyShareOfStart: 0.1,
  entropyRewardBelow: 0.8,
  /** Half of it: a fall is under way, and nothing is decided. */
  entropyWell: 0.5,
  /** Nats a token. Recorded runs stand at 0.03 after 20 updates; half a nat a token makes an answer of 24 tokens e^12 times as likely as under the start. */
  klToReference: 0.5,
  /** Nats a token from the policy that sampled, within one update: common implementations of PPO stop an update's epochs at 0.01 to 0.05. */
  klToOld: 0.05,
  /** Of the limit. */
  klWell: 0.5,
  /** With three of four groups silent an update learns from a quarter of what it paid for; over five updates it is no accident of the draw. */
  noSignalShare: 0.75,
  noSignalWindow: 5,
  /** Log-probability: the ratio of a policy that has not moved is then off by a hundredth, a twentieth of the usual clip range of 0.2. Rounding gives 1e-6 to 1e-4. */
  samplerGap: 0.01,
  /** 0 is what a constant reaches. Ten updates, because a value head that starts at zero needs some. */
  explainedVariance: 0,
  explainedVarianceWindow: 10,
  /** Times the median of the (at least five) updates before: batches of recorded runs differ by a factor of 3. */
  gradientTimesMedian: 10,
  gradientWindow: 10,
  gradientLeast: 5,
  /** Of the largest norm among the transformer's layers, which have equal shapes: a hundredth of the gradient is next to none of the learning under one clip scale. */
  starvedShare: 0.01,
  starvedWindow: 5,
  /** A sign that is back within so many updates was not gone. */
  pause: 5,
} as const;

export interface RunFacts {
  /** KL is measured to the frozen start of the run, else to the policy that sampled */
  readonly hasReference: boolean;
}

interface Seen { readonly curve: string; readonly sentence: string }
interface Rule {
  readonly sign: Sign;
  readonly title: string;
  /** what the latest lines show, the last of them being the one in question; `start`: the first lines of the run */
  see(lines: readonly UpdateLine[], facts: RunFacts, start: readonly UpdateLine[]): Seen | undefined;
  /** of signs that a smaller learning rate may help: whether a line shows nothing of it yet */
  isWell?(line: UpdateLine, facts: RunFacts, start: readonly UpdateLine[]): boolean;
}

const T = THRESHOLDS;

const RULES: readonly Rule[] = [
  {
    sign: 'entropyCollapse', title: 'Entropy collapse',
    see(lines, _facts, first) {
      if (lines.length < 2 * T.window) return undefined;
      const start = meanOf(first, 'entropy');
      const now = meanOf(lines.slice(-T.window), 'entropy');
      const reward = meanOf(lines.slice(-T.window), 'reward');
      if (!(start > 0 && now < T.entropyShareOfStart * start && reward < T.entropyRewardBelow)) return undefined;
      return { curve: 'entropy', sentence: `Entropy fell from ${formatNumber(start)} to ${formatNumber(now)} nats a token while ${formatShare(1 - reward)} of the answers are wrong: the policy is certain without being right and hardly tries anything else.` };
    },
    isWell: ({ entropy }, _facts, first) => entropy >= T.entropyWell * meanOf(first, 'entropy'),
  },
  {
    sign: 'klBlowUp', title: 'KL blow-up',
    see(lines, { hasReference }) {
      const kl = meanOf(lines.slice(-T.window), 'kl');
      const limit = klLimit(hasReference);
      if (lines.length < T.window || !(kl > limit)) return undefined;
      return { curve: 'kl', sentence: `KL reached ${formatNumber(kl)} nats a token (mean of ${T.window} updates; the mark is set at ${limit}): the policy has moved far from ${hasReference ? 'where the run started' : 'the one that wrote the answers it learns from'}.` };
    },
    isWell: ({ kl }, { hasReference }) => kl <= T.klWell * klLimit(hasReference),
  },
  {
    sign: 'noSignal', title: 'Groups without signal',
    see(lines) {
      const last = lines.slice(-T.noSignalWindow);
      const share = meanOf(last, 'noSignalShare');
      if (lines.length < T.noSignalWindow || !(share >= T.noSignalShare)) return undefined;
      const reward = meanOf(last, 'reward');
      return { curve: 'noSignal', sentence: `${formatShare(share)} of the groups gave nobody any credit over ${T.noSignalWindow} updates; mean reward was ${formatNumber(reward)}, so most of them were ${reward >= 0.5 ? 'right' : 'wrong'} throughout and taught nothing.` };
    },
  },
  {
    sign: 'samplerGap', title: 'Sampler gap',
    see(lines) {
      const { samplerGap } = lines.at(-1)!;
      if (!(samplerGap > T.samplerGap)) return undefined;
      return { curve: 'samplerGap', sentence: `Sampler and training disagree by up to ${formatNumber(samplerGap)} in a token’s log-probability (the mark is set at ${T.samplerGap}): ratios are wrong before the policy has moved.` };
    },
  },
  {
    sign: 'explainedVariance', title: 'Value model explains nothing',
    see(lines) {
      const values = lines.slice(-T.explainedVarianceWindow).flatMap(({ explainedVariance }) => explainedVariance ?? []);
      const mean = average(values);
      if (values.length < T.explainedVarianceWindow || !(mean <= T.explainedVariance)) return undefined;
      return { curve: 'explainedVariance', sentence: `Explained variance was ${formatNumber(mean)} on average over ${T.explainedVarianceWindow} updates: the values foresee no more than one constant would.` };
    },
  },
  {
    sign: 'gradientSpike', title: 'Gradient spike',
    see(lines) {
      const norms = lines.at(-1)!.gradNormByLayer;
      const before = lines.slice(-1 - T.gradientWindow, -1).flatMap((line) => (line.gradNormByLayer === null ? [] : [line.gradNormByLayer]));
      if (norms === null || before.length < T.gradientLeast) return undefined;
      const usual = norms.map((_, layer) => median(before.map((one) => one[layer] ?? Number.NaN)));
      const times = norms.map((norm, layer) => (usual[layer]! > 0 ? norm / usual[layer]! : 0));
      const layer = times.indexOf(Math.max(...times));
      if (!(times[layer]! > T.gradientTimesMedian)) return undefined;
      return { curve: gradientCurve(layer), sentence: `The gradient of ${layerName(layer, norms.length).toLowerCase()} has norm ${formatNumber(norms[layer]!)}, ${formatShort(Math.round(times[layer]!))} times the median ${formatNumber(usual[layer]!)} of the ${before.length} updates before.` };
    },
    isWell: () => true,
  },
  {
    sign: 'starvedLayer', title: 'Starved layer',
    see(lines) {
      const last = lines.slice(-T.starvedWindow).flatMap((line) => (line.gradNormByLayer === null ? [] : [line.gradNormByLayer.slice(1, -1)]));
      if (last.length < T.starvedWindow || last[0]!.length < 2) return undefined;
      const means = last[0]!.map((_, layer) => average(last.map((one) => one[layer] ?? Number.NaN)));
      const [least, most] = [Math.min(...means), Math.max(...means)];
      if (!(least < T.starvedShare * most)) return undefined;
      const [poor, rich] = [1 + means.indexOf(least), 1 + means.indexOf(most)];
      return { curve: gradientCurve(poor), sentence: `Layer ${poor} gets a gradient of norm ${formatNumber(least)} where layer ${rich} gets ${formatNumber(most)} (means of ${T.starvedWindow} updates): it hardly learns.` };
    },
  },
];

/** As many lines as any rule looks back. */
const MEMORY = Math.max(2 * T.window, T.noSignalWindow, T.explainedVarianceWindow, T.gradientWindow + 1, T.starvedWindow);

/** In the order of updates. */
export function diagnose(lines: readonly UpdateLine[], facts: RunFacts): readonly Finding[] {
  return RULES.flatMap((rule) => findingsOf(rule, lines, facts)).toSorted((a, b) => a.update - b.update);
}

/** Where a run that went wrong was still well: before all signs that hold at its end, or, where none does, at its end. */
export function wellUntil(findings: readonly Finding[], lastUpdate: number): number {
  return Math.min(lastUpdate, ...findings.filter(({ until }) => until === lastUpdate).flatMap((finding) => finding.wellUntil ?? []));
}

const klLimit = (hasReference: boolean): number => (hasReference ? T.klToReference : T.klToOld);

function findingsOf({ sign, title, see, isWell }: Rule, lines: readonly UpdateLine[], facts: RunFacts): Finding[] {
  const findings: Finding[] = [];
  lines.forEach(({ update }, i) => {
    const seen = see(lines.slice(Math.max(0, i + 1 - MEMORY), i + 1), facts, lines.slice(0, T.window));
    if (seen === undefined) return;
    const before = findings.at(-1);
    if (before !== undefined && update - before.until <= T.pause) findings[findings.length - 1] = { ...before, until: update };
    else findings.push({ sign, title, ...seen, update, until: update, ...(isWell !== undefined && { wellUntil: lines.slice(0, i).findLast((line) => isWell(line, facts, lines.slice(0, T.window)))?.update ?? 0 }) });
  });
  return findings;
}

/** `layer`: index into gradNormByLayer. */
export const gradientCurve = (layer: number): string => `gradient:${layer}`;

/** Of an entry of gradNormByLayer: embedding first, then the layers counted from 1, then what follows them. */
export function layerName(index: number, count: number): string {
  if (index === 0) return 'Embedding';
  return index === count - 1 ? 'Final norm and head' : `Layer ${index}`;
}

function meanOf(lines: readonly UpdateLine[], field: 'entropy' | 'kl' | 'reward' | 'noSignalShare'): number {
  return average(lines.map((line) => line[field]));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

// Recorded comparisons (public/runs/comparison.json): credit methods and the truth on one batch, as JSON text, format
// 'creditscope-comparison/1'. Arrays are packed as in run files. The truth's two halves are left out: only the table's
// first row was made of them.

import type { Comparison, ComparedMethod, RefusedMethod } from '../lab/fidelity/compare';
import type { FidelityMeasure, FidelityRow, FidelityTable } from '../lab/fidelity/fidelity';
import type { Interval } from '../lab/fidelity/bootstrap';
import type { RunNames } from '../lab/record';
import type { SignalCost } from '../lab/signals/provider';
import type { Truth } from '../lab/truth/truth';
import { count, list, oneOf, optional, orNull, record, roundedNumber, text, type Codec } from './codec';
import { FormatError } from './formatError';
import { decimalFloats } from './packedNumbers';
import { parsePacked } from './parsePacked';
import { namesCodec } from './runFileHeader';
import { checkAnswers, checkCredit, expectLength } from './runFileChecks';
import { creditCodec, critiqueCodec, sampleCodec, scoreCodec } from './runFileUpdate';

export const COMPARISON_FORMAT = 'creditscope-comparison/1';

export interface RecordedComparison {
  readonly format: typeof COMPARISON_FORMAT;
  /** what made it */
  readonly command: string;
  /** where */
  readonly adapter: string;
  /** updates that the policy had behind it */
  readonly update: number;
  readonly names: RunNames;
  readonly comparison: Comparison;
}

const VALUE_DECIMALS = 4;
const values: Codec<Float64Array> = {
  write: (numbers) => decimalFloats(VALUE_DECIMALS).write(Float32Array.from(numbers)),
  read: (json, where) => Float64Array.from(decimalFloats(VALUE_DECIMALS).read(json, where)),
};

const truthCodec: Codec<Truth> = record<Omit<Truth, 'halves_NT'>>({
  kind: oneOf('enumeration', 'monte-carlo'),
  width: count,
  values_NT1: values,
  errors_NT1: values,
  advantages_NT: values,
  advantageErrors_NT: values,
  largestError: roundedNumber,
  cost: record<Truth['cost']>({ rollouts: count, sampledTokens: count, forwards: count, seconds: roundedNumber }),
});

const interval: Codec<Interval | null> = orNull(record<Interval>({ value: roundedNumber, low: roundedNumber, high: roundedNumber }));
const rowCodec: Codec<FidelityRow> = record<FidelityRow>({
  name: text,
  title: text,
  cost: record<SignalCost>({ forwards: count, rollouts: count, judgeCalls: count }),
  scores: record<Record<FidelityMeasure, Interval | null>>({ signAgreement: interval, spearman: interval, rmse: interval, leak: interval, breakerFound: interval, gradientCosine: interval }),
});
const tableCodec: Codec<FidelityTable> = record<FidelityTable>({
  rows: list(rowCodec),
  ceiling: rowCodec,
  floor: rowCodec,
  coverage: record<FidelityTable['coverage']>({ sign: roundedNumber, leak: roundedNumber, breaker: roundedNumber }),
  gradientAgreement: optional(roundedNumber),
});

const codec: Codec<RecordedComparison> = record<RecordedComparison>({
  format: oneOf(COMPARISON_FORMAT),
  command: text,
  adapter: text,
  update: count,
  names: namesCodec,
  comparison: record<Comparison>({
    sample: sampleCodec,
    score: scoreCodec,
    critique: critiqueCodec,
    methods: list(record<ComparedMethod>({ name: text, title: text, credit: creditCodec })),
    refused: list(record<RefusedMethod>({ name: text, title: text, reason: text })),
    truth: truthCodec,
    table: tableCodec,
    gradientAnswers: count,
  }),
});

export function writeComparison(recorded: RecordedComparison): string {
  return `${JSON.stringify(codec.write(recorded))}\n`;
}

/** Throws a FormatError that names the field and what is wrong with it. */
export function readComparison(json: string): RecordedComparison {
  const recorded = codec.read(parsePacked(json, 'comparison'), 'comparison');
  const { names, comparison: { sample, methods, truth, table } } = recorded;
  const { answers, width, problems_P } = sample;
  if (!names.paper.url.startsWith('https://')) throw new FormatError('comparison.names.paper.url', 'must begin with https://');
  const steps = checkAnswers(recorded.comparison, names.alphabet.length, 'comparison');
  const unanswered = problems_P.findIndex((_, problem) => !sample.problem_N.includes(problem));
  if (problems_P.length === 0 || unanswered >= 0) throw new FormatError('comparison.sample.problem_N', `has no answer to problem ${Math.max(0, unanswered)}`);
  methods.forEach(({ credit }, i) => checkCredit(credit, sample, steps, `comparison.methods[${i}].credit`));
  if (truth.width !== width) throw new FormatError('comparison.truth.width', `is ${truth.width}; the answers' is ${width}`);
  for (const name of ['values_NT1', 'errors_NT1'] as const) expectLength(truth[name], answers * (width + 1), `comparison.truth.${name}`);
  for (const name of ['advantages_NT', 'advantageErrors_NT'] as const) expectLength(truth[name], answers * width, `comparison.truth.${name}`);
  const [compared, scored] = [methods, table.rows].map((rows) => rows.map(({ name }) => name).sort().join(', '));
  if (methods.length === 0 || new Set(methods.map(({ name }) => name)).size !== methods.length || compared !== scored) {
    throw new FormatError('comparison.table.rows', `scores ${scored || 'nothing'}; the methods are ${compared || 'none'}`);
  }
  return recorded;
}

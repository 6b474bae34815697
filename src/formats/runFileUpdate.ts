// The fields of one update in a run file, phase by phase as in src/lab/record.ts.

import type { AfterRecord, BranchRecord, CreditRecord, CreditRow, CritiqueRecord, GradientRecord, JudgeRecord, SaidRecord, SampleRecord, ScoreRecord, TopTokens, UpdateLine, UpdateRecord, ValueRecord } from '../lab/record';
import { count, dictionary, flag, list, numberOrText, oneOf, optional, orNull, pair, record, roundedNumber, text, type Codec } from './codec';
import { editsCodec } from './runFileHeader';
import { bytes, decimalFloats, significantFloats, words } from './packedNumbers';

const logprobs = decimalFloats(4);
const creditValues = significantFloats(4);

/** `value`: how its numbers are kept. */
export const lineCodec = (value: Codec<number>): Codec<UpdateLine> => record<UpdateLine>({
  update: count,
  reward: value,
  accuracy: orNull(value),
  entropy: value,
  kl: value,
  clipShare: value,
  gradNorm: value,
  gradNormByLayer: orNull(list(value)),
  noSignalShare: value,
  samplerGap: value,
  explainedVariance: orNull(value),
  seconds: record<UpdateLine['seconds']>({
    sample: value, score: value, critique: value, credit: value,
    gradient: value, update: value, test: value,
  }),
});

export const sampleCodec: Codec<SampleRecord> = record<SampleRecord>({
  problems_P: list(record<SampleRecord['problems_P'][number]>({ prompt: text, answer: text })),
  answers: count,
  width: count,
  problem_N: words,
  tokens_NT: words,
  lengths_N: words,
  finished_N: bytes,
  samplerLogprobs_NT: logprobs,
  redrawn: optional(count),
  branches_NK: optional(list(list(record<BranchRecord>({ token: count, right: text, valueRight: roundedNumber, valueWrong: roundedNumber })))),
});

export const scoreCodec: Codec<ScoreRecord> = record<ScoreRecord>({
  outcome_N: creditValues,
  oldLogprobs_NT: logprobs,
  entropy_NT: decimalFloats(3),
  referenceLogprobs_NT: optional(logprobs),
  samplerGap: roundedNumber,
});

export const critiqueCodec: Codec<CritiqueRecord> = record<CritiqueRecord>({
  steps_NK: list(list(pair(count))),
  critiques_Nk: list(list(orNull(list(count)))),
  isCorrect_NK: list(list(flag)),
  isKnown_NK: optional(list(list(flag))),
  canReachAnswer_NK: list(list(flag)),
  judge: optional(record<JudgeRecord>({
    model: text,
    where: text,
    runsOn: optional(text),
    system: text,
    user: text,
    said_Nk: list(list(record<SaidRecord>({ text, verdict: oneOf('read', 'no-list', 'cut-off', 'failed', 'lost'), outOfRange: count }))),
  })),
});

export const creditCodec: Codec<CreditRecord> = record<CreditRecord>({
  method: text,
  rows: list(record<CreditRow>({
    id: text,
    label: text,
    shape: oneOf('token', 'step', 'answer', 'problem', 'scalar'),
    formula: text,
    inputs: dictionary(text),
    parameters: dictionary(numberOrText),
    values: creditValues,
  })),
  advantages_NT: creditValues,
  valueTargets: optional(text),
  rowMask: optional(text),
  clipRange: optional(text),
});

const gradient: Codec<GradientRecord> = record<GradientRecord>({
  loss: roundedNumber,
  policyLoss: roundedNumber,
  kl: roundedNumber,
  clipShare: roundedNumber,
  gradientNorm: roundedNumber,
  ratio_NT: decimalFloats(4),
  isClipped_NT: bytes,
  coefficient_NT: significantFloats(3),
  firstRatioError: roundedNumber,
});

const valueModel: Codec<ValueRecord> = record<ValueRecord>({ loss: roundedNumber, clipShare: roundedNumber, gradientNorm: roundedNumber, explainedVariance: orNull(roundedNumber) });

const storedTopTokens: Codec<TopTokens> = record<TopTokens>({ count, ids: words, probabilities: decimalFloats(3) });
/** Tokens below half a per mille are not worth their bytes: they become id 0 with probability 0. */
const topTokens: Codec<TopTokens> = {
  write: (top) => storedTopTokens.write({ ...top, ids: top.ids.map((id, i) => (top.probabilities[i]! < 5e-4 ? 0 : id)) }),
  read: storedTopTokens.read,
};

const after: Codec<AfterRecord> = record<AfterRecord>({ watchedAnswers: count, logprobs_WT: logprobs, topBefore: topTokens, topAfter: topTokens });

export const updateCodec: Codec<UpdateRecord> = record<UpdateRecord>({ line: lineCodec(roundedNumber), sample: sampleCodec, score: scoreCodec, critique: critiqueCodec, credit: creditCodec, gradient, valueModel: optional(valueModel), after: optional(after), edited: optional(editsCodec) });

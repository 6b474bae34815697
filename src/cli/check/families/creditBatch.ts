// A rollout batch of credit.json (e2e/fixtures/README.md) as the signals of credit programs. Everything is checked here:
// shapes, ranges, raggedness. A row whose mask is all 0 is a filtered one: empty and without steps.

import type { CreditShape } from '../../../credit/builder';
import { SIGNALS, type ValueSignal } from '../../../credit/signals';
import type { CreditSignals } from '../../../credit/writeSignals';
import { FormatError } from '../../../formats/formatError';
import type { Fields } from '../fields';
import { readNumber } from '../numberTensor';

export interface CreditBatch {
  readonly shape: CreditShape;
  readonly signals: CreditSignals;
  /** steps that count of each answer: 0 where the row is filtered */
  readonly stepCount_N: readonly number[];
}

/** field of the batch -> signal; its shape is the signal's */
const FIELDS: Readonly<Record<string, ValueSignal>> = {
  outcome: 'outcome', correct: 'correct', format_ok: 'formatOk', step_correct: 'stepCorrect', answer_match: 'answerMatch', logprobs: 'logprobs',
  old_logprobs: 'oldLogprobs', ref_logprobs: 'referenceLogprobs', uncond_logprobs: 'unconditionalLogprobs', entropy: 'entropy', logsumexp: 'logsumexp',
  mean_logit: 'meanLogit', token_logit: 'tokenLogit', values: 'values', value_high: 'valueHigh', value_low: 'valueLow', value_term: 'valueTerm', switch: 'opensSegment',
  prm_signed: 'prmSigned', prm_prob: 'prmProb', phi_logprobs: 'phiLogprobs', phi_ref_logprobs: 'phiReferenceLogprobs', qrm: 'qReward', plan_mask: 'planMask',
  waad: 'waad', fai: 'fai', rest_m: 'restSteps', rest_s: 'restReachable',
};
/** known to change nothing: sizes that the arrays say themselves, and what the format calls informative */
const INFORMATIVE = ['description', 'vocab_size', 'delimiter_id', 'last_step_finished', 'lengths'];

export function readCreditBatch(inputs: Fields): CreditBatch {
  const answers = inputs.whole('N', 1, 65536);
  const width = inputs.whole('T', 1, 65536);
  inputs.ignore(...INFORMATIVE);
  const list = (name: string, value: unknown, length?: number): readonly unknown[] => {
    if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
      throw new FormatError(`inputs.${name}`, `must be a list${length === undefined ? '' : ` of ${length}`}, is ${Array.isArray(value) ? `one of ${value.length}` : typeof value}`);
    }
    return value;
  };
  const rows = (name: string): readonly (readonly unknown[])[] => list(name, inputs.raw(name), answers).map((row, n) => list(`${name}[${n}]`, row));
  const float = (value: unknown, where: string): number => Math.fround(readNumber(value, `inputs.${where}`));
  const whole = (value: unknown, where: string): number => {
    if (!Number.isInteger(value)) throw new FormatError(`inputs.${where}`, `must be a whole number, is ${String(value)}`);
    return value as number;
  };

  const mask_NT = inputs.mask('mask', [answers, width]);
  const isFiltered = Array.from({ length: answers }, (_, n) => !mask_NT.subarray(n * width, (n + 1) * width).includes(1));
  const steps_NK = rows('steps').map((row, n) => row.map((span, k): [number, number] => {
    const [start, end] = list(`steps[${n}][${k}]`, span, 2);
    return [whole(start, `steps[${n}]`), whole(end, `steps[${n}]`)];
  }));
  const maximumSteps = Math.max(1, ...steps_NK.map((row) => row.length));
  const group = list('group', inputs.raw('group'), answers);
  const problems = [...new Set(group)];
  const perStep = (name: string): unknown[][] => rows(name).map((row, n) => [...list(`${name}[${n}]`, row, steps_NK[n]!.length)]);

  const values: { [K in ValueSignal]?: ArrayLike<number> | number[][] } = {};
  for (const [field, signal] of Object.entries(FIELDS)) {
    if (!inputs.has(field)) continue;
    const { shape } = SIGNALS[signal];
    if (shape === 'step') values[signal] = perStep(field).map((row) => row.map((one) => float(one, field)));
    else values[signal] = inputs.shaped(field, shape === 'answer' ? [answers] : [answers, width]).data;
  }
  if (inputs.has('mc_values')) {
    const estimates = perStep('mc_values');
    values.mcValues = estimates.map((row) => row.map((one) => (one === null ? 0 : float(one, 'mc_values'))));
    values.mcKnown = estimates.map((row) => row.map((one) => Number(one !== null)));
  }
  if (inputs.has('necessary_end')) {
    values.necessaryEnd = list('necessary_end', inputs.raw('necessary_end'), answers).map((one) => (one === null ? width : whole(one, 'necessary_end')));
  }

  const checks_NKC = inputs.has('checks')
    ? perStep('checks').map((row) => row.map((checks) => list('checks', checks).map((one) => float(one, 'checks')))) : undefined;
  const answerLogprobs_NKL = inputs.has('answer_logprobs')
    ? rows('answer_logprobs').map((row, n) => list(`answer_logprobs[${n}]`, row, steps_NK[n]!.length + 1).map((entry) => list('answer_logprobs', entry).map((one) => float(one, 'answer_logprobs'))))
    : undefined;
  const critiques_Nk = inputs.has('critiques')
    ? rows('critiques').map((row) => row.map((flags) => (flags === null ? null : list('critiques', flags).map((one) => whole(one, 'critiques'))))) : undefined;
  const states_NK = inputs.has('state_ids') ? perStep('state_ids').map((row) => row.map((one) => (typeof one === 'number' ? one : String(one)))) : undefined;
  const tokens_NT = inputs.has('token_ids') ? inputs.wholes(inputs.shaped('token_ids', [answers, width]), 'token_ids') : undefined;
  const longest = (lists: readonly (readonly (readonly unknown[])[])[] | undefined): number => Math.max(0, ...(lists ?? []).flatMap((row) => row.map((one) => one.length)));
  return {
    shape: {
      answers, width, problems: problems.length, maximumSteps, critiques: Math.max(0, ...(critiques_Nk ?? []).map((row) => row.length)),
      referenceTokens: longest(answerLogprobs_NKL), checks: longest(checks_NKC),
    },
    signals: {
      problem_N: group.map((one) => problems.indexOf(one)), mask_NT, steps_NK, values,
      ...(critiques_Nk !== undefined && { critiques_Nk }), ...(tokens_NT !== undefined && { tokens_NT }), ...(states_NK !== undefined && { states_NK }),
      ...(checks_NKC !== undefined && { checks_NKC }), ...(answerLogprobs_NKL !== undefined && { answerLogprobs_NKL }),
    },
    stepCount_N: steps_NK.map((row, n) => (isFiltered[n]! ? 0 : row.length)),
  };
}

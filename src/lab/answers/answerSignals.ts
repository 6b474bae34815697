// The signals that credit methods can have of answers made elsewhere: there is no policy to ask, no task to describe states, and of steps
// only what was found. A method that needs more is refused with a sentence.

import type { CreditMethod } from '../../credit/method';
import { describeSignal, type SignalName } from '../../credit/signals';
import type { CreditSignals } from '../../credit/writeSignals';
import { forEachToken } from '../rows';
import { creditNeeds } from '../signals';
import { passShares } from '../signals/stepJudgements';
import type { SignalValues } from '../signals/provider';
import type { AnswersBatch } from './answersBatch';

interface AnswerSignal {
  /** why these answers cannot have it, as the end of "…, but" */
  refusal?(batch: AnswersBatch): string | undefined;
  make(batch: AnswersBatch): SignalValues;
}

const withoutOutcome = ({ score }: AnswersBatch): string | undefined => {
  const missing = score.outcome_N.filter(Number.isNaN).length;
  return missing === 0 ? undefined : `${missing} of these ${score.outcome_N.length} answers have neither a reward nor a reference answer`;
};
const withoutCritiques = ({ critique, verdicts_NK }: AnswersBatch): string | undefined =>
  (critique.judge !== undefined || verdicts_NK.flat().some((one) => one !== 'unknown') ? undefined : 'no judge has read these answers, and no step has a label or a calculation that can be checked');
const withUnknownSteps = ({ verdicts_NK }: AnswersBatch): string | undefined => {
  const all = verdicts_NK.flat();
  const unknown = all.filter((one) => one === 'unknown').length;
  return unknown === 0 ? undefined : `${unknown} of these ${all.length} steps have no verdict: no label, and no calculation that can be checked`;
};

const PROBABILITY = { right: 1, wrong: 0, unknown: 0.5 } as const;
const probabilities = ({ verdicts_NK }: AnswersBatch): number[][] => verdicts_NK.map((row) => row.map((one) => PROBABILITY[one]));
/** A judge's, where there was one. */
const processModel = (batch: AnswersBatch): number[][] => (batch.critique.judge === undefined ? probabilities(batch) : passShares(batch.critique));

const SIGNALS_OF_ANSWERS: { readonly [K in SignalName]?: AnswerSignal } = {
  outcome: { refusal: withoutOutcome, make: ({ score }) => ({ values: { outcome: score.outcome_N } }) },
  // a reward may be graded, and says by itself that an answer is right only where it is above 0
  correct: { refusal: withoutOutcome, make: ({ score, verified_N }) => ({ values: { correct: score.outcome_N.map((reward, n) => Number(verified_N[n] ?? reward > 0)) } }) },
  formatOk: { make: ({ hasMarkedAnswer_N }) => ({ values: { formatOk: Float32Array.from(hasMarkedAnswer_N, Number) } }) },
  steps: { make: () => ({}) },
  tokens: { make: ({ sample }) => ({ tokens_NT: sample.tokens_NT }) },
  stepCorrect: { refusal: withUnknownSteps, make: (batch) => ({ values: { stepCorrect: probabilities(batch) } }) },
  critiques: { refusal: withoutCritiques, make: ({ critique }) => ({ critiques_Nk: critique.critiques_Nk }) },
  prmProb: { refusal: withoutCritiques, make: (batch) => ({ values: { prmProb: processModel(batch) } }) },
  prmSigned: { refusal: withoutCritiques, make: (batch) => ({ values: { prmSigned: processModel(batch).map((row) => row.map((p) => 2 * p - 1)) } }) },
};

/** Why a method cannot run on these answers; undefined where it can. */
export function unmetOnAnswers(method: CreditMethod, batch: AnswersBatch): string | undefined {
  for (const need of creditNeeds(method, {})) {
    const { label, meaning, madeBy } = describeSignal(need);
    const what = `Method ${method.name} needs the signal “${label}” (${meaning})`;
    const signal = SIGNALS_OF_ANSWERS[need];
    if (signal === undefined) return `${what}. It is made by ${madeBy}, and answers from a file come without.`;
    const refusal = signal.refusal?.(batch);
    if (refusal !== undefined) return `${what}, but ${refusal}.`;
  }
  return undefined;
}

/** Made of critiques; without a judge the verdicts stand in for them. */
const FROM_CRITIQUES: readonly SignalName[] = ['critiques', 'prmProb', 'prmSigned'];

/** Whether its credit is made of the verdicts on steps, so that scoring it against those says nothing new. */
export function readsVerdicts(method: CreditMethod, { critique }: AnswersBatch): boolean {
  return creditNeeds(method, {}).some((need) => need === 'stepCorrect' || (critique.judge === undefined && FROM_CRITIQUES.includes(need)));
}

export function answerSignals(batch: AnswersBatch, needs: readonly SignalName[]): CreditSignals {
  const { sample, critique } = batch;
  const mask_NT = new Uint8Array(sample.answers * sample.width);
  forEachToken(sample.lengths_N, sample.width, (i) => { mask_NT[i] = 1; });
  let signals: CreditSignals = { problem_N: sample.problem_N, mask_NT, steps_NK: critique.steps_NK };
  for (const need of needs) {
    const { values, ...others } = SIGNALS_OF_ANSWERS[need]!.make(batch);
    signals = { ...signals, ...others, values: { ...signals.values, ...values } };
  }
  return signals;
}

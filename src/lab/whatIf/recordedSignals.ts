// The signals of an update made again from its records alone: what verifier, judge and task say of them anew, so that changed
// verdicts tell; what once came from a model as the credit program's own lines recorded it.

import { describeSignal, SIGNALS, type SignalName, type ValueSignal } from '../../credit/signals';
import type { TracedCredit } from '../../credit/trace';
import type { CreditSignals } from '../../credit/writeSignals';
import type { CreditRecord } from '../record';
import { forEachToken } from '../rows';
import { answerMatch, callMatches, necessaryEnd } from '../signals/finalAnswers';
import { form, outcomes } from '../signals/outcomes';
import type { RecordedProvider, RecordedScene } from '../signals/provider';
import { reference, sampled } from '../signals/sampling';
import { checks, criticAsProcessModel, critiques, plans, reach, states, steps } from '../signals/stepJudgements';

const PROVIDERS: readonly RecordedProvider[] = [outcomes, form, steps, critiques, criticAsProcessModel, states, checks, reach, plans, answerMatch, callMatches, necessaryEnd, sampled, reference];

/** Throws an Error with a sentence where the records do not hold what the method asked for. */
export function recordedSignals(traced: TracedCredit, scene: RecordedScene, recorded: CreditRecord): CreditSignals {
  const { sample } = scene;
  const mask_NT = new Uint8Array(sample.answers * sample.width);
  forEachToken(sample.lengths_N, sample.width, (i) => { mask_NT[i] = 1; });
  let signals: CreditSignals = { problem_N: sample.problem_N, mask_NT };
  const fromModels: { [K in ValueSignal]?: ArrayLike<number> | readonly (readonly number[])[] } = {};
  const asked = new Set<RecordedProvider>([steps]);
  for (const need of traced.needs) {
    const provider = PROVIDERS.find(({ makes }) => makes.includes(need));
    if (provider !== undefined) asked.add(provider);
    else if (isValueSignal(need)) fromModels[need] = rowOfSignal(traced, need, scene, recorded);
    else throw notRecorded(traced, need);
  }
  for (const provider of asked) {
    const { cost: _, values, ...others } = provider.make(scene);
    signals = { ...signals, ...others, values: { ...signals.values, ...values } };
  }
  return { ...signals, values: { ...signals.values, ...fromModels } };
}

function rowOfSignal(traced: TracedCredit, need: ValueSignal, { critique }: RecordedScene, recorded: CreditRecord): ArrayLike<number> | readonly (readonly number[])[] {
  const id = traced.rows.find(({ buffer }) => buffer === traced.inputs[need])?.id;
  const row = recorded.rows.find((one) => one.id === id);
  if (row === undefined) throw notRecorded(traced, need);
  if (SIGNALS[need].shape !== 'step') return row.values;
  let next = 0;
  return critique.steps_NK.map((spans) => spans.map(() => row.values[next++]!));
}

const isValueSignal = (need: SignalName): need is ValueSignal => need in SIGNALS;

function notRecorded({ method }: TracedCredit, need: SignalName): Error {
  const { label, meaning, madeBy } = describeSignal(need);
  return new Error(
    `What if is not possible with method ${method}: it asked for “${label}” (${meaning}), made by ${madeBy}. The record of the update holds what came of that, not that itself, and the policy that was asked is no longer there. `
    + 'It works with methods whose credit follows from what a record holds, such as GRPO and CAPO: choose one in the setup and train an update. “Compare methods” shows this one beside them on the same answers.',
  );
}

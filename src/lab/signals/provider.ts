// Who makes the signals that credit methods ask for. A provider makes one kind of signal for one batch, on the device where it comes
// from the model; it is asked only when a chosen method needs it, and once, however many methods do.

import type { CreditShape } from '../../credit/builder';
import type { SignalName, ValueSignal } from '../../credit/signals';
import type { CreditSignals } from '../../credit/writeSignals';
import type { Task } from '../../tasks/task';
import type { RunConfiguration } from '../configuration';
import type { PolicyModel } from '../policyModel';
import type { CritiqueRecord, SampleRecord, ScoreRecord } from '../record';

/** What a run can do, known before any batch: decides which signals it can have. */
export interface Bench {
  readonly configuration: RunConfiguration;
  readonly task: Task;
  readonly hasValueModel: boolean;
}

/** One batch, as its records tell of it. */
export interface RecordedScene extends Bench {
  readonly sample: SampleRecord;
  readonly score: ScoreRecord;
  readonly critique: CritiqueRecord;
}

/** The same while the policy that wrote it is there, to find more out about it. */
export interface Scene extends RecordedScene {
  readonly update: number;
  readonly model: PolicyModel;
  readonly values_NT?: Float32Array;
  /** the policy as it is now, built to go on from any beginning of an answer; made when first asked for */
  continuer(): Promise<PolicyModel>;
}

/** Beyond the run's own sampling and its one scoring forward. */
export interface SignalCost {
  /** answers through one more forward */
  readonly forwards: number;
  /** answers, or ends of answers, sampled more */
  readonly rollouts: number;
  /** answers read by a judge */
  readonly judgeCalls: number;
}

export const NO_COST: SignalCost = { forwards: 0, rollouts: 0, judgeCalls: 0 };

export const addCosts = (a: SignalCost, b: SignalCost): SignalCost =>
  ({ forwards: a.forwards + b.forwards, rollouts: a.rollouts + b.rollouts, judgeCalls: a.judgeCalls + b.judgeCalls });

export interface SignalValues extends Partial<Omit<CreditSignals, 'problem_N' | 'mask_NT' | 'values'>> {
  readonly values?: { readonly [K in ValueSignal]?: ArrayLike<number> | readonly (readonly number[])[] };
}

export interface SignalProvider {
  readonly makes: readonly SignalName[];
  /** why this run cannot have them, as the end of "…, but", and what would help; undefined: it can */
  refusal?(bench: Bench): string | undefined;
  /** what its signals add to the shape that programs are traced for */
  shape?(bench: Bench): Partial<Pick<CreditShape, 'referenceTokens' | 'checks'>>;
  make(scene: Scene): Promise<SignalValues & { readonly cost?: SignalCost }> | (SignalValues & { readonly cost?: SignalCost });
}

/** One that needs the records only, so that its signals can be made again later, of other records too. */
export interface RecordedProvider extends SignalProvider {
  make(scene: RecordedScene): SignalValues & { readonly cost?: SignalCost };
}

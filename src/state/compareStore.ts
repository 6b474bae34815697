// The comparison of methods that is shown, one that is on its way, and the place in it: problem, answer, token, method.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RecordedComparison } from '../formats/comparisonFile';
import type { CompareStage, Comparison } from '../lab/fidelity/compare';
import type { RunNames } from '../lab/record';
import type { Scaling } from '../viz/creditScaling';

export interface ShownComparison {
  readonly comparison: Comparison;
  /** of the run whose policy answered */
  readonly names: RunNames;
  /** updates that the policy had behind it */
  readonly update: number;
}

export interface CompareState {
  /** compared here */
  readonly shown: ShownComparison | null;
  /** shown until then */
  readonly recorded: RecordedComparison | null;
  readonly recordedFailure: string | null;
  readonly progress: { readonly stage: CompareStage | 'starting'; readonly done: number; readonly total: number; readonly rollouts: number } | null;
  /** why the last one came to nothing */
  readonly message: string | null;
  /** null: the one with the best story */
  readonly problem: number | null;
  /** place in the problem's group; null: the first wrong one */
  readonly answer: number | null;
  /** null: the one with the lowest true credit */
  readonly token: number | null;
  /** the one whose difference is drawn; null: the best */
  readonly method: string | null;
  /** methods whose lines are drawn */
  readonly unfolded: readonly string[];
  readonly scaling: Scaling;
  /** full height of a bar, where it is to stay */
  readonly lockedLimit: number | null;
}

export type CompareStore = StoreApi<CompareState>;

/** Where a person looks first; also when another comparison comes. */
export const OPENING_PLACE = { problem: null, answer: null, token: null, method: null, unfolded: [], lockedLimit: null } as const satisfies Partial<CompareState>;

export function createCompareStore(): CompareStore {
  return createStore<CompareState>(() => ({
    shown: null, recorded: null, recordedFailure: null, progress: null, message: null,
    scaling: 'largest', ...OPENING_PLACE,
  }));
}

export function shownComparison({ shown, recorded }: CompareState): ShownComparison | null {
  return shown ?? recorded;
}

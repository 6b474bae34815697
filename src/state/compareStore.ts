// The comparison of methods that is shown, and one that is on its way.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CompareStage, Comparison } from '../lab/fidelity/compare';
import type { RunNames } from '../lab/record';

export interface ShownComparison {
  readonly comparison: Comparison;
  /** of the run whose policy answered */
  readonly names: RunNames;
  /** updates that the policy had behind it */
  readonly update: number;
}

export interface CompareState {
  readonly shown: ShownComparison | null;
  readonly progress: { readonly stage: CompareStage | 'starting'; readonly done: number; readonly total: number; readonly rollouts: number } | null;
  /** why the last one came to nothing */
  readonly message: string | null;
}

export type CompareStore = StoreApi<CompareState>;

export function createCompareStore(): CompareStore {
  return createStore<CompareState>(() => ({ shown: null, progress: null, message: null }));
}

// The comparison of methods that is shown, one that is on its way, the place in it (problem, answer, token, method), and what the form
// would compare.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RecordedComparison } from '../formats/comparisonFile';
import type { CompareStage, Comparison } from '../lab/fidelity/compare';
import type { FidelityMeasure } from '../lab/fidelity/fidelity';
import type { RunNames } from '../lab/record';
import type { TruthKind } from '../lab/truth/findTruth';
import type { Scaling } from '../viz/creditScaling';

/** Methods that the form compares at once, and problems or answers to each. */
export const FORM_METHODS = [2, 6] as const;
export const FORM_SIZE = [1, 64] as const;

/** Methods beside the run's own on the answers on screen. */
export const MOST_BESIDE = 5;

/** What a person wants compared, as it stands in the form. */
export interface CompareForm {
  /** null: those that it opens with */
  readonly methods: readonly string[] | null;
  /** as typed */
  readonly problems: string;
  /** to each problem, as typed */
  readonly answers: string;
  readonly truth: TruthKind;
  readonly hasGradient: boolean;
}

export const TRUTHS = ['auto', 'enumeration', 'monte-carlo'] as const satisfies readonly TruthKind[];

export const OPENING_FORM: CompareForm = { methods: null, problems: '8', answers: '8', truth: 'auto', hasGradient: false };

/** What a comparison that comes takes back to where a person looks first. */
export type ComparePlace = Pick<CompareState, keyof typeof OPENING_PLACE>;

/** A place that a link gave, until there is a comparison to find it in. */
export interface WantedPlace {
  readonly place: ComparePlace;
  /** undefined: in the recorded one; else in one that is compared here, as the link's was after that many updates */
  readonly made: number | undefined;
}

export interface ShownComparison {
  readonly comparison: Comparison;
  /** of the run whose policy answered */
  readonly names: RunNames;
  /** updates that the policy had behind it */
  readonly update: number;
}

/** A batch whose truth is known, or the answers that are on the stage. */
export type CompareSource = 'truth' | 'screen';

export interface CompareState {
  readonly source: CompareSource;
  /** methods beside the run's own on the answers on screen; null: those that it opens with */
  readonly beside: readonly string[] | null;
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
  /** what the table of fidelity is sorted by; null: its first measure */
  readonly sortedBy: FidelityMeasure | null;
  /** whose values stand in the tree; null: the truth */
  readonly treeMethod: string | null;
  readonly form: CompareForm;
  /** of a link; the address shows it and takes it from here (link/sessionLink.ts) */
  readonly wanted: WantedPlace | null;
}

export type CompareStore = StoreApi<CompareState>;

/** Where a person looks first; also when another comparison comes. */
export const OPENING_PLACE = { problem: null, answer: null, token: null, method: null, unfolded: [], lockedLimit: null, sortedBy: null, treeMethod: null } as const satisfies Partial<CompareState>;

export function createCompareStore(): CompareStore {
  return createStore<CompareState>(() => ({
    source: 'truth', beside: null, shown: null, recorded: null, recordedFailure: null, progress: null, message: null,
    scaling: 'largest', ...OPENING_PLACE, form: OPENING_FORM, wanted: null,
  }));
}

export function shownComparison({ shown, recorded }: CompareState): ShownComparison | null {
  return shown ?? recorded;
}

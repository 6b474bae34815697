// What the policy's worker and the critics' worker say to each other: critiques, and the value model, which lives there
// on a device of its own. Results join by (run, update, shard) and kind, never by arrival.

import type { Executor } from '../gpu/executor';
import type { CriticConfiguration, RunConfiguration } from '../lab/configuration';
import type { Critique, JudgeCase, JudgeProgress, JudgeQuestion, Named, NamedJudge } from '../lab/judging';
import type { ModelState } from '../lab/policyModel';
import type { CritiqueRecord, JudgeRecord, SampleRecord, ValueRecord } from '../lab/record';
import type { KernelChoice, ResumedValues } from '../lab/runState';
import type { OptionValues } from '../tasks/task';

/** A file of a model's folder that a person has opened; its bytes are read by the critics' worker alone. */
export interface ModelFile {
  /** within the folder, such as onnx/model.onnx */
  readonly path: string;
  readonly file: Blob;
}

/** What a result is joined by. A shard is a stretch of an update's answers; 0 where all of them go over at once. */
export interface Joint {
  readonly run: string;
  readonly update: number;
  readonly shard: number;
}

export type CriticRequest = Joint & (
  | {
    readonly kind: 'critique'; readonly task: string; readonly taskOptions: OptionValues;
    readonly critic: CriticConfiguration; readonly method: string; readonly methodParameters: OptionValues; readonly seed: number; readonly sample: SampleRecord;
    /** what a person has named; travels with each request and is kept by nobody here */
    readonly named: Named;
    /** of the model where that is a folder */
    readonly files?: readonly ModelFile[];
  }
  /** cases of no run: a language model reads each so many times; what it draws follows from the seed */
  | { readonly kind: 'judgeCases'; readonly judge: NamedJudge; readonly cases: readonly JudgeCase[]; readonly critiques: number; readonly seed: number; readonly files?: readonly ModelFile[] }
  /** breaks off the critiques under way, at once; not answered itself */
  | { readonly kind: 'cancelCritique' }
  /** opens the device and builds the value model of a run; its update is 0 */
  | { readonly kind: 'prepareValues'; readonly configuration: RunConfiguration; readonly executor: Executor['kind']; readonly resumed?: ResumedValues }
  | { readonly kind: 'scoreValues'; readonly sample: SampleRecord }
  | { readonly kind: 'learnValues'; readonly sample: SampleRecord; readonly values_NT: Float32Array; readonly targets_NT: Float32Array }
  | { readonly kind: 'readValues' }
  /** frees the value model and its device; not answered */
  | { readonly kind: 'dropValues' }
);

export type CriticAnswer =
  | { readonly kind: 'critique'; readonly record: CritiqueRecord }
  /** of each case; `judge`: who it was, and its words as far as a record keeps them */
  | { readonly kind: 'judgeCases'; readonly critiques_Nk: readonly (readonly Critique[])[]; readonly judge?: JudgeRecord }
  | { readonly kind: 'prepareValues'; readonly kernelChoice: KernelChoice }
  | { readonly kind: 'scoreValues'; readonly values_NT: Float32Array }
  | { readonly kind: 'learnValues'; readonly record: ValueRecord }
  | { readonly kind: 'readValues'; readonly state: ModelState };

export type CriticReply = Joint & (
  | CriticAnswer
  /** while a critique is under way; it is still to be answered */
  | { readonly kind: 'judging'; readonly progress: JudgeProgress }
  | {
    readonly kind: 'error'; readonly of: CriticAnswer['kind']; readonly message: string; readonly isLost?: true; readonly nonFinite?: { readonly tensor: string; readonly index: number };
    /** the judge stopped; asking again may help */
    readonly judgeStopped?: { readonly asks?: JudgeQuestion };
  }
);

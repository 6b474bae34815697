// What the policy's worker and the critics' worker say to each other: critiques, and the value model, which lives there
// on a device of its own. Results join by (run, update, kind), never by arrival.

import type { CriticConfiguration, RunConfiguration } from '../lab/configuration';
import type { CritiqueRecord, SampleRecord, ValueRecord } from '../lab/record';
import type { OptionValues } from '../tasks/task';

export type CriticRequest = { readonly run: string; readonly update: number } & (
  | {
    readonly kind: 'critique'; readonly task: string; readonly taskOptions: OptionValues;
    readonly critic: CriticConfiguration; readonly seed: number; readonly sample: SampleRecord;
  }
  /** opens the device and builds the value model of a run; its update is 0 */
  | { readonly kind: 'prepareValues'; readonly configuration: RunConfiguration }
  | { readonly kind: 'scoreValues'; readonly sample: SampleRecord }
  | { readonly kind: 'learnValues'; readonly sample: SampleRecord; readonly values_NT: Float32Array; readonly targets_NT: Float32Array }
  /** frees the value model and its device; not answered */
  | { readonly kind: 'dropValues' }
);

export type CriticAnswer =
  | { readonly kind: 'critique'; readonly record: CritiqueRecord }
  | { readonly kind: 'prepareValues' }
  | { readonly kind: 'scoreValues'; readonly values_NT: Float32Array }
  | { readonly kind: 'learnValues'; readonly record: ValueRecord };

export type CriticReply = { readonly run: string; readonly update: number } & (
  | CriticAnswer
  | { readonly kind: 'error'; readonly of: CriticAnswer['kind']; readonly message: string; readonly nonFinite?: { readonly tensor: string; readonly index: number } }
);

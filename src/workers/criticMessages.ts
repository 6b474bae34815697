// What the policy's worker and the critic's worker say to each other. Results join by (run, update), never by arrival.

import type { CriticConfiguration } from '../lab/configuration';
import type { CritiqueRecord, SampleRecord } from '../lab/record';
import type { OptionValues } from '../tasks/task';

export interface CritiqueRequest {
  readonly run: string;
  readonly update: number;
  readonly task: string;
  readonly taskOptions: OptionValues;
  readonly critic: CriticConfiguration;
  readonly seed: number;
  readonly sample: SampleRecord;
}

export type CritiqueReply = { readonly run: string; readonly update: number } & (
  | { readonly kind: 'critique'; readonly record: CritiqueRecord }
  | { readonly kind: 'error'; readonly message: string }
);

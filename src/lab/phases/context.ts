// What every phase of a run works with.

import type { CritiqueRecord, SampleRecord } from '../record';
import type { RunConfiguration } from '../configuration';
import type { PolicyModel } from '../policyModel';
import type { CreditAssigner } from './credit';
import type { Task } from '../../tasks/task';
import type { ValueCritic } from '../valueCritic';

/** Who judges steps; in the page another worker. Depends on (run, update) alone, never on when it is asked. */
export type Critic = (sample: SampleRecord, update: number) => Promise<CritiqueRecord>;

export interface RunContext {
  readonly configuration: RunConfiguration;
  readonly task: Task;
  readonly model: PolicyModel;
  readonly critic: Critic;
  readonly credit: CreditAssigner;
  /** where the credit method needs values; in the page another worker */
  readonly values?: ValueCritic;
  /** how many answers are looked at before and after the update; 0 = none */
  readonly watchedAnswers: number;
}

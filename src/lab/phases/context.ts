// What every phase of a run works with.

import type { Executor } from '../../gpu/executor';
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
  /** for a closer look between two updates; absent: methods cannot be compared on this run's policy */
  readonly workbench?: Workbench;
}

export interface Workbench {
  readonly executor: Executor;
  /** the policy as it is when asked, built to go on from any beginning of an answer */
  continuer(): Promise<PolicyModel>;
}

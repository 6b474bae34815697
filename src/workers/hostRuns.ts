// The runs that the policy worker's host deals with: one that begins, the live one, one to go on with.

import type { RunConfiguration } from '../lab/configuration';
import type { UpdateRecord } from '../lab/record';
import type { Run } from '../lab/run';
import type { RunState } from '../lab/runState';
import type { RewindPoints } from './rewindPoints';

export interface Begun {
  readonly id: string;
  readonly configuration: RunConfiguration;
  /** after the last committed update, in this worker's own memory: both models with their optimisers; absent before the first */
  readonly committed?: RunState;
}

export interface Live extends Begun {
  readonly run: Run;
  committed?: RunState;
  /** after the last update that the page hears of: while a committed one is being saved, the one before */
  told?: RunState;
}

export interface Opened {
  readonly state: RunState;
  readonly records: readonly UpdateRecord[];
  /** to be kept as a run of its own */
  readonly isNew?: boolean;
  /** the page has the records */
  readonly isShown?: boolean;
  /** from the next update on */
  readonly settings?: Readonly<Record<string, number>>;
  /** that it can go back to in its turn; absent: to where it goes on from */
  readonly points?: RewindPoints;
}

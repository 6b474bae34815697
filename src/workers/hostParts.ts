// What the policy worker's host is given: a device to compute on, a way to make a run ready, and whom to tell.

import type { NoDeviceReason } from '../gpu/device';
import type { Executor } from '../gpu/executor';
import type { RunConfiguration } from '../lab/configuration';
import type { Progress } from '../lab/prepareRun';
import type { Run } from '../lab/run';
import type { RunState } from '../lab/runState';
import type { NamedNow } from './criticClient';
import type { Catalogue, TrainingEvent } from './protocol';
import type { RunKeeper } from './runKeeper';

export interface Backend {
  readonly executor: Executor;
  /** why it is not WebGPU */
  readonly reason?: string;
  /** the same, for whoever knows what to do about it */
  readonly lack?: NoDeviceReason;
  /** resolves with a sentence when the device is gone */
  readonly lost?: Promise<string>;
}

export interface BackendWish {
  /** the kernels of a run that goes on */
  readonly storedChoice?: Readonly<Record<string, string>>;
  /** asks for the processor, and says why */
  readonly noGpuBecause?: string;
}

export interface HostParts {
  readonly catalogue: Catalogue;
  post(event: TrainingEvent, transfer: ArrayBuffer[]): void;
  openBackend(wish?: BackendWish): Promise<Backend>;
  prepare(run: string, configuration: RunConfiguration, executor: Executor, onProgress: Progress, resumed?: RunState): Promise<Run>;
  /** absent: runs are not kept */
  readonly keeper?: RunKeeper;
  /** what a person says of the language model that judges */
  nameJudge?(named: NamedNow): void;
  /** breaks off the critiques under way */
  cancelJudging?(): void;
  /** a run's memory is being freed: whatever else holds some for it may let go */
  dropped?(): void;
  close(): void;
  now(): number;
}

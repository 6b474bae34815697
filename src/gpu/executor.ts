// What runs plans. Two implementations: webgpuExecutor.ts and cpuExecutor.ts. An executor owns the memory behind
// plan buffers; it never knows what the buffers mean.

import type { BufferOrSlice, ElementArray, PlanBuffer } from './buffer';
import type { Plan, Variables } from './plan';
import type { TimedCall } from './timestamps';

export interface PlanRun {
  readonly plan: Plan;
  /** one walk over the calls each; once without variables when absent */
  readonly iterations?: readonly Variables[];
}

/** The kernel calls of a stretch of work. */
export interface CallTimes {
  readonly calls: readonly TimedCall[];
  /** calls that were made but not timed, because the device keeps only so many times */
  readonly missed: number;
}

export interface Executor {
  readonly kind: 'webgpu' | 'cpu';
  /** adapter or processor, for a person and for the run's first line */
  readonly description: string;
  /** how many threads of the processor it uses, itself among them; they change no bit */
  readonly threads?: number;
  /** kernel name -> variant name, for every kernel prepared so far that has more than one variant */
  readonly kernelChoice: Readonly<Record<string, string>>;
  /** largest single binding in bytes */
  readonly maxBindingBytes: number;
  /** Allocates what the plan names and compiles what it calls. Idempotent; must precede run, read and write. */
  prepare(plan: Plan, onProgress?: (done: number, total: number) => void): Promise<void>;
  /** Allocates buffers that no plan names yet. */
  allocate(...buffers: PlanBuffer[]): void;
  /** Runs all calls once per entry of iterations (default: once, no variables). Resolves when the work is done. */
  run(plan: Plan, iterations?: readonly Variables[]): Promise<void>;
  /** Writes `data` at the start of the target; shorter data leaves the rest. */
  write(target: BufferOrSlice, data: ElementArray): void;
  /** A copy of the target's contents, after all work submitted before. */
  read(target: BufferOrSlice): Promise<ElementArray>;
  /** Runs different plans in order, then copies the targets' contents: on WebGPU, unpaced, all in one submit and with one wait. */
  runAndRead(runs: readonly PlanRun[], targets: readonly BufferOrSlice[]): Promise<ElementArray[]>;
  /** Times every kernel call until stopTiming(): the same results, slower. False, and nothing is timed, where the device has no timestamps. */
  startTiming(): boolean;
  stopTiming(): Promise<CallTimes>;
  release(...buffers: PlanBuffer[]): void;
  memoryBytes(): number;
  destroy(): void;
}

export const readFloats = async (executor: Executor, target: BufferOrSlice): Promise<Float32Array<ArrayBuffer>> => floatsOf(await executor.read(target));

export function floatsOf(data: ElementArray | undefined): Float32Array<ArrayBuffer> {
  if (!(data instanceof Float32Array)) throw new TypeError('not an f32 buffer');
  return data;
}

export function wordsOf(data: ElementArray | undefined): Uint32Array<ArrayBuffer> {
  if (!(data instanceof Uint32Array)) throw new TypeError('not a u32 buffer');
  return data;
}

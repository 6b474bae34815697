// Which executor runs: WebGPU or the processor through wasm SIMD. For 'auto' a software adapter counts as no adapter,
// because wasm SIMD does the same work on the same cores several times faster.

import { CpuExecutor } from './cpuExecutor';
import { NoDeviceError, openDevice, type NoDeviceReason } from './device';
import type { Executor } from './executor';
import type { ThreadSupply } from './threadPool';
import { WebGpuExecutor } from './webgpuExecutor';

export const EXECUTOR_CHOICES = ['auto', 'webgpu', 'cpu'] as const;

/** What a person asked for. */
export interface ExecutorWish {
  readonly executor: (typeof EXECUTOR_CHOICES)[number];
  /** on the processor; as many as it has cores when absent */
  readonly threads?: number;
}

export interface Surroundings {
  gpu(): Promise<GPU | undefined>;
  readonly threads?: ThreadSupply;
  readonly paceMs?: number;
  /** the kernels of a run that goes on */
  readonly storedChoice?: Readonly<Record<string, string>>;
}

export interface ChosenExecutor {
  readonly executor: Executor;
  /** why it is not WebGPU, which was not ruled out */
  readonly reason?: string;
  /** the same, for whoever knows what to do about it */
  readonly lack?: NoDeviceReason;
  /** resolves with a sentence when the device is gone */
  readonly lost?: Promise<string>;
}

/** Throws NoDeviceError when WebGPU is asked for and missing. */
export async function chooseExecutor(wanted: ExecutorWish['executor'], { gpu, threads, paceMs, storedChoice }: Surroundings): Promise<ChosenExecutor> {
  const processor = (reason?: string, lack?: NoDeviceReason): ChosenExecutor => ({ executor: new CpuExecutor({ useSimd: true, threads }), reason, ...(lack !== undefined && { lack }) });
  if (wanted === 'cpu') return processor();
  try {
    const open = await openDevice(await gpu());
    if (wanted === 'webgpu' || !open.isFallback) {
      const executor = new WebGpuExecutor(open, { paceMs, storedChoice });
      return { executor, lost: executor.lost };
    }
    open.device.destroy();
    return processor(`The only WebGPU adapter is a software one (${open.description}); the processor itself is several times faster.`, 'software-adapter');
  } catch (error) {
    if (wanted === 'webgpu' || !(error instanceof NoDeviceError)) throw error;
    return processor(error.message, error.reason);
  }
}

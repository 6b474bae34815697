// WebGPU through Dawn, or the processor through wasm SIMD; says which. A software adapter counts as no adapter for
// 'auto', because wasm SIMD does the same work on the same cores several times faster.

import { choiceOf, type OptionSpecification, type ParsedArguments } from './arguments';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { NoDeviceError, openDevice } from '../gpu/device';
import type { Executor } from '../gpu/executor';
import { nodeGpu } from '../gpu/nodeWebgpu';
import { WebGpuExecutor } from '../gpu/webgpuExecutor';

export const EXECUTOR_CHOICES = ['auto', 'webgpu', 'cpu'] as const;
export type ExecutorChoice = (typeof EXECUTOR_CHOICES)[number];
export const EXECUTOR_OPTION: OptionSpecification = { value: EXECUTOR_CHOICES.join('|'), help: 'where it runs (auto: WebGPU where there is a hardware adapter)' };

export const executorChoice = (args: ParsedArguments, fallback: ExecutorChoice = 'auto'): ExecutorChoice => choiceOf(args, 'executor', EXECUTOR_CHOICES) ?? fallback;

/** Throws NoDeviceError when WebGPU is asked for and missing. `say` gets a sentence for a person; `storedChoice` is that of a run to go on with. */
export async function openExecutor(choice: ExecutorChoice, say: (sentence: string) => void, storedChoice?: Readonly<Record<string, string>>): Promise<Executor> {
  if (choice !== 'cpu') {
    try {
      const open = await openDevice(await nodeGpu());
      if (choice === 'webgpu' || !open.isFallback) {
        const executor = new WebGpuExecutor(open, { storedChoice });
        say(`Runs on WebGPU: ${executor.description}.`);
        return executor;
      }
      open.device.destroy();
      say(`The only WebGPU adapter is a software one (${open.description}); the processor itself is faster.`);
    } catch (error) {
      if (choice === 'webgpu' || !(error instanceof NoDeviceError)) throw error;
      say(`No WebGPU here (${error.message})`);
    }
  }
  const executor = new CpuExecutor({ useSimd: true });
  say(`Runs on the processor: ${executor.description}.`);
  return executor;
}

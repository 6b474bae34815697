// WebGPU through Dawn, or the processor through wasm SIMD and threads; says which.

import { availableParallelism } from 'node:os';
import { chooseExecutor, EXECUTOR_CHOICES, type ExecutorWish } from '../gpu/chooseExecutor';
import type { Executor } from '../gpu/executor';
import { nodeThreads } from '../gpu/nodeThreads';
import { nodeGpu } from '../gpu/nodeWebgpu';
import { MOST_THREADS } from '../gpu/threadPool';
import { choiceOf, wholeNumberOf, type OptionSpecification, type ParsedArguments } from './arguments';

export const EXECUTOR_OPTION: OptionSpecification = { value: EXECUTOR_CHOICES.join('|'), help: 'where it runs (auto: WebGPU where there is a hardware adapter)' };
export const THREADS_OPTION: OptionSpecification = { value: 'N', help: `on the processor (${availableParallelism()}, its cores); any number gives the same bits` };

export const threadsOf = (args: ParsedArguments): number => wholeNumberOf(args, 'threads', 1, MOST_THREADS) ?? Math.min(availableParallelism(), MOST_THREADS);

export function executorChoice(args: ParsedArguments, fallback: ExecutorWish['executor'] = 'auto'): ExecutorWish {
  return { executor: choiceOf(args, 'executor', EXECUTOR_CHOICES) ?? fallback, threads: threadsOf(args) };
}

/** Throws NoDeviceError when WebGPU is asked for and missing. `say` gets a sentence for a person; `storedChoice` is that of a run to go on with. */
export async function openExecutor({ executor: wanted, threads = 1 }: ExecutorWish, say: (sentence: string) => void, storedChoice?: Readonly<Record<string, string>>): Promise<Executor> {
  const { executor, reason } = await chooseExecutor(wanted, { gpu: nodeGpu, threads: await nodeThreads(threads), storedChoice });
  if (reason !== undefined) say(reason);
  say(executor.kind === 'webgpu' ? `Runs on WebGPU: ${executor.description}.` : `Runs on the processor: ${executor.description}, ${threads === 1 ? 'one thread' : `${threads} threads`}.`);
  return executor;
}

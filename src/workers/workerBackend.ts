// What both workers open: the GPU where there is one, else the processor, and the files of a policy.

import { browserThreads } from '../gpu/browserThreads';
import { chooseExecutor, type ExecutorWish, type Surroundings } from '../gpu/chooseExecutor';
import { NoDeviceError } from '../gpu/device';
import { MOST_THREADS } from '../gpu/threadPool';
import type { Backend, BackendWish } from './hostParts';

/** GPU work a submit: small enough that the page keeps its frames */
const PACE_MS = 30;
/** The built worker lies in assets/, beside models/; the development server serves public/ at its root. */
const MODELS = new URL(import.meta.env.DEV ? '/models/' : '../models/', location.href);

/** What the page's address asks for, as far as the browser can, unless the host wants the processor. */
export async function openBackend({ executor: wanted, threads = navigator.hardwareConcurrency }: ExecutorWish, { storedChoice, noGpuBecause }: BackendWish = {}): Promise<Backend> {
  const surroundings: Surroundings = {
    gpu: async () => navigator.gpu as GPU | undefined, threads: browserThreads(Math.min(threads, MOST_THREADS)), paceMs: PACE_MS, storedChoice,
  };
  if (noGpuBecause !== undefined) return { ...await chooseExecutor('cpu', surroundings), reason: noGpuBecause };
  try {
    const chosen = await chooseExecutor(wanted, surroundings);
    return wanted === 'cpu' ? { ...chosen, reason: "The page's address asks for the processor." } : chosen;
  } catch (error) {
    if (!(error instanceof NoDeviceError)) throw error;
    return { ...await chooseExecutor('cpu', surroundings), reason: error.message, lack: error.reason };
  }
}

export async function fetchPolicyFile(policy: string, name: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`${policy}/${name}`, MODELS));
  // a static server may answer a missing file with its page
  if (!response.ok || response.headers.get('content-type')?.startsWith('text/html') === true) throw new Error(`models/${policy}/${name} is not there (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

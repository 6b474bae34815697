// What both workers open: the GPU where there is one, else the processor, and the files of a policy.

import { CpuExecutor } from '../gpu/cpuExecutor';
import { NoDeviceError, openDevice } from '../gpu/device';
import { WebGpuExecutor } from '../gpu/webgpuExecutor';
import type { Backend, BackendWish } from './trainingHost';

/** GPU work a submit: small enough that the page keeps its frames */
const PACE_MS = 30;
/** The built worker lies in assets/, beside models/; the development server serves public/ at its root. */
const MODELS = new URL(import.meta.env.DEV ? '/models/' : '../models/', location.href);

export async function openBackend({ storedChoice, noGpuBecause }: BackendWish = {}): Promise<Backend> {
  if (noGpuBecause !== undefined) return { executor: new CpuExecutor({ useSimd: true }), reason: noGpuBecause };
  try {
    const executor = new WebGpuExecutor(await openDevice(navigator.gpu as GPU | undefined), { paceMs: PACE_MS, storedChoice });
    return { executor, lost: executor.lost };
  } catch (error) {
    if (!(error instanceof NoDeviceError)) throw error;
    return { executor: new CpuExecutor({ useSimd: true }), reason: error.message };
  }
}

export async function fetchPolicyFile(policy: string, name: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`${policy}/${name}`, MODELS));
  // a static server may answer a missing file with its page
  if (!response.ok || response.headers.get('content-type')?.startsWith('text/html') === true) throw new Error(`models/${policy}/${name} is not there (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

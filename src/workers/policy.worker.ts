// The policy's worker: samples and trains. Thin: opens the device, fetches the policy, and hands commands to the host.

import { CpuExecutor } from '../gpu/cpuExecutor';
import { NoDeviceError, openDevice } from '../gpu/device';
import { WebGpuExecutor } from '../gpu/webgpuExecutor';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { prepareRun, WATCHED_ANSWERS } from '../lab/prepareRun';
import { catalogue } from './catalogue';
import { CriticClient } from './criticClient';
import type { Command } from './protocol';
import { TrainingHost, type Backend } from './trainingHost';

/** GPU work a submit: small enough that the page keeps its frames */
const PACE_MS = 30;
/** The built worker lies in assets/, beside models/; the development server serves public/ at its root. */
const MODELS = new URL(import.meta.env.DEV ? '/models/' : '../models/', location.href);

const critics = new CriticClient(new Worker(new URL('./critic.worker.ts', import.meta.url), { type: 'module' }));

const host = new TrainingHost({
  catalogue: catalogue(),
  post: (event, transfer) => postMessage(event, { transfer }),
  openBackend,
  prepare: (run, configuration, executor, onProgress) => prepareRun({
    configuration, executor, makePolicy: makeEnginePolicy, files: (name) => fetchFile(configuration.policy, name),
    critic: critics.criticOf(run, configuration), watchedAnswers: WATCHED_ANSWERS, clock: () => performance.now() / 1000, onProgress,
  }),
  close: () => close(),
  now: () => performance.now(),
});
addEventListener('message', ({ data }: MessageEvent<Command>) => host.receive(data));

async function openBackend(): Promise<Backend> {
  try {
    const executor = new WebGpuExecutor(await openDevice(navigator.gpu as GPU | undefined), { paceMs: PACE_MS });
    return { executor, lost: executor.lost };
  } catch (error) {
    if (!(error instanceof NoDeviceError)) throw error;
    return { executor: new CpuExecutor({ useSimd: true }), reason: error.message };
  }
}

async function fetchFile(policy: string, name: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`${policy}/${name}`, MODELS));
  // a static server may answer a missing file with its page
  if (!response.ok || response.headers.get('content-type')?.startsWith('text/html') === true) throw new Error(`models/${policy}/${name} is not there (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

// The critics' worker: judges the steps of sampled answers, and trains the value model on a device of its own. Thin: a
// request to the host, its reply back.

import { splitKernelChoice } from '../lab/runState';
import { engineValueCritic } from '../lab/valueCritic';
import { CriticHost } from './criticHost';
import type { CriticRequest } from './criticMessages';
import { holdLifeline } from './lifeline';
import { transferables } from './transferables';
import { fetchPolicyFile, openBackend } from './workerBackend';

const host = new CriticHost(async ({ configuration, executor: kind, resumed }) => {
  const { executor } = await openBackend({ storedChoice: resumed && splitKernelChoice(resumed.kernelChoice).values, ...(kind === 'cpu' && { noGpuBecause: 'The policy runs on the processor too.' }) });
  try {
    return { critic: await engineValueCritic(executor, configuration, (name) => fetchPolicyFile(configuration.policy, name), resumed), close: () => executor.destroy() };
  } catch (error) {
    executor.destroy();
    throw error;
  }
});

addEventListener('message', async ({ data }: MessageEvent<CriticRequest>) => {
  const reply = await host.receive(data);
  if (reply !== undefined) postMessage(reply, { transfer: [...transferables(reply)] });
});

holdLifeline(navigator.locks, (alive) => postMessage(alive));

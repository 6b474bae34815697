// The critics' worker: judges the steps of sampled answers, and trains the value model on a device of its own. Thin: a
// request to the host, its reply back.

import { engineValueCritic } from '../lab/valueCritic';
import { CriticHost } from './criticHost';
import type { CriticRequest } from './criticMessages';
import { transferables } from './transferables';
import { fetchPolicyFile, openBackend } from './workerBackend';

const host = new CriticHost(async (configuration, resumed) => {
  const { executor } = await openBackend();
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

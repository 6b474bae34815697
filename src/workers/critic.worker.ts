// The critics' worker: judges the steps of sampled answers, by a language model too, and trains the value model on a device of
// its own. Thin: a request to the host, its reply back.

import type { ExecutorWish } from '../gpu/chooseExecutor';
import { splitKernelChoice } from '../lab/runState';
import { engineValueCritic } from '../lab/valueCritic';
import { CriticHost } from './criticHost';
import type { CriticRequest } from './criticMessages';
import { holdLifeline } from './lifeline';
import { probeMachine } from './models/machine';
import { ModelShelf } from './models/modelShelf';
import { transferables } from './transferables';
import { fetchPolicyFile, openBackend } from './workerBackend';

// the first message says what to run on
addEventListener('message', ({ data: wish }: MessageEvent<ExecutorWish>) => {
  const shelf = new ModelShelf(() => probeMachine(wish));
  const host = new CriticHost(async ({ configuration, executor: kind, resumed }) => {
    const { executor } = await openBackend(wish, { storedChoice: resumed && splitKernelChoice(resumed.kernelChoice).values, ...(kind === 'cpu' && { noGpuBecause: 'The policy runs on the processor too.' }) });
    try {
      return { critic: await engineValueCritic(executor, configuration, (name) => fetchPolicyFile(configuration.policy, name), resumed), close: () => executor.destroy() };
    } catch (error) {
      executor.destroy();
      throw error;
    }
  }, (reply) => postMessage(reply), (files) => shelf.opener(files));

  addEventListener('message', async ({ data }: MessageEvent<CriticRequest>) => {
    const reply = await host.receive(data);
    if (reply !== undefined) postMessage(reply, { transfer: [...transferables(reply)] });
  });
}, { once: true });

holdLifeline(navigator.locks, (alive) => postMessage(alive));

// The critics' worker: judges the steps of sampled answers. Thin: a request in, the critique phase, a reply out.

import { critique } from '../lab/phases/critique';
import { taskFamily } from '../tasks';
import type { CritiqueReply, CritiqueRequest } from './criticMessages';

addEventListener('message', ({ data }: MessageEvent<CritiqueRequest>) => {
  const { run, update, critic, seed, sample } = data;
  postMessage(reply(() => ({ run, update, kind: 'critique', record: critique(taskFamily(data.task).create(data.taskOptions), critic, seed, update, sample) })));

  function reply(judge: () => CritiqueReply): CritiqueReply {
    try {
      return judge();
    } catch (error) {
      return { run, update, kind: 'error', message: error instanceof Error ? error.message : String(error) };
    }
  }
});

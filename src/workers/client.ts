// The page's end of the conversation with the policy's worker.

import { NO_RUN, PROTOCOL_VERSION, type TrainingClient, type TrainingEvent } from './protocol';

/** Throws where the browser has no module workers. */
export function createTrainingClient(): TrainingClient {
  const worker = new Worker(new URL('./policy.worker.ts', import.meta.url), { type: 'module' });
  const listeners = new Set<(event: TrainingEvent) => void>();
  const tell = (event: TrainingEvent) => { for (const listener of listeners) listener(event); };
  worker.addEventListener('message', ({ data }: MessageEvent<TrainingEvent>) => tell(data));
  worker.addEventListener('error', ({ message }) => {
    tell({ protocol: PROTOCOL_VERSION, run: NO_RUN, kind: 'error', message: `The training worker failed: ${message || 'its code could not be loaded'}.` });
  });
  return {
    send: (run, command) => worker.postMessage({ protocol: PROTOCOL_VERSION, run, ...command }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => worker.terminate(),
  };
}

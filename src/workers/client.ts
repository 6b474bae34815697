// The page's end of the conversation with the policy's worker. A worker that fails is ended and another put in its place:
// the page is told and sends what it wants the new one to do.

import { readExecutorWish } from './executorWish';
import { lifelineCut, type Alive } from './lifeline';
import { NO_RUN, PROTOCOL_VERSION, type Command, type EventBody, type TrainingClient, type TrainingEvent } from './protocol';

/** What of a Worker is needed; tests make one by hand. */
export interface TrainingPort {
  postMessage(command: Command): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<TrainingEvent | Alive>) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
  terminate(): void;
}

function openWorker(): TrainingPort {
  const worker = new Worker(new URL('./policy.worker.ts', import.meta.url), { type: 'module' });
  worker.postMessage(readExecutorWish(location.search));
  return worker;
}

/** Throws where the browser has no module workers. */
export function createTrainingClient(open = openWorker, cut = lifelineCut): TrainingClient {
  const listeners = new Set<(event: TrainingEvent) => void>();
  const tell = (event: TrainingEvent) => { for (const listener of listeners) listener(event); };
  const tellOfWorker = (body: EventBody) => tell({ protocol: PROTOCOL_VERSION, run: NO_RUN, ...body });
  let current: TrainingPort | undefined = connect();

  function connect(): TrainingPort {
    const port = open();
    let hasSpoken = false;
    port.addEventListener('message', ({ data }) => {
      if (port !== current) return;
      hasSpoken = true;
      if (data.kind === 'alive') void cut(data.lifeline).then(() => replace(port, 'it ended without a word'));
      else tell(data);
    });
    port.addEventListener('error', ({ message }) => {
      // one whose code does not load would not load again either
      if (hasSpoken) replace(port, message);
      else tellOfWorker({ kind: 'error', message: `The training worker failed: ${message || 'its code could not be loaded'}.` });
    });
    return port;
  }

  function replace(failed: TrainingPort, why: string): void {
    if (failed !== current) return;
    failed.terminate();
    current = connect();
    tellOfWorker({ kind: 'crashed', message: `The training worker failed (${why}).` });
  }

  return {
    send: (run, command) => current?.postMessage({ protocol: PROTOCOL_VERSION, run, ...command }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => {
      current?.terminate();
      current = undefined;
    },
  };
}

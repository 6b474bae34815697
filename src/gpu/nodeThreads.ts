// Threads in Node. A thread starts from its file's text, because what runs here is a bundle.

import type { ThreadPort, ThreadSupply } from './threadPool';
import { THREAD_NAME } from './thread.mjs';
// oxlint-disable-next-line import/default -- the text, not the module
import threadText from './thread.mjs?raw';

export async function nodeThreads(count: number): Promise<ThreadSupply> {
  const { Worker } = await import('node:worker_threads');
  return { count, start: () => portOf(new Worker(new URL(`data:text/javascript,${encodeURIComponent(threadText)}`), { workerData: THREAD_NAME })) };

  function portOf(worker: InstanceType<typeof Worker>): ThreadPort {
    let waiting: { resolve: (message: unknown) => void; reject: (error: unknown) => void } | undefined;
    worker.on('message', (message) => waiting?.resolve(message));
    worker.on('error', (error) => waiting?.reject(error));
    worker.on('exit', () => waiting?.reject(new Error('a thread of the processor ended')));
    worker.unref();
    return {
      postMessage: (message) => worker.postMessage(message),
      nextMessage: () => {
        // a process may end while its threads sleep, but not while it waits for their answer
        worker.ref();
        return new Promise((resolve, reject) => { waiting = { resolve, reject }; }).finally(() => worker.unref());
      },
      terminate: () => void worker.terminate(),
    };
  }
}

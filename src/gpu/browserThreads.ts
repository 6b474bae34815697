// Threads in a browser. They need memory that workers share, which only a cross-origin isolated page has, and a worker
// to wait in: the page's own thread must not sleep.

import type { ThreadPort, ThreadSupply } from './threadPool';

/** Undefined where there can be none. */
export function browserThreads(count: number): ThreadSupply | undefined {
  if (!globalThis.crossOriginIsolated || typeof document !== 'undefined') return undefined;
  return { count, start };
}

function start(): ThreadPort {
  const worker = new Worker(new URL('./thread.mjs', import.meta.url), { type: 'module', name: 'creditscope-thread' });
  return {
    postMessage: (message) => worker.postMessage(message),
    nextMessage: () => new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(`a thread of the processor failed: ${message || 'its code could not be loaded'}`));
    }),
    terminate: () => worker.terminate(),
  };
}

// The page's end of the conversation with the worker of what-if. Throws where the browser has no module workers.

import type { WhatIfReply, WhatIfRequest } from './whatIfMessages';

export interface WhatIfClient {
  send(request: WhatIfRequest): void;
  dispose(): void;
}

/** `onFailure`: the worker itself failed; it answers nothing more. */
export function createWhatIfClient(onReply: (reply: WhatIfReply) => void, onFailure: (message: string) => void): WhatIfClient {
  const worker = new Worker(new URL('./whatIf.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<WhatIfReply>) => onReply(data));
  worker.addEventListener('error', ({ message }) => onFailure(`The worker that works out what if failed: ${message || 'its code could not be loaded'}.`));
  return { send: (request) => worker.postMessage(request), dispose: () => worker.terminate() };
}

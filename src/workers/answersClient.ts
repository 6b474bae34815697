// The page's end of the conversation with the worker of real answers. Throws where the browser has no module workers.

import type { AnswersReply, AnswersRequest } from './answersMessages';
import { readExecutorWish } from './executorWish';
import { sentence } from './sentence';

export interface AnswersClient {
  send(request: AnswersRequest): void;
  /** Ends the worker at once, whatever it is at. */
  close(): void;
}

/** `onFailure`: the worker itself failed; it answers nothing more. */
export function createAnswersClient(onReply: (reply: AnswersReply) => void, onFailure: (message: string) => void): AnswersClient {
  const worker = new Worker(new URL('./answers.worker.ts', import.meta.url), { type: 'module' });
  worker.postMessage(readExecutorWish(location.search));
  worker.addEventListener('message', ({ data }: MessageEvent<AnswersReply>) => onReply(data));
  worker.addEventListener('error', ({ message }) => onFailure(`The worker that reads answers failed: ${message || 'its code could not be loaded'}.`));
  return { send: (request) => worker.postMessage(request), close: () => worker.terminate() };
}

/** Every failure is an Error with a sentence for a person. */
export async function fetchAnswers(address: string): Promise<Blob> {
  const response = await fetch(address).catch((error: unknown) => {
    throw new Error(`The example could not be loaded (${sentence(error)}).`, { cause: error });
  });
  // a static server may answer a missing file with its page
  if (!response.ok || response.headers.get('content-type')?.startsWith('text/html') === true) throw new Error(`The example is not there (${response.status}).`);
  return response.blob();
}

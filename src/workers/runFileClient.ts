// The page's end of reading and writing run files: a worker of its own for each file, so that nothing freezes and stopping is
// ending it. Every failure is an Error with a sentence for a person.

import type { RunFile } from '../formats/runFile';
import type { RunFileHead } from '../formats/runFileWriter';
import type { UpdateRecord } from '../lab/record';
import type { RunFileReply, RunFileRequest } from './runFileMessages';

/** What of a Worker is needed; tests make one by hand. */
export interface RunFilePort {
  postMessage(request: RunFileRequest): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<RunFileReply>) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
  terminate(): void;
}

export type FileProgress = (done: number, total: number) => void;

export interface RunFileClient {
  read(file: Blob, onProgress: FileProgress, signal: AbortSignal): Promise<RunFile>;
  write(run: RunFile, onProgress: FileProgress, signal: AbortSignal): Promise<Blob>;
}

const openWorker = (): RunFilePort => new Worker(new URL('./runFile.worker.ts', import.meta.url), { type: 'module' });

export function createRunFileClient(open = openWorker): RunFileClient {
  return {
    read: (file, onProgress, signal) => {
      const updates: UpdateRecord[] = [];
      return converse<RunFile>(open, signal, { kind: 'read', file }, (reply, { finish }) => {
        if (reply.kind === 'reading') onProgress(reply.done, reply.total);
        if (reply.kind === 'updates') updates.push(...reply.records);
        if (reply.kind === 'read') finish({ ...reply.head, updates, ...(reply.state !== undefined && { state: reply.state }) });
      });
    },
    write: ({ updates, state, ...run }, onProgress, signal) => {
      const head: RunFileHead = { header: run.header, names: run.names, ...(run.past !== undefined && { past: run.past }) };
      let sent = 0;
      return converse<Blob>(open, signal, { kind: 'head', head }, (reply, { send, finish }) => {
        if (reply.kind === 'written') return finish(reply.file);
        if (reply.kind !== 'ready') return undefined;
        onProgress(sent, updates.length);
        const record = updates[sent++];
        return record === undefined ? send({ kind: 'end', ...(state !== undefined && { state }) }) : send({ kind: 'update', record });
      });
    },
  };
}

interface Conversation<T> {
  send(request: RunFileRequest): void;
  finish(result: T): void;
}

function converse<T>(open: () => RunFilePort, signal: AbortSignal, first: RunFileRequest, hear: (reply: RunFileReply, conversation: Conversation<T>) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const port = open();
    const end = (settle: () => void): void => {
      port.terminate();
      settle();
    };
    const conversation: Conversation<T> = { send: (request) => port.postMessage(request), finish: (result) => end(() => resolve(result)) };
    signal.addEventListener('abort', () => end(() => reject(new Error('it was stopped'))));
    port.addEventListener('error', ({ message }) => end(() => reject(new Error(message || 'the code that reads files could not be loaded'))));
    port.addEventListener('message', ({ data }) => {
      if (data.kind === 'failed') end(() => reject(new Error(data.message)));
      else hear(data, conversation);
    });
    conversation.send(first);
  });
}

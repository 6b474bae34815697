// Files of other hosts, kept in the browser's cache by their addresses; where it forbids that, in memory until the worker ends.
// A file is kept whole or not at all.

import { JudgeStopped } from '../../lab/judging';

export interface FileStore {
  has(address: string): Promise<boolean>;
  read(address: string): Promise<Response | undefined>;
  /** Rejects where it is not of that size; then nothing is kept. */
  keep(address: string, response: Response, bytes: number): Promise<void>;
}

/** Not of the site's own caches, which its service worker clears with each version (src/workers/offline). */
const CACHE = 'models-of-other-hosts';

export const responseOf = (file: Blob): Response => new Response(file, { headers: { 'content-length': String(file.size) } });

export async function openFileStore(storage: CacheStorage | undefined = globalThis.caches as CacheStorage | undefined): Promise<FileStore> {
  // a private window may have it and forbid it
  const cache = await storage?.open(CACHE).catch(() => undefined);
  return cache === undefined ? memoryStore() : cacheStore(cache);
}

function cacheStore(cache: Cache): FileStore {
  return {
    has: async (address) => await cache.match(address) !== undefined,
    read: (address) => cache.match(address),
    async keep(address, response, bytes) {
      const counted = counting(response);
      try {
        await cache.put(address, new Response(counted.body, { headers: { 'content-length': String(bytes) } }));
      } catch (error) {
        if (error instanceof DOMException && error.name === 'QuotaExceededError') throw new JudgeStopped('The browser has no room left to keep the model.');
        throw error;
      }
      if (counted.bytes() === bytes) return;
      await cache.delete(address);
      refuse(address, counted.bytes(), bytes);
    },
  };
}

function memoryStore(): FileStore {
  const files = new Map<string, Blob>();
  return {
    has: async (address) => files.has(address),
    read: async (address) => {
      const file = files.get(address);
      return file && responseOf(file);
    },
    async keep(address, response, bytes) {
      const file = await response.blob();
      if (file.size !== bytes) refuse(address, file.size, bytes);
      files.set(address, file);
    },
  };
}

function counting({ body }: Response): { readonly body: ReadableStream<Uint8Array>; bytes(): number } {
  let bytes = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      bytes += chunk.length;
      controller.enqueue(chunk);
    },
  });
  return { body: body!.pipeThrough(counter), bytes: () => bytes };
}

function refuse(address: string, bytes: number, wanted: number): never {
  throw new JudgeStopped(`${new URL(address).pathname.split('/').at(-1)} came with ${bytes} bytes instead of ${wanted}.`);
}

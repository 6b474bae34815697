// Keeps the built page on the machine. The build (src/cli/offlinePlugin.mjs) strips the types of this one file and puts FILES in front:
// every file of the site with a hash of its bytes. Its core (page, lessons, recorded runs, first policy) is kept before this worker
// takes over, all of one version or none of it; the rest when it is first used, or all at once when a person asks.
// An old page keeps its own files as long as it is open: no version ever answers with the other's.

interface OfflineFile { readonly path: string; readonly hash: string; readonly bytes: number }
interface OfflineFiles { readonly version: string; readonly core: readonly OfflineFile[]; readonly extra: readonly OfflineFile[] }
declare const FILES: OfflineFiles;

/** What of a service worker's world is needed; the page's types do not know it. */
interface Client { readonly id: string; postMessage(message: unknown): void }
interface Extendable extends Event { waitUntil(work: Promise<unknown>): void }
interface Fetched extends Extendable { readonly request: Request; respondWith(response: Promise<Response>): void }
interface Told extends Extendable { readonly data: unknown; readonly ports: readonly MessagePort[] }
interface WorkerWorld {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void>; matchAll(options: { includeUncontrolled: boolean }): Promise<readonly Client[]> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(kind: 'fetch', listener: (event: Fetched) => void): void;
  addEventListener(kind: 'message', listener: (event: Told) => void): void;
}
const world = globalThis as unknown as WorkerWorld;

const PREFIX = 'creditscope-';
const CORE = `${PREFIX}core-${FILES.version}`;
/** by hash too, so that a file which a new version leaves as it is stays */
const EXTRA = `${PREFIX}extra`;
const TOGETHER = 4;
/** before the address of the page's script */
const CLAIM = 'claim ';

const keyOf = ({ path, hash }: OfflineFile): string => new URL(`${path}?hash=${hash}`, world.registration.scope).href;
const byPath = new Map([...FILES.core.map((file) => [file.path, { file, cache: CORE }] as const), ...FILES.extra.map((file) => [file.path, { file, cache: EXTRA }] as const)]);

world.addEventListener('install', (event) => event.waitUntil(keep(CORE, FILES.core)));

world.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== CORE && name !== EXTRA) await caches.delete(name);
  const known = new Set(FILES.extra.map(keyOf));
  const extra = await caches.open(EXTRA);
  for (const request of await extra.keys()) if (!known.has(request.url)) await extra.delete(request);
})()));

world.addEventListener('fetch', (event) => {
  const { request } = event;
  const { scope } = world.registration;
  const address = new URL(request.url);
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  const path = address.pathname.slice(new URL(scope).pathname.length);
  const known = byPath.get(path === '' ? 'index.html' : path);
  if (known !== undefined) event.respondWith(answer(known.file, known.cache, request));
});

world.addEventListener('message', (event) => {
  const [port] = event.ports;
  if (port === undefined) return;
  const tell = (message: unknown): void => port.postMessage(message);
  const work = act(event.data, tell).catch((error: unknown) => tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }));
  event.waitUntil(work);
});

async function act(wish: unknown, tell: (message: unknown) => void): Promise<void> {
  // a page whose script is of this version lets it answer from now on, so that what it uses first is kept
  if (typeof wish === 'string' && wish.startsWith(CLAIM)) {
    const script = wish.slice(CLAIM.length + world.registration.scope.length);
    return byPath.get(script)?.cache === CORE ? world.clients.claim() : undefined;
  }
  switch (wish) {
    case 'count': return tell({ kind: 'kept', ...(await countExtra()) });
    case 'keepAll': {
      await keep(EXTRA, FILES.extra, async () => tell({ kind: 'kept', ...(await countExtra()) }));
      return tell({ kind: 'done', ...(await countExtra()) });
    }
    case 'takeOver': {
      const pages = await world.clients.matchAll({ includeUncontrolled: true });
      // another page of the old version would lose the files that it has not asked for yet
      if (pages.length > 1) return tell({ kind: 'others', pages: pages.length - 1 });
      return world.skipWaiting();
    }
    default: return tell({ kind: 'failed', reason: 'not understood' });
  }
}

async function countExtra(): Promise<{ readonly bytes: number; readonly total: number }> {
  const cache = await caches.open(EXTRA);
  const held = new Set((await cache.keys()).map(({ url }) => url));
  const sum = (files: readonly OfflineFile[]): number => files.reduce((bytes, file) => bytes + file.bytes, 0);
  return { bytes: sum(FILES.extra.filter((file) => held.has(keyOf(file)))), total: sum(FILES.extra) };
}

/** All of them, or an error: then the version before stays. */
async function keep(name: string, files: readonly OfflineFile[], onKept?: () => Promise<void>): Promise<void> {
  const cache = await caches.open(name);
  const waiting = [...files];
  const one = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      if ((await cache.match(keyOf(file))) !== undefined) continue;
      const before = await caches.match(keyOf(file));
      await cache.put(keyOf(file), before ?? (await fetched(file)));
      await onKept?.();
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, one));
}

/** From the server, past the browser's own cache, and only if it is the file that this version was built with. */
async function fetched(file: OfflineFile): Promise<Response> {
  const response = await fetch(new URL(file.path, world.registration.scope), { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${file.path}: the server answered ${response.status}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer()));
  const hash = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hash !== file.hash) throw new Error(`${file.path} is of another version of this page`);
  return response;
}

async function answer(file: OfflineFile, name: string, request: Request): Promise<Response> {
  const cache = await caches.open(name);
  const kept = await cache.match(keyOf(file));
  if (kept !== undefined) return kept;
  if (name === CORE) return fetch(request);
  const response = await fetched(file);
  // a full disk is no reason not to answer
  await cache.put(keyOf(file), response.clone()).catch(() => undefined);
  return response;
}

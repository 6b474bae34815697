// What the page knows of the worker that keeps it on this machine (src/workers/offline): whether everything needed is kept, how much
// more could be, and whether a new version waits.

import { sentence } from '../workers/sentence';
import { createStore, type StoreApi } from 'zustand/vanilla';

export type OfflineState =
  /** nothing is kept, in a sentence why */
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'preparing' }
  | {
    readonly kind: 'kept';
    /** bytes of what is fetched on first use: kept, and in all; null until counted */
    readonly extra: { readonly bytes: number; readonly total: number } | null;
    readonly isFetching: boolean;
    readonly problem: string | null;
  };

export interface OfflineDesk {
  readonly store: StoreApi<{ readonly state: OfflineState; readonly update: 'none' | 'ready' | 'others' }>;
  /** fetches what is not kept yet */
  keepAll(): void;
  /** the new version, where no other page of the old one is open */
  takeOver(): void;
}

type Reply = { readonly kind: 'kept' | 'done'; readonly bytes: number; readonly total: number } | { readonly kind: 'failed'; readonly reason: string } | { readonly kind: 'others'; readonly pages: number };

/** `worker`: where the built page has it; null in development, which has none. `script`: address of the page's own script. */
export function createOfflineDesk(worker: string | null, script: string): OfflineDesk {
  const store: OfflineDesk['store'] = createStore(() => ({ state: { kind: 'preparing' }, update: 'none' }));
  const unavailable = (reason: string): void => store.setState({ state: { kind: 'unavailable', reason } });
  let registration: ServiceWorkerRegistration | undefined;

  function ask(to: ServiceWorker | null | undefined, wish: string, hear: (reply: Reply) => void): void {
    if (to === null || to === undefined) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Reply>) => hear(data);
    to.postMessage(wish, [port2]);
  }

  function hear(reply: Reply): void {
    const { state } = store.getState();
    if (state.kind !== 'kept') return;
    switch (reply.kind) {
      case 'kept': return store.setState({ state: { ...state, extra: reply } });
      case 'done': return store.setState({ state: { ...state, extra: reply, isFetching: false } });
      case 'failed': return store.setState({ state: { ...state, isFetching: false, problem: `Not everything could be fetched (${reply.reason}).` } });
      case 'others': return store.setState({ update: 'others' });
      default: return reply satisfies never;
    }
  }

  function isKept(active: ServiceWorker): void {
    store.setState({ state: { kind: 'kept', extra: null, isFetching: false, problem: null } });
    ask(active, `claim ${script}`, hear);
    ask(active, 'count', hear);
  }

  /** Where workers are kept out, as by Playwright, registering resolves to nothing. */
  function watch(made: ServiceWorkerRegistration | undefined): void {
    if (made === undefined) return unavailable('This browser keeps no pages.');
    registration = made;
    if (made.active !== null) isKept(made.active);
    const waits = (): void => {
      if (made.waiting !== null && made.active !== null) store.setState({ update: 'ready' });
    };
    waits();
    const follow = (installing: ServiceWorker | null): void => installing?.addEventListener('statechange', () => {
      if (installing.state === 'activated') isKept(installing);
      else if (installing.state === 'redundant' && store.getState().state.kind === 'preparing') unavailable('Not all files of the page could be fetched; it is tried again with the next visit.');
      waits();
    });
    follow(made.installing);
    made.addEventListener('updatefound', () => follow(made.installing));
  }

  if (worker === null) unavailable('Only the built page is kept on this machine.');
  else if (!globalThis.isSecureContext) unavailable('Browsers keep pages only from https or localhost; this one came over plain http from another machine.');
  else if (!('serviceWorker' in navigator)) unavailable('This browser keeps no pages.');
  else {
    const begin = (): void => {
      navigator.serviceWorker.register(worker).then(watch).catch((error: unknown) => unavailable(`This browser does not keep the page (${sentence(error)}).`));
    };
    // what is on screen comes first
    if (document.readyState === 'complete') setTimeout(begin, BEGIN_AFTER_MS);
    else addEventListener('load', () => setTimeout(begin, BEGIN_AFTER_MS));
  }

  return {
    store,
    keepAll() {
      const { state } = store.getState();
      if (state.kind !== 'kept' || state.isFetching) return;
      store.setState({ state: { ...state, isFetching: true, problem: null } });
      ask(registration?.active, 'keepAll', hear);
    },
    takeOver() {
      if (registration?.waiting === null) return;
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      ask(registration?.waiting, 'takeOver', hear);
    },
  };
}

const BEGIN_AFTER_MS = 2_000;

// How fast Play goes: the recorded run once, twice or four times as fast; a live run as fast as it can, or with a pause after each update
// for a class to look at it.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CommandBody } from '../workers/protocol';

export const SPEEDS = [1, 2, 4] as const;
/** in ms */
export const PAUSES = [0, 1000, 3000] as const;

export interface PaceState {
  readonly speed: (typeof SPEEDS)[number];
  readonly pauseMs: (typeof PAUSES)[number];
}
export type PaceStore = StoreApi<PaceState>;

/** `send`: to the worker, which hears it while it plays. */
export function createPace(send: (body: CommandBody) => void): PaceStore {
  const pace = createStore<PaceState>(() => ({ speed: 1, pauseMs: 0 }));
  pace.subscribe((now, before) => { if (now.pauseMs !== before.pauseMs) tellPause(pace, send); });
  return pace;
}

/** A worker begins without a pause. */
export function tellPause(pace: PaceStore, send: (body: CommandBody) => void): void {
  send({ kind: 'pace', pauseMs: pace.getState().pauseMs });
}

// What the worker is doing, as far as the page knows.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NoDeviceReason } from '../gpu/device';
import type { Phase } from '../lab/record';
import type { UpdateProfile } from '../workers/updateProfile';

export type Status =
  | { readonly kind: 'idle' }
  | { readonly kind: 'preparing'; readonly done: number; readonly total: number }
  | { readonly kind: 'training' }
  /** one phase or one update was asked for and is on its way */
  | { readonly kind: 'stepping' }
  | { readonly kind: 'pausing' }
  | { readonly kind: 'paused' }
  /** the recorded run plays by itself, because nothing can train here */
  | { readonly kind: 'replaying' }
  | { readonly kind: 'stopped'; readonly reason: string; readonly message: string };

export interface Backend {
  readonly kind: 'unknown' | 'webgpu' | 'cpu' | 'replay';
  readonly adapter: string;
  /** of the processor, where it computes with more than one */
  readonly threads?: number;
  /** why it is not WebGPU */
  readonly reason?: string;
  readonly lack?: NoDeviceReason;
}

export interface TrainingState {
  readonly status: Status;
  readonly backend: Backend;
  /** the phase that the worker has just finished */
  readonly running: { readonly update: number; readonly phase: Phase } | null;
  readonly error: string | null;
  /** what was lost and where the run goes on */
  readonly notice: string | null;
  /** updates that the worker can take the live run back to, oldest first */
  readonly canGoBackTo: readonly number[];
  /** of the update that was timed last */
  readonly profile: UpdateProfile | null;
}

export type TrainingStore = StoreApi<TrainingState>;

export function createTrainingStore(): TrainingStore {
  return createStore<TrainingState>(() => ({ status: { kind: 'idle' }, backend: { kind: 'unknown', adapter: '' }, running: null, error: null, notice: null, canGoBackTo: [], profile: null }));
}

export function isBusy(status: Status): boolean {
  return status.kind === 'preparing' || status.kind === 'training' || status.kind === 'stepping' || status.kind === 'pausing';
}

export function isPlaying(status: Status): boolean {
  return status.kind === 'training' || status.kind === 'replaying';
}

export function badgeText(backend: Backend): string {
  switch (backend.kind) {
    case 'unknown': return '…';
    case 'webgpu': return `WebGPU ${backend.adapter}`.trim();
    case 'cpu': return backend.threads === undefined || backend.threads === 1 ? 'CPU' : `CPU, ${backend.threads} threads`;
    case 'replay': return 'Replay';
    default: return backend.kind satisfies never;
  }
}

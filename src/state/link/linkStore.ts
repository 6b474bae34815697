// What a link has to do with the page: how a teacher wants it, what of the link was not used, and that its run is not here yet.

import { createStore, type StoreApi } from 'zustand/vanilla';
import { FREE, type Classroom, type ControlState } from './classroom';
import type { ControlId } from './controls';

export interface LinkState {
  readonly classroom: Classroom;
  /** sentences on what was not used */
  readonly ignored: readonly string[];
  /** the link as it came */
  readonly text: string;
  /** a link's recipe stands in the setup, and the run on screen is another one: in a sentence */
  readonly waiting: string | null;
}

export type LinkStore = StoreApi<LinkState>;

export function createLinkStore(): LinkStore {
  return createStore<LinkState>(() => ({ classroom: FREE, ignored: [], text: '', waiting: null }));
}

export function stateOfControl({ classroom }: LinkState, id: ControlId): ControlState {
  return Object.hasOwn(classroom.controls, id) ? classroom.controls[id]! : 'show';
}

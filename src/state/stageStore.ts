// Which view is on the stage. All of them show the same run at the same place.

import { createStore, type StoreApi } from 'zustand/vanilla';

export const STAGE_VIEWS = ['answers', 'table', 'value', 'gradient', 'timeline', 'compare'] as const;
export type StageView = (typeof STAGE_VIEWS)[number];

export interface StageState { readonly view: StageView }
export type StageStore = StoreApi<StageState>;

export function createStageStore(): StageStore {
  return createStore<StageState>(() => ({ view: 'answers' }));
}

/** Opens a view, or from that view goes back to the answers. */
export function toggleView(stage: StageStore, view: StageView): void {
  stage.setState({ view: stage.getState().view === view ? 'answers' : view });
}

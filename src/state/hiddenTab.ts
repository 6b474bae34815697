// Notes when the tab is hidden while a run trains, and what the run did meanwhile. The worker goes on as far as the browser lets it;
// its news may wait until the tab is in sight again, so they are counted a moment after that.

import type { HiddenTime } from '../viz/hiddenTime';
import type { RunStore } from './runStore';
import type { TrainingStore } from './trainingStore';

/** shorter ones are a glance elsewhere */
const LEAST_MS = 2000;
const SETTLE_MS = 500;

interface Seen { readonly at: number; readonly update: number }

export function createHiddenTab(run: RunStore, training: TrainingStore, now = () => Date.now()) {
  /** of the training in sight: its first and its latest news */
  let stretch: { readonly first: Seen; readonly latest: Seen } | undefined;
  let hidden: (Seen & { readonly msPerUpdate?: number }) | undefined;

  const lastUpdate = (): number => {
    const { live } = run.getState();
    return live?.updates.at(-1)?.line.update ?? live?.past?.length ?? 0;
  };

  const stops = [
    run.subscribe((state, before) => {
      if (state.live === null || state.live.updates === before.live?.updates || hidden !== undefined) return;
      const seen = { at: now(), update: lastUpdate() };
      stretch = { first: stretch?.first ?? seen, latest: seen };
    }),
    training.subscribe(({ status }) => { if (status.kind !== 'training') stretch = undefined; }),
  ];

  function hide(): void {
    if (training.getState().status.kind !== 'training' || run.getState().live === null || hidden !== undefined) return;
    const pace = stretch === undefined ? Number.NaN : (stretch.latest.at - stretch.first.at) / (stretch.latest.update - stretch.first.update);
    hidden = { at: now(), update: lastUpdate(), ...(pace > 0 && Number.isFinite(pace) && { msPerUpdate: pace }) };
    stretch = undefined;
  }

  function show(): void {
    if (hidden === undefined) return;
    const { at, update, msPerUpdate } = hidden;
    const to = now();
    if (to - at < LEAST_MS) {
      hidden = undefined;
      return;
    }
    setTimeout(() => {
      hidden = undefined;
      const { live } = run.getState();
      const made = lastUpdate() - update;
      // another run by now, or this one was taken back
      if (live === null || made < 0) return;
      const time: HiddenTime = { from: at, to, after: update, made, ...(msPerUpdate !== undefined && { msPerUpdate }) };
      run.setState({ live: { ...live, hidden: [...(live.hidden ?? []), time] } });
    }, SETTLE_MS);
  }

  return { hide, show, dispose: () => { for (const stop of stops) stop(); } };
}

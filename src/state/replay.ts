// The recorded run playing by itself, where nothing can train.

import type { PaceStore } from './pace';
import type { Place } from './place';
import { updateCount, type RunStore } from './runStore';
import type { TrainingStore } from './trainingStore';

const INTERVAL_MS = 700;

export function createReplay(run: RunStore, place: Place, training: TrainingStore, pace: PaceStore) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isAtEnd = (): boolean => run.getState().position >= updateCount(run.getState()) - 1;

  function start(): void {
    if (run.getState().recorded === null) return;
    if (isAtEnd()) place.show(0, 'update');
    training.setState({ status: { kind: 'replaying' } });
    wait();
  }

  /** Anew for every update, so that another speed holds from the next one on. */
  function wait(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (isAtEnd()) return stop();
      place.show(run.getState().position + 1, 'update');
      wait();
    }, INTERVAL_MS / pace.getState().speed);
  }

  function stop(): void {
    clearTimeout(timer);
    if (training.getState().status.kind === 'replaying') training.setState({ status: { kind: 'idle' } });
  }

  return { start, stop };
}

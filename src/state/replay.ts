// The recorded run playing by itself, where nothing can train.

import type { Place } from './place';
import { updateCount, type RunStore } from './runStore';
import type { TrainingStore } from './trainingStore';

const INTERVAL_MS = 700;

export function createReplay(run: RunStore, place: Place, training: TrainingStore) {
  let timer: ReturnType<typeof setInterval> | undefined;
  const isAtEnd = (): boolean => run.getState().position >= updateCount(run.getState()) - 1;

  function start(): void {
    if (run.getState().recorded === null) return;
    if (isAtEnd()) place.show(0, 'update');
    training.setState({ status: { kind: 'replaying' } });
    timer = setInterval(() => {
      if (isAtEnd()) stop();
      else place.show(run.getState().position + 1, 'update');
    }, INTERVAL_MS);
  }

  function stop(): void {
    clearInterval(timer);
    if (training.getState().status.kind === 'replaying') training.setState({ status: { kind: 'idle' } });
  }

  return { start, stop };
}

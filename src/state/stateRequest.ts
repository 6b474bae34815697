// Asks the worker for the live run's state after its last told update, to be saved in a file. The latest who asks gets it; whoever asked
// before, and whoever asks of a run that ends meanwhile, gets null.

import type { TrainingEvent } from '../workers/protocol';

export interface AskedState {
  readonly update: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function createStateRequest(send: () => void) {
  let waiting: ((state: AskedState | null) => void) | null = null;

  function settle(state: AskedState | null): void {
    waiting?.(state);
    waiting = null;
  }

  return {
    ask: (): Promise<AskedState | null> => {
      settle(null);
      const asked = new Promise<AskedState | null>((resolve) => { waiting = resolve; });
      send();
      return asked;
    },
    hear: ({ update, bytes }: Extract<TrainingEvent, { kind: 'state' }>): void => settle(bytes === null ? null : { update, bytes }),
    abandon: (): void => settle(null),
  };
}

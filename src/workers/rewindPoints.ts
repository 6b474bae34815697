// Earlier states of the live run that it can go back to, in the worker's own memory: each of the latest updates, and ever
// fewer of those before. A dozen states of the shipped policy are some 25 MB, with a value model twice that.

import type { RunState } from '../lab/runState';

/** with the spacing below: the last 64 updates */
const MOST = 12;

export class RewindPoints {
  /** `states`: oldest first */
  constructor(private states: readonly RunState[] = []) {}

  /** Oldest first. */
  get updates(): readonly number[] {
    return this.states.map(({ lines }) => lines.length);
  }

  /** After the latest update. */
  add(state: RunState): void {
    const latest = state.lines.length;
    this.states = [...this.states.filter(({ lines: { length } }) => length < latest && length % spacing(latest - length) === 0), state].slice(-MOST);
  }

  at(update: number): RunState | undefined {
    return this.states.find(({ lines }) => lines.length === update);
  }

  /** Without that update itself: whoever fails again from there on goes further back. */
  before(update: number): RewindPoints {
    return new RewindPoints(this.states.filter(({ lines }) => lines.length < update));
  }
}

/** 1 for the latest four, then 2, 4, 8 ... with every doubling of their age. */
function spacing(age: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(age)) - 1);
}

// Comparing methods on the policy of the live run: asked of the worker between two updates, after a run was made where there is none, and
// shown when it comes. One at a time.

import type { CompareWish } from '../lab/fidelity/readCompareWish';
import type { CommandBody, TrainingEvent } from '../workers/protocol';
import { OPENING_PLACE, type CompareStore } from './compareStore';
import type { RunStore } from './runStore';
import { isBusy, type TrainingStore } from './trainingStore';

export interface ComparingParts {
  readonly compare: CompareStore;
  readonly run: RunStore;
  readonly training: TrainingStore;
  canTrain(): boolean;
  send(body: CommandBody): void;
  /** makes a run, and asks this of it when it is ready */
  start(then: CommandBody): void;
  /** takes a comparison back that waits for its run; false where none does */
  takeBack(): boolean;
}

export function createComparing({ compare, run, training, canTrain, send, start, takeBack }: ComparingParts) {
  const isUnderWay = (): boolean => compare.getState().progress !== null;

  function begin(wish: CompareWish): void {
    const { status } = training.getState();
    if (isBusy(status) || isUnderWay() || !canTrain()) return;
    compare.setState({ progress: { stage: 'starting', done: 0, total: 1, rollouts: 0 }, message: null });
    if (run.getState().live !== null && status.kind === 'paused') send({ kind: 'compare', wish });
    else start({ kind: 'compare', wish });
  }

  function cancel(): void {
    if (takeBack()) abandon('The comparison was cancelled before it began.');
    else send({ kind: 'cancelCompare' });
  }

  /** Nothing more will be heard of the one on its way, if there is one. */
  function abandon(message: string): void {
    if (isUnderWay()) compare.setState({ progress: null, message });
  }

  function hear(event: Extract<TrainingEvent, { kind: 'comparing' | 'compared' | 'comparisonEnded' }>): void {
    if (event.kind === 'comparing') return compare.setState({ progress: { stage: event.stage, done: event.done, total: event.total, rollouts: event.rollouts } });
    if (event.kind === 'comparisonEnded') return compare.setState({ progress: null, message: event.message });
    const names = run.getState().live?.names;
    compare.setState({ progress: null, message: null, ...(names !== undefined && { ...OPENING_PLACE, shown: { comparison: event.comparison, names, update: event.update } }) });
  }

  return { begin, cancel, abandon, hear };
}

// What is noted of a tab that was hidden while a run trained.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHiddenTab } from './hiddenTab';
import { addUpdates, rollBack } from './liveRun';
import { createRunStore } from './runStore';
import { HEADER, NAMES, updateRecord } from './testing';
import { createTrainingStore } from './trainingStore';

let clock: number;
const run = createRunStore();
const training = createTrainingStore();
let tab: ReturnType<typeof createHiddenTab>;
let made: number;

/** So many updates, a second each. */
function train(updates: number): void {
  for (let i = 0; i < updates; i++) {
    clock += 1000;
    addUpdates(run, [updateRecord(++made)]);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  [clock, made] = [5000, 0];
  run.setState({ live: { header: HEADER, names: NAMES, updates: [] }, source: 'live', isFollowing: true });
  training.setState({ status: { kind: 'training' } });
  tab = createHiddenTab(run, training, () => clock);
});
afterEach(() => {
  tab.dispose();
  vi.useRealTimers();
});

const noted = () => {
  vi.runAllTimers();
  return run.getState().live!.hidden;
};

test('the updates made meanwhile, also those told of late, beside the pace of before', () => {
  train(4);
  tab.hide();
  train(10);
  const to = clock;
  tab.show();
  train(1);
  expect(noted()).toEqual([{ from: 9000, to, after: 4, made: 11, msPerUpdate: 1000 }]);
  // and of the next time its own
  clock += 30_000;
  train(2);
  tab.hide();
  clock += 60_000;
  tab.show();
  expect(noted()![1]).toEqual({ from: clock - 60_000, to: clock, after: 17, made: 0, msPerUpdate: 1000 });
});

test('a glance elsewhere, and a tab hidden while nothing trains, leave no mark', () => {
  train(3);
  tab.hide();
  clock += 1900;
  tab.show();
  training.setState({ status: { kind: 'paused' } });
  tab.hide();
  clock += 60_000;
  tab.show();
  expect(noted()).toBeUndefined();
});

test('a run that is another by then, or taken back, is not marked; a rollback takes later marks with it', () => {
  train(3);
  tab.hide();
  clock += 10_000;
  tab.show();
  run.setState({ live: { header: HEADER, names: NAMES, updates: [] } });
  expect(noted()).toBeUndefined();
  made = 0;
  train(3);
  tab.hide();
  clock += 10_000;
  tab.show();
  expect(noted()!.map(({ after, msPerUpdate }) => [after, msPerUpdate])).toEqual([[3, 1000]]);
  rollBack(run, { protocol: 1, run: 'a', kind: 'rolledBack', update: 2, message: '' });
  expect(run.getState().live!.hidden).toEqual([]);
});

import { expect, test } from 'vitest';
import { addUpdates, openLiveRun, rollBack } from './liveRun';
import { recordBytes, thinned } from './keptRecords';
import { createRunStore, linesOf } from './runStore';
import { HEADER, NAMES, updateRecord } from './testing';

const record = (update: number) => ({ ...updateRecord(update), line: { ...updateRecord(update).line, update } });
const numbers = (updates: readonly { line: { update: number } }[]): number[] => updates.map(({ line }) => line.update);

test('the bytes of all arrays, each as often as it is named', () => {
  // two of four words, one of eight, eleven of four floats and two of none; one byte four times, twice
  const { sample, score, credit, gradient, after } = updateRecord(1);
  const arrays = [...Object.values(sample), ...Object.values(score), ...Object.values(credit), ...Object.values(gradient), after!.logprobs_WT, ...Object.values(after!.topBefore), ...Object.values(after!.topAfter)].filter((one) => ArrayBuffer.isView(one));
  expect(recordBytes(updateRecord(1))).toBe(arrays.reduce((sum, one) => sum + one.byteLength, 0));
});

test('within the bound nothing goes; above it every second of the older half, again if needed, never the first or the newest', () => {
  const ten = Array.from({ length: 10 }, (_, i) => record(i + 1));
  const each = recordBytes(ten[0]!);
  expect(thinned(ten, 10 * each)).toBe(ten);
  expect(numbers(thinned(ten, 9 * each))).toEqual([1, 3, 5, 7, 8, 9, 10]);
  expect(numbers(thinned(ten, 5 * each))).toEqual([1, 5, 8, 9, 10].slice(0, 5));
  expect(numbers(thinned(ten, each))).toEqual([1, 10]);
});

test('a long live run keeps every line, and the reader stays at the update they look at', () => {
  const run = createRunStore();
  openLiveRun(run, { protocol: 1, run: 'a', kind: 'header', header: HEADER, names: NAMES }, undefined);
  const most = 8 * recordBytes(record(1));
  for (let update = 1; update <= 8; update++) addUpdates(run, [record(update)], most);
  run.setState({ isFollowing: false, position: 5 });
  addUpdates(run, [record(9)], most);
  const { live, position } = run.getState();
  expect(numbers(live!.updates)).toEqual([1, 3, 5, 6, 7, 8, 9]);
  expect(live!.updates[position]!.line.update).toBe(6);
  expect(linesOf(live!).map(({ update }) => update)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  addUpdates(run, [record(10)], most);
  expect(linesOf(run.getState().live!).length).toBe(10);
  rollBack(run, { protocol: 1, run: 'a', kind: 'rolledBack', update: 7, message: '' });
  expect(linesOf(run.getState().live!).map(({ update }) => update)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

import { beforeEach, expect, it } from 'vitest';
import type { RunRecord, UpdateRecord } from '../lab/record';
import { placeHere } from './bookmarks';
import { createSession, type Session } from './session';
import { runRecord, updateRecord } from './testing';

/** Two problems with two answers of one token each. */
function credited(update: number, advantages: readonly number[]): UpdateRecord {
  const record = updateRecord(update);
  return { ...record, credit: { ...record.credit, advantages_NT: Float32Array.from(advantages) } };
}
const RUN: RunRecord = { ...runRecord(0), updates: [credited(1, [0, 0, 3, -1]), credited(2, [1, -2, 5, -0.5])] };

let session: Session;
const here = (): readonly number[] => {
  const { update, problem, answer, token } = placeHere(session.run.getState())!;
  return [update, problem, answer, token];
};

beforeEach(() => {
  session = createSession(null);
  session.showRecorded(RUN);
});

it('goes from success to failure through the surprises of the update, and round', () => {
  session.bookmarks.go(1);
  expect(here()).toEqual([1, 1, 0, 0]);
  session.bookmarks.go(1);
  expect(here()).toEqual([1, 1, 1, 0]);
  session.bookmarks.go(1);
  expect(here()).toEqual([1, 1, 0, 0]);
  session.bookmarks.go(-1);
  expect(here()).toEqual([1, 1, 1, 0]);
});

it('goes through those of the whole run, to their updates', () => {
  session.bookmarks.store.setState({ over: 'run' });
  const seen = Array.from({ length: 6 }, () => {
    session.bookmarks.go(1);
    return here().slice(0, 3).join('.');
  });
  // successes 5, 3, 1 and failures −2, −1, −0.5 in turn
  expect(seen).toEqual(['2.1.0', '2.0.1', '1.1.0', '1.1.1', '2.0.0', '2.1.1']);
});

it('keeps the reader’s own after them, in order, once, and drops them', () => {
  session.showPlace({ update: 2, problem: 0, answer: 0, token: 0 });
  session.bookmarks.toggle();
  session.showPlace({ update: 1, problem: 0, answer: 1, token: 0 });
  session.bookmarks.toggle();
  const own = session.bookmarks.store.getState().recorded;
  expect(own.map(({ update }) => update)).toEqual([1, 2]);
  expect(session.bookmarks.stops().slice(-2)).toEqual(own);
  session.bookmarks.toggle();
  session.bookmarks.remove(own[1]!);
  expect(session.bookmarks.store.getState().recorded).toEqual([]);
});

it('has none before credit is given, without a selection nothing to keep, and none of another run', () => {
  session.show(1, 'critique');
  expect(session.bookmarks.stops()).toEqual([]);
  session.bookmarks.go(1);
  session.bookmarks.toggle();
  expect(session.bookmarks.store.getState().recorded).toEqual([]);
  session.showPlace({ update: 2, problem: 1, answer: 0, token: 0 });
  session.bookmarks.toggle();
  session.showRecorded(runRecord(1));
  expect(session.bookmarks.store.getState().recorded).toEqual([]);
});

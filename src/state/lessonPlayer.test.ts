import { beforeEach, describe, expect, it } from 'vitest';
import { LESSONS } from '../lessons';
import { readDone } from './doneLessons';
import { createLessons, rightOptions, type LessonHelp } from './lessonPlayer';
import { findToken, sceneOf } from './lessonScene';
import { patchAt, type OpenLesson } from './lessonStore';
import { shippedMaterial } from './lessonTesting';
import { createSession } from './session';
import { CATALOGUE, type CONFIGURATION, HEADER, NAMES, playedClient, runRecord, updateRecord } from './testing';

type Session = ReturnType<typeof createSession>;

/** A page with a place of its own in every store that a lesson borrows. */
function pageWithPlace(): Session {
  const session = createSession(null);
  session.showRecorded(runRecord(4));
  session.run.setState({ position: 2, phase: 'credit', problem: 1, selection: { answer: 1, token: 0 }, channel: 'entropy', scope: 'update', locked: { channel: 'entropy', center: 0, limit: 3 }, isByPhase: true });
  session.stage.setState({ view: 'compare' });
  session.compare.setState({ problem: 3, answer: 1, token: 4, method: 'capo', unfolded: ['capo'], lockedLimit: 2 });
  session.bookmarks.store.setState({ recorded: [{ update: 1, problem: 0, answer: 0, token: 0 }], over: 'run' });
  return session;
}

const stateOf = ({ run, stage, compare, bookmarks, whatIf, training, configuration }: Session): unknown =>
  [run, stage, compare, bookmarks.store, whatIf.store, training, configuration].map((store) => store.getState());

function lessonsOn(session: Session, help: Partial<LessonHelp> = {}): ReturnType<typeof createLessons> {
  return createLessons({
    run: session.run, stage: session.stage, compare: session.compare, bookmarks: session.bookmarks.store, whatIf: session.whatIf.store,
    train: () => {}, canTrain: () => false, pauseReplay: () => {}, ...help,
  }, shippedMaterial);
}

const openedOf = (lessons: ReturnType<typeof createLessons>): OpenLesson => lessons.store.getState().open!;

/** Answers what the step asks, rightly or wrongly. */
function predict(session: Session, lessons: ReturnType<typeof createLessons>, isRight: boolean): void {
  const opened = openedOf(lessons);
  const asked = opened.lesson.steps[opened.step]!.prediction;
  if (asked === undefined) return;
  if (asked.kind === 'choice') return lessons.guessOption(rightOptions(opened)!.indexOf(isRight));
  const scene = sceneOf(opened.material!, patchAt(opened))!;
  const target = findToken(asked.target, scene.update, scene.run, scene.answer, scene.material);
  const last = scene.update.sample.lengths_N[scene.answer]! - 1;
  session.run.setState({ selection: { answer: scene.row, token: isRight ? target : target === last ? 0 : last } });
  lessons.guessToken();
}

describe.each(LESSONS.map(({ id, steps }) => [id, steps.length] as const))('lesson %s', (id, steps) => {
  let session: Session;
  let before: unknown;
  let lessons: ReturnType<typeof createLessons>;
  beforeEach(() => {
    session = pageWithPlace();
    // a copy, so that no record can be changed unseen
    before = structuredClone(stateOf(session));
    lessons = lessonsOn(session);
  });

  it('can be left at any step, before and after its prediction, without a trace', async () => {
    for (let at = 0; at < steps; at++) {
      for (const guesses of [false, true]) {
        await lessons.open(id);
        for (let step = 0; step < at; step++) lessons.next();
        expect(openedOf(lessons)).toMatchObject({ step: at, isCollapsed: false });
        expect(stateOf(session)).not.toEqual(before);
        if (guesses) predict(session, lessons, true);
        lessons.leave();
        expect(lessons.store.getState().open).toBeNull();
        expect(stateOf(session), `left at step ${at + 1}`).toEqual(before);
      }
    }
  });

  it.each([true, false])('is played to its end with every prediction %s', async (isRight) => {
    await lessons.open(id);
    for (let step = 0; step < steps; step++) {
      const { lesson } = openedOf(lessons);
      predict(session, lessons, isRight);
      if (lesson.steps[step]!.prediction !== undefined) expect(openedOf(lessons).guesses[step]).toMatchObject({ isRight });
      if (lesson.steps[step]!.completion.kind === 'selected') session.run.setState({ selection: { answer: 0, token: 1 } });
      expect(openedOf(lessons).met).toContain(step);
      expect(openedOf(lessons).isCollapsed).toBe(false);
      lessons.next();
    }
    expect(lessons.store.getState()).toMatchObject({ open: null, done: [id] });
    expect(stateOf(session)).toEqual(before);
  });

  it('goes back the way it came', async () => {
    await lessons.open(id);
    const seen: unknown[] = [];
    for (let step = 0; step < steps; step++) {
      seen.push([session.run.getState(), session.stage.getState()]);
      if (step < steps - 1) lessons.next();
    }
    for (let step = steps - 2; step >= 0; step--) {
      lessons.back();
      expect([session.run.getState(), session.stage.getState()]).toEqual(seen[step]);
    }
  });
});

describe('beside a lesson', () => {
  it('folds where the reader goes elsewhere, and comes back to its step', async () => {
    const session = pageWithPlace();
    const before = stateOf(session);
    const lessons = lessonsOn(session);
    await lessons.open('judge');
    lessons.next();
    const step = session.run.getState();
    session.run.setState({ selection: { answer: 3, token: 2 } });
    expect(openedOf(lessons).isCollapsed).toBe(false);
    for (const goElsewhere of [() => session.show(0, 'credit', true), () => session.run.setState({ channel: 'entropy' }), () => session.run.setState({ problem: 5 }), () => session.stage.setState({ view: 'compare' })]) {
      goElsewhere();
      expect(openedOf(lessons).isCollapsed).toBe(true);
      lessons.resume();
      expect(openedOf(lessons)).toMatchObject({ step: 1, isCollapsed: false });
      expect(session.run.getState()).toEqual(step);
    }
    session.run.setState({ problem: 5 });
    lessons.leave();
    expect(stateOf(session)).toEqual(before);
  });

  it('counts only the first guess', async () => {
    const session = pageWithPlace();
    const lessons = lessonsOn(session);
    await lessons.open('process');
    lessons.next();
    predict(session, lessons, false);
    predict(session, lessons, true);
    expect(openedOf(lessons).guesses[1]).toMatchObject({ isRight: false });
  });

  it('takes no token of another answer for a guess', async () => {
    const session = pageWithPlace();
    const lessons = lessonsOn(session);
    await lessons.open('one-score');
    lessons.next();
    lessons.next();
    const { row } = sceneOf(openedOf(lessons).material!, patchAt(openedOf(lessons)))!;
    session.run.setState({ selection: { answer: row + 1, token: 0 } });
    expect(lessons.candidate()).toBeNull();
    lessons.guessToken();
    expect(openedOf(lessons).guesses).toEqual({});
  });

  it('has the page’s own recorded run under it when that comes late', async () => {
    const session = createSession(null);
    const lessons = lessonsOn(session);
    await lessons.open('group');
    const shown = session.run.getState();
    session.showRecorded(runRecord(3));
    expect(session.run.getState()).toEqual(shown);
    lessons.leave();
    const plain = createSession(null);
    plain.showRecorded(runRecord(3));
    expect(session.run.getState()).toEqual(plain.run.getState());
  });

  it('ends where the reader opens another recorded run, which stays', async () => {
    const session = pageWithPlace();
    const lessons = lessonsOn(session);
    await lessons.open('group');
    const other = runRecord(7);
    session.showRecorded(other);
    expect(lessons.store.getState().open).toBeNull();
    expect(session.run.getState()).toMatchObject({ recorded: other, source: 'recorded', position: 0 });
    expect(session.stage.getState().view).toBe('compare');
  });

  it('gives back a live run that went on meanwhile at its newest update, or at the place where the reader was', async () => {
    for (const isFollowing of [true, false]) {
      const session = createSession(null);
      session.showRecorded(runRecord(2));
      session.run.setState({ live: { header: HEADER, names: NAMES, updates: [updateRecord(1), updateRecord(2)] }, source: 'live', position: 1, isFollowing });
      const lessons = lessonsOn(session);
      await lessons.open('group');
      const { live } = session.run.getState();
      session.run.setState({ live: { ...live!, updates: [...live!.updates, updateRecord(3)] } });
      expect(session.run.getState().source).toBe('recorded');
      lessons.leave();
      expect(session.run.getState()).toMatchObject({ source: 'live', position: isFollowing ? 2 : 1, isFollowing });
      expect(session.run.getState().live!.updates).toHaveLength(3);
    }
  });

  it('trains with the recipe of its recording and leaves the page on that run', async () => {
    const client = playedClient();
    const session = createSession(client);
    client.emit('', { kind: 'catalogue', catalogue: CATALOGUE });
    client.emit('', { kind: 'backend', backend: 'cpu', adapter: '' });
    session.showRecorded(runRecord(2));
    const lessons = lessonsOn(session, { canTrain: session.canTrain, train: (configuration) => session.lessons.store.setState({ done: [configuration.method] }) });
    await lessons.open('process');
    lessons.tryLive();
    expect(session.lessons.store.getState().done).toEqual(['pure']);
    expect(openedOf(lessons).isLive).toBe(true);
    expect(session.run.getState().recorded).toEqual(runRecord(2));
    session.run.setState({ live: { header: HEADER, names: NAMES, updates: [updateRecord(1)] }, source: 'live', position: 0, isFollowing: true });
    lessons.leave();
    expect(session.run.getState()).toMatchObject({ source: 'live', position: 0, isFollowing: true });
  });

  it('starts that run in the worker, with nothing else in the setup', async () => {
    const client = playedClient();
    const session = createSession(client);
    client.emit('', { kind: 'catalogue', catalogue: CATALOGUE });
    client.emit('', { kind: 'backend', backend: 'cpu', adapter: '' });
    session.lessons.store.setState({ open: { lesson: LESSONS[4]!, material: await shippedMaterial(LESSONS[4]!.recordings), failure: null, step: 0, guesses: {}, met: [], isCollapsed: false, isLive: false } });
    session.lessons.tryLive();
    const start = client.sent.map(({ command }) => command).find(({ kind }) => kind === 'start');
    expect(start).toMatchObject({ configuration: { method: 'pure', methodParameters: { credit: 'sum' }, critic: { falseNegative: 1 } } });
    expect(session.configuration.getState()).toMatchObject({ configuration: (start as { configuration: typeof CONFIGURATION }).configuration, drafts: {}, errors: {} });
  });

  it('says why where its recording does not come', async () => {
    const session = pageWithPlace();
    const before = stateOf(session);
    const lessons = createLessons({ run: session.run, stage: session.stage, compare: session.compare, bookmarks: session.bookmarks.store, whatIf: session.whatIf.store, train: () => {}, canTrain: () => false, pauseReplay: () => {} }, () => Promise.reject(new Error('the server answered 404')));
    await lessons.open('group');
    expect(openedOf(lessons).failure).toBe('the server answered 404');
    lessons.next();
    lessons.leave();
    expect(stateOf(session)).toEqual(before);
  });
});

describe('lessons that were done', () => {
  const storageOf = (held: string | null): { text: string | null; getItem(): string | null; setItem(name: string, text: string): void } => ({ text: held, getItem() { return this.text; }, setItem(_, text) { this.text = text; } });

  it('are remembered once each, whether finished or left', async () => {
    const storage = storageOf(null);
    const session = pageWithPlace();
    const lessons = lessonsOn(session);
    lessons.remember(storage);
    for (const id of ['group', 'judge', 'group']) {
      await lessons.open(id);
      lessons.leave();
    }
    expect(readDone(storage)).toEqual(['group', 'judge']);
  });

  it.each([['null'], ['{"a":1}'], ['[1,{},"a b","<x>"]'], ['not json'], [JSON.stringify('x'.repeat(50))]])('a storage that holds %s remembers none', (held) => {
    expect(readDone(storageOf(held))).toEqual([]);
  });

  it('a storage that refuses changes nothing but that', async () => {
    const refuse = (): never => { throw new Error('refused'); };
    const lessons = lessonsOn(pageWithPlace());
    lessons.remember({ getItem: refuse, setItem: refuse });
    await lessons.open('group');
    lessons.leave();
    expect(lessons.store.getState()).toMatchObject({ open: null, done: ['group'] });
  });
});

// Plays a lesson: borrows the page, takes it from step to step, hears guesses, and gives everything back. A reader who goes elsewhere
// meanwhile (another phase, problem, view, update) is left alone: the card folds until they come back to it.

import { sentence } from '../workers/sentence';
import type { RunConfiguration } from '../lab/configuration';
import { LESSONS } from '../lessons';
import type { LessonStep } from '../lessons/lesson';
import { OPENING_PLACE } from './compareStore';
import { readDone, writeDone } from './doneLessons';
import type { TextStorage } from './keptText';
import { fetchMaterial } from './lessonMaterial';
import { findToken, sceneOf, type LessonMaterial, type LessonScene } from './lessonScene';
import { restore, takeSnapshot, type BorrowedStores, type Snapshot } from './lessonSnapshot';
import { createLessonStore, patchAt, type Guess, type LessonStore, type OpenLesson } from './lessonStore';
import { writeOut } from './lessonText';
import { geometryOf, stepOf } from '../viz/creditGeometry';

export interface LessonHelp extends BorrowedStores {
  /** drops the live run and trains with this recipe */
  train(configuration: RunConfiguration): void;
  canTrain(): boolean;
  /** a recorded run that plays by itself would go on under the lesson */
  pauseReplay(): void;
}

export type Lessons = ReturnType<typeof createLessons>;

export function createLessons(help: LessonHelp, load: (recordings: readonly string[]) => Promise<LessonMaterial> = fetchMaterial) {
  const store: LessonStore = createLessonStore();
  let storage: TextStorage = null;
  let snapshot: Snapshot | null = null;
  /** true while the lesson itself changes the page */
  let isMoving = false;

  const unsubscribe = [help.run.subscribe(hearRun), help.stage.subscribe(hearElsewhere), help.compare.subscribe(hearCompare)];

  /** Remembers from now on which lessons were done, where the browser lets it. */
  function remember(given: TextStorage): void {
    storage = given;
    store.setState({ done: readDone(storage) });
  }

  async function open(id: string): Promise<void> {
    const lesson = LESSONS.find((one) => one.id === id);
    if (lesson === undefined) return;
    leave();
    help.pauseReplay();
    snapshot = takeSnapshot(help);
    const opened: OpenLesson = { lesson, material: null, failure: null, step: 0, guesses: {}, met: [], isCollapsed: false, isLive: false };
    store.setState({ open: opened, isListOpen: false });
    const isStillOpen = (): boolean => store.getState().open?.lesson === lesson && store.getState().open?.material === null;
    try {
      const material = await load(lesson.recordings);
      if (isStillOpen()) {
        update({ material });
        move();
      }
    } catch (error) {
      if (isStillOpen()) update({ failure: sentence(error) });
    }
  }

  function update(change: Partial<OpenLesson>): void {
    const { open: opened } = store.getState();
    if (opened !== null) store.setState({ open: { ...opened, ...change } });
  }

  /** Takes the page to the step that is open. */
  function move(): void {
    const { open: opened } = store.getState();
    const scene = opened === null ? undefined : sceneNow(opened);
    if (opened === null || scene === undefined || opened.isLive) return;
    const { phase = 'update', channel = 'advantage', view = 'answers' } = patchAt(opened);
    const { run, position, problem, row, token, material } = scene;
    isMoving = true;
    try {
      help.run.setState({
        recorded: run, source: 'recorded', position, phase, isByPhase: false, isFollowing: false, problem, channel, scope: 'group', locked: null,
        selection: token === null ? null : { answer: row, token },
      });
      help.stage.setState({ view });
      if (view === 'compare') help.compare.setState({ ...OPENING_PLACE, wanted: null, shown: null, recorded: material.comparison, scaling: 'largest', problem, answer: row, token });
    } finally {
      isMoving = false;
    }
    const step = opened.lesson.steps[opened.step]!;
    if (step.completion.kind === 'read') meet(opened.step);
  }

  function meet(step: number): void {
    const { open: opened } = store.getState();
    if (opened !== null && !opened.met.includes(step)) update({ met: [...opened.met, step] });
  }

  function go(step: number): void {
    const { open: opened } = store.getState();
    if (opened === null || opened.material === null || step < 0) return;
    if (step >= opened.lesson.steps.length) return leave();
    update({ step, isCollapsed: false });
    move();
  }

  const next = (): void => go((store.getState().open?.step ?? 0) + 1);
  const back = (): void => go((store.getState().open?.step ?? 0) - 1);

  /** Back to the step, from wherever the reader went. */
  function resume(): void {
    update({ isCollapsed: false });
    move();
  }

  /** Leaving counts as done. */
  function leave(): void {
    const { open: opened, done } = store.getState();
    if (opened === null) return;
    if (snapshot !== null) giveBack(snapshot);
    const { id } = opened.lesson;
    const known = done.includes(id) ? done : [...done, id];
    store.setState({ open: null, done: known });
    writeDone(storage, known);
  }

  function giveBack(held: Snapshot): void {
    snapshot = null;
    isMoving = true;
    try {
      restore(help, held);
    } finally {
      isMoving = false;
    }
  }

  /** The token that the reader picked on the stage, in the answer spoken of; the card asks whether that is the guess. */
  function candidate(): number | null {
    const { open: opened } = store.getState();
    const scene = opened === null ? undefined : sceneNow(opened);
    const { selection } = help.run.getState();
    return scene === undefined || selection === null || selection.answer !== scene.row ? null : selection.token;
  }

  function guessToken(): void {
    const token = candidate();
    const { open: opened } = store.getState();
    const scene = opened === null ? undefined : sceneNow(opened);
    const asked = opened?.lesson.steps[opened.step]?.prediction;
    if (token === null || scene === undefined || asked?.kind !== 'token') return;
    const target = findToken(asked.target, scene.update, scene.run, scene.answer, scene.material);
    const stepAt = (at: number): number => stepOf(geometryOf(scene.update), { answer: scene.answer, token: at });
    reveal({ kind: 'token', token, isRight: token === target || (asked.wholeStep && stepAt(token) === stepAt(target)) });
  }

  function guessOption(option: number): void {
    const { open: opened } = store.getState();
    const asked = opened?.lesson.steps[opened.step]?.prediction;
    if (opened === null || asked?.kind !== 'choice' || asked.options[option] === undefined) return;
    const right = rightOptions(opened);
    if (right !== undefined) reveal({ kind: 'choice', option, isRight: right[option]! });
  }

  function reveal(guess: Guess): void {
    const { open: opened } = store.getState();
    // the first guess counts
    if (opened === null || opened.guesses[opened.step] !== undefined) return;
    update({ guesses: { ...opened.guesses, [opened.step]: guess }, isCollapsed: false });
    meet(opened.step);
    move();
  }

  /** Trains here with the recipe of the lesson's recording. The page is the reader's again. */
  function tryLive(): void {
    const { open: opened } = store.getState();
    const recorded = opened?.material?.runs.get(opened.lesson.live.run);
    if (opened === null || recorded === undefined || !help.canTrain()) return;
    if (snapshot !== null) giveBack(snapshot);
    update({ isLive: true, isCollapsed: false });
    help.train(recorded.header.configuration);
  }

  function hearRun(state: ReturnType<BorrowedStores['run']['getState']>, before: typeof state): void {
    const { open: opened } = store.getState();
    if (isMoving || opened === null || opened.isLive || snapshot === null || opened.material === null) {
      // a recorded run that comes while the lesson is on its way is what is under it
      if (!isMoving && opened !== null && snapshot !== null && state.recorded !== before.recorded) snapshot = { ...snapshot, run: { ...state, live: snapshot.run.live } };
      return;
    }
    if (state.recorded !== before.recorded) return hearAnotherRun(state);
    if (state.selection !== before.selection && state.selection !== null && stepNow(opened).completion.kind === 'selected') meet(opened.step);
    const elsewhere = (['source', 'position', 'phase', 'problem', 'channel', 'scope', 'locked'] as const).some((name) => state[name] !== before[name]);
    if (elsewhere && !opened.isCollapsed) update({ isCollapsed: true });
  }

  /** The page's own recorded run came late: it is under the lesson. One that the reader opened instead ends the lesson. */
  function hearAnotherRun(state: ReturnType<BorrowedStores['run']['getState']>): void {
    const wasEmpty = snapshot!.run.recorded === null;
    const { recorded, position, phase, problem } = state;
    snapshot = { ...snapshot!, run: { ...snapshot!.run, recorded, position, phase, problem, ...(!wasEmpty && { source: 'recorded', selection: null }) } };
    if (wasEmpty) move();
    else leave();
  }

  function hearElsewhere(): void {
    const { open: opened } = store.getState();
    if (!isMoving && opened !== null && !opened.isLive && opened.material !== null && !opened.isCollapsed) update({ isCollapsed: true });
  }

  function hearCompare(state: ReturnType<BorrowedStores['compare']['getState']>, before: typeof state): void {
    if (state.problem !== before.problem || state.answer !== before.answer || state.shown !== before.shown) hearElsewhere();
  }

  function showList(isListOpen: boolean): void {
    store.setState({ isListOpen });
  }

  function dispose(): void {
    for (const one of unsubscribe) one();
  }

  return { store, remember, open, next, back, go, resume, leave, candidate, guessToken, guessOption, tryLive, canTrain: help.canTrain, showList, dispose };
}

const stepNow = ({ lesson, step }: OpenLesson): LessonStep => lesson.steps[step]!;

/** The records behind the step that is open; undefined while they are on their way, or where they lack what the step speaks of. */
export function sceneNow(opened: Pick<OpenLesson, 'lesson' | 'step' | 'guesses' | 'material'>): LessonScene | undefined {
  return opened.material === null ? undefined : sceneOf(opened.material, patchAt(opened));
}

/** Which options of the step's question are right; undefined where there is no such question. */
export function rightOptions(opened: Pick<OpenLesson, 'lesson' | 'step' | 'guesses' | 'material'>): readonly boolean[] | undefined {
  const asked = opened.lesson.steps[opened.step]?.prediction;
  // what is asked for is worked out where it is revealed
  const scene = asked?.kind === 'choice' && opened.material !== null ? sceneOf(opened.material, { ...patchAt(opened), ...asked.reveals }) : undefined;
  if (asked?.kind !== 'choice' || scene === undefined) return undefined;
  const target = writeOut(asked.target, scene);
  return asked.options.map(({ is }) => writeOut(is, scene) === target);
}

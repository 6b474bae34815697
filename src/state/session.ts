// Ties the stores to the worker: what the transport's buttons do, and what each event of the worker changes.
// In a recorded run, and in the past of a live one, steps move through what is recorded; at the newest update of a live
// run (or past the end of a recording) they make the worker go on. Going back never un-trains anything.

import type { RunRecord, UpdateRecord } from '../lab/record';
import type { CommandBody, TrainingClient, TrainingEvent } from '../workers/protocol';
import { createRunFileClient } from '../workers/runFileClient';
import { MOST_RECORDS_KEPT, NO_RUN } from '../workers/protocol';
import { acceptCatalogue, adoptConfiguration, createConfigurationStore, followRecorded } from './configurationStore';
import { createBookmarks } from './bookmarks';
import { createCompareStore } from './compareStore';
import { createComparing } from './comparing';
import { createFileDesk } from './fileDesk';
import { createGoBack } from './goBack';
import { createInterventions, latestConfiguration } from './interventions';
import { createJudgeDesk } from './judgeDesk';
import { createKeyStore } from './keyStore';
import { createLinkStore } from './link/linkStore';
import { addPhase, addUpdates, openLiveRun, rollBack } from './liveRun';
import { createPace, tellPause } from './pace';
import { createPlace } from './place';
import { createReplay } from './replay';
import { createRunFiles } from './runFiles';
import { createRunStore, openingProblem } from './runStore';
import { createSetupPanelStore } from './setupPanel';
import { createStageStore } from './stageStore';
import { createOpeningStore } from './openingStore';
import { createThemeStore } from './themeStore';
import { createSavedStore } from './savedStore';
import { createStateRequest } from './stateRequest';
import { createTakeover, type RunWish } from './takeover';
import { createLessons } from './lessonPlayer';
import { createWhatIf } from './whatIf';
import { createTrainingStore, isBusy, isPlaying } from './trainingStore';

export type Session = ReturnType<typeof createSession>;

export function createSession(client: TrainingClient | null, noClientReason = 'Training is not available here.', now = () => performance.now(), runFileClient = createRunFileClient()) {
  const run = createRunStore();
  const place = createPlace(run);
  const bookmarks = createBookmarks(run, place);
  const whatIf = createWhatIf(run);
  // the page's own, which training knows nothing of
  const [stage, opening, keys, theme, setupPanel] = [createStageStore(), createOpeningStore(), createKeyStore(), createThemeStore(), createSetupPanelStore()];
  const training = createTrainingStore();
  const pace = createPace((body) => client?.send(runId, body));
  const replay = createReplay(run, place, training, pace);
  const configuration = createConfigurationStore();
  const saved = createSavedStore();
  const link = createLinkStore();
  const files = createFileDesk((name, error) => runFiles.refuse(name, error));
  const compare = createCompareStore();
  const judge = createJudgeDesk((body) => client?.send(runId, body), (body) => {
    if (training.getState().status.kind === 'paused') command(body);
  }, () => (configuration.getState().applied ?? configuration.getState().configuration)?.critic);
  const lessons = createLessons({
    run, stage, compare, bookmarks: bookmarks.store, whatIf: whatIf.store, canTrain,
    pauseReplay: () => { if (training.getState().status.kind === 'replaying') replay.stop(); },
    train(chosen) {
      reset();
      configuration.setState({ configuration: chosen, drafts: {}, errors: {} });
      start({ kind: 'play' });
    },
  });
  const interventions = createInterventions({ run, training, configuration, whatIf, send: (body) => client?.send(runId, body) });
  const goBack = createGoBack({ run, training, configuration, beginAnew: () => { reset(); start(null); }, goOn: (body, shown) => { queued = null; sendNew(body, shown); } });
  let runId = NO_RUN;
  /** the run whose header came last: the live one on the page */
  let openedRun = NO_RUN;
  let startedRuns = 0;
  /** what to ask for when the worker is ready */
  let queued: CommandBody | null = null;
  /** name under which the browser keeps the live run */
  let keptAs: string | undefined;
  /** what the live run came from */
  let wished: RunWish | null = null;
  /** records of the run that goes on, which the page has already */
  let carried: readonly UpdateRecord[] | undefined;
  const takeover = createTakeover(training, configuration, now);
  const stateRequest = createStateRequest(() => client?.send(runId, { kind: 'exportState' }));
  const comparing = createComparing({
    compare, run, training, canTrain, start, send: (body) => client?.send(runId, body),
    takeBack: () => {
      const isWaiting = queued?.kind === 'compare';
      if (isWaiting) queued = null;
      return isWaiting;
    },
  });

  const runFiles = createRunFiles({
    run, client: runFileClient,
    askState: async () => {
      const { status } = training.getState();
      if (client === null || run.getState().live === null || status.kind === 'stopped' || status.kind === 'preparing') return null;
      return stateRequest.ask();
    },
    show: (file) => {
      replay.stop();
      // the page's first question is about another run
      opening.setState({ isOpen: false });
      showRecorded(file);
      chooseSource('recorded');
      followRecorded(configuration, file.header.configuration);
    },
  });

  if (client === null) training.setState({ backend: { kind: 'replay', adapter: '', reason: noClientReason } });
  const unsubscribe = client?.subscribe((event) => receive(event));

  function receive(event: TrainingEvent): void {
    if (event.run !== runId && event.run !== NO_RUN) return;
    switch (event.kind) {
      case 'catalogue': {
        // a second worker's is the same, and the setup may have been changed since
        if (configuration.getState().catalogue === null) acceptCatalogue(configuration, event.catalogue);
        return judge.open(event.catalogue);
      }
      case 'backend': return training.setState({ backend: { kind: event.backend, adapter: event.adapter, threads: event.threads, reason: event.reason, lack: event.lack } });
      case 'preparing': return training.setState({ status: { kind: 'preparing', done: event.done, total: event.total } });
      case 'savedRuns': return saved.setState({ runs: event.runs });
      case 'header': return receiveHeader(event);
      case 'phase': return receivePhase(event);
      case 'updates': return receiveUpdates(event);
      case 'paused': {
        const next = queued;
        queued = null;
        if (event.kept !== undefined) saved.setState({ kept: event.kept });
        keptAs = event.keptAs;
        judge.rest();
        training.setState({ status: { kind: 'paused' }, running: null, canGoBackTo: event.canGoBackTo ?? [] });
        if (next !== null) command(next);
        return;
      }
      case 'state': return stateRequest.hear(event);
      case 'intervened': return interventions.intervened(event.header);
      case 'profile': return training.setState({ profile: event.profile });
      case 'comparing':
      case 'compared':
      case 'comparisonEnded': return comparing.hear(event);
      case 'judging':
      case 'judgeStopped': return judge.hear(event);
      case 'rolledBack': return receiveRollback(event);
      case 'crashed': return receiveCrash(event.message);
      case 'stopped':
        queued = null;
        comparing.abandon(event.message);
        return training.setState({ status: { kind: 'stopped', reason: event.reason, message: event.message }, running: null, canGoBackTo: event.canGoBackTo ?? [] });
      case 'error': return receiveError(event.message);
      default: return event satisfies never;
    }
  }

  function receiveHeader(event: Extract<TrainingEvent, { kind: 'header' }>): void {
    const { past } = event;
    const shown = takeover.complete(event.header, past?.lines.length);
    if (shown === undefined && past !== undefined) adoptConfiguration(configuration, latestConfiguration(event.header));
    openLiveRun(run, event, shown ?? carried);
    openedRun = runId;
  }

  function receivePhase(event: Extract<TrainingEvent, { kind: 'phase' }>): void {
    training.setState({ running: { update: event.update, phase: event.phase } });
    judge.rest();
    addPhase(run, event);
  }

  function receiveUpdates(event: Extract<TrainingEvent, { kind: 'updates' }>): void {
    if (run.getState().live === null) return;
    training.setState({ running: { update: event.records.at(-1)!.line.update, phase: 'update' }, canGoBackTo: event.canGoBackTo ?? [] });
    judge.rest();
    if (event.kept !== undefined) saved.setState({ kept: event.kept });
    keptAs = event.keptAs;
    addUpdates(run, event.records);
  }

  /** The engine is back at a committed update, and tells what happened. */
  function receiveRollback(event: Extract<TrainingEvent, { kind: 'rolledBack' }>): void {
    training.setState({ notice: event.message, running: null });
    rollBack(run, event);
  }

  function receiveCrash(message: string): void {
    const { status } = training.getState();
    comparing.abandon(message);
    stateRequest.abandon();
    training.setState({ running: null, notice: message });
    if (wished === null || status.kind === 'stopped') return;
    const wasPlaying = status.kind === 'training' || queued?.kind === 'play';
    // one that was still being made ready is not the live run on the page
    const updates = (openedRun === runId ? run.getState().live?.updates : carried) ?? [];
    const body = takeover.begin(message, { wish: wished, keptAs, updates });
    queued = body !== null && wasPlaying ? { kind: 'play' } : null;
    if (body === null) return;
    judge.name();
    client?.send(runId, body);
  }

  /** An error leaves what is recorded on the screen; when nothing ever said where training runs, only replay is left. */
  function receiveError(message: string): void {
    queued = null;
    comparing.abandon(message);
    takeover.forget();
    const { backend, status } = training.getState();
    const isReady = run.getState().live !== null && status.kind !== 'preparing';
    // what could not be made ready is not asked for again
    if (!isReady) wished = null;
    training.setState({
      error: message, running: null,
      status: isReady ? { kind: 'paused' } : { kind: 'idle' },
      backend: backend.kind === 'unknown' ? { kind: 'replay', adapter: '', reason: message } : backend,
    });
  }

  function command(body: CommandBody): void {
    if (client === null) return;
    if (body.kind === 'play') training.setState({ status: { kind: 'training' } });
    if (body.kind === 'nextPhase' || body.kind === 'nextUpdate' || body.kind === 'profileUpdate') training.setState({ status: { kind: 'stepping' } });
    if (body.kind === 'pause') training.setState({ status: { kind: 'pausing' } });
    else judge.name(body);
    if (body.kind === 'play' && pace.getState().pauseMs > 0) tellPause(pace, (told) => client.send(runId, told));
    client.send(runId, body);
  }

  /** Asks the worker to go on, starting a run first when there is none. */
  function advance(body: CommandBody): void {
    const { status } = training.getState();
    if (isBusy(status) || status.kind === 'stopped' || !canTrain()) return;
    training.setState({ error: null });
    if (run.getState().live !== null && status.kind === 'paused') {
      place.followLive();
      command(body);
    } else {
      start(body);
    }
  }

  /** `then`: what it does when it is ready; null: it waits. */
  function start(then: CommandBody | null): void {
    const { configuration: chosen, errors } = configuration.getState();
    if (client === null || chosen === null) return;
    const problem = Object.values(errors)[0];
    if (problem !== undefined) {
      training.setState({ error: problem });
      comparing.abandon(problem);
      return;
    }
    queued = then;
    configuration.setState({ applied: chosen });
    sendNew({ kind: 'start', configuration: chosen });
  }

  /** Goes on with a run that the browser keeps; of one that another tab has open, with a copy. */
  function resume(id: string, isCopy = false): void {
    goOnWith({ kind: 'resume', id, ...(isCopy && { isCopy }) });
  }

  /** Goes on with the run file on screen. */
  function resumeFile(): void {
    const file = runFiles.openedFile();
    if (file?.state === undefined) return;
    goOnWith({ kind: 'resumeFile', state: file.state, records: file.updates.slice(-MOST_RECORDS_KEPT) }, file.updates);
  }

  function goOnWith(body: RunWish, shown?: readonly UpdateRecord[]): void {
    if (isBusy(training.getState().status) || !canTrain()) return;
    replay.stop();
    queued = null;
    configuration.setState({ applied: null });
    sendNew(body, shown);
  }

  function sendNew(body: RunWish, shown?: readonly UpdateRecord[]): void {
    runId = `run-${++startedRuns}`;
    forgetRun();
    [wished, carried] = [body, shown];
    training.setState({ status: { kind: 'preparing', done: 0, total: 0 } });
    judge.name();
    client?.send(runId, body);
  }

  /** Nothing of the run before holds any more. */
  function forgetRun(): void {
    saved.setState({ kept: null });
    [keptAs, wished, carried] = [undefined, null, undefined];
    stateRequest.abandon();
    training.setState({ error: null, running: null, notice: null, canGoBackTo: [] });
  }

  function canTrain(): boolean {
    return client !== null && configuration.getState().configuration !== null && training.getState().backend.kind !== 'replay';
  }

  function togglePlay(): void {
    const { status } = training.getState();
    if (status.kind === 'replaying') return replay.stop();
    if (status.kind === 'training') return command({ kind: 'pause' });
    if (canTrain()) return advance({ kind: 'play' });
    if (client === null || training.getState().backend.kind === 'replay') replay.start();
  }

  function nextPhase(): void {
    if (!place.stepPhase()) advance({ kind: 'nextPhase' });
  }

  function nextUpdate(): void {
    if (!place.stepUpdate()) advance({ kind: 'nextUpdate' });
  }

  /** Trains one update, wherever the reader is, with every kernel call timed. */
  function profileUpdate(): void {
    advance({ kind: 'profileUpdate' });
  }

  /** Drops the live run and shows the recorded one again. */
  function reset(): void {
    replay.stop();
    comparing.abandon('The run was reset.');
    if (client !== null && runId !== NO_RUN) client.send(runId, { kind: 'reset' });
    runId = NO_RUN;
    queued = null;
    configuration.setState({ applied: null });
    takeover.forget();
    forgetRun();
    training.setState({ status: { kind: 'idle' } });
    run.setState({ live: null, source: 'recorded', position: 0, phase: 'update', isFollowing: false, locked: null, problem: openingProblem(run.getState().recorded?.updates[0]) });
  }

  /** The live run with the setup's present values instead of those it was started with. */
  function restart(): void {
    // one that is still being prepared was to play as soon as it is ready
    const wasPlaying = isPlaying(training.getState().status) || queued?.kind === 'play';
    reset();
    start(wasPlaying ? { kind: 'play' } : { kind: 'nextUpdate' });
  }

  function showRecorded(record: RunRecord): void {
    const place = { position: 0, phase: 'update', problem: openingProblem(record.updates[0]) } as const;
    // at once: a link is opened as soon as there is a recorded run
    run.setState({ recorded: record, recordedFailure: null, ...(run.getState().source === 'recorded' && place) });
  }

  function chooseSource(source: 'recorded' | 'live'): void {
    if (source === 'live') return place.followLive();
    const { recorded } = run.getState();
    if (recorded !== null) run.setState({ source, position: 0, phase: 'update', isFollowing: false, problem: openingProblem(recorded.updates[0]) });
  }

  function dispose(): void {
    replay.stop();
    bookmarks.dispose();
    lessons.dispose();
    whatIf.dispose();
    unsubscribe?.();
    client?.dispose();
  }

  return {
    run, stage, opening, keys, theme, setupPanel, training, pace, configuration, saved, link, files, compare, judge, bookmarks, whatIf, interventions, goBack, lessons, show: place.show, showUpdate: place.showUpdate, showPlace: place.showPlace, togglePin: place.togglePin, clear: place.clear, back: place.back, followLive: place.followLive,
    runFiles, resume, resumeFile, forget: (id: string): void => client?.send(runId, { kind: 'forget', id }), togglePlay, nextPhase, nextUpdate, profileUpdate, reset, restart, showRecorded, chooseSource, canTrain, dispose, compareMethods: comparing.begin, cancelCompare: comparing.cancel,
  };
}

// The policy's worker: samples and trains. Thin: opens the device, fetches the policy, and hands commands to the host.
// The first message to a worker, before any command, says what the page's address asks to run on.

import type { ExecutorWish } from '../gpu/chooseExecutor';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { needsValueModel } from '../lab/phases/needs';
import { prepareRun, WATCHED_ANSWERS } from '../lab/prepareRun';
import { catalogue } from './catalogue';
import { CriticClient, type NamedNow } from './criticClient';
import { holdLifeline, lifelineCut } from './lifeline';
import type { Command } from './protocol';
import { RunKeeper } from './runKeeper';
import { SavedRuns } from './savedRuns';
import { TrainingHost } from './trainingHost';
import { fetchPolicyFile, openBackend } from './workerBackend';

const savedRuns = new SavedRuns({
  root: async () => {
    if (!isSecureContext) throw new Error('browsers keep files only for pages from https or localhost');
    return (await navigator.storage.getDirectory()).getDirectoryHandle('creditscope-runs', { create: true });
  },
  locks: navigator.locks,
  newId: () => crypto.randomUUID(),
});

addEventListener('message', ({ data: wish }: MessageEvent<ExecutorWish>) => {
  const critics = new CriticClient(() => {
    const worker = new Worker(new URL('./critic.worker.ts', import.meta.url), { type: 'module' });
    worker.postMessage(wish);
    return worker;
  }, lifelineCut, undefined, (progress) => host.judging(progress));
  let named: NamedNow = {};
  let conversations = 0;
  const host: TrainingHost = new TrainingHost({
    catalogue: catalogue(),
    post: (event, transfer) => postMessage(event, { transfer }),
    openBackend: (more) => openBackend(wish, more),
    keeper: new RunKeeper(savedRuns, () => performance.now()),
    prepare: async (run, configuration, executor, onProgress, resumed) => {
      // a run that was rolled back asks the same once more: late answers to the first time must not be taken for the second's
      const conversation = `${run}/${++conversations}`;
      return prepareRun({
        configuration, executor, makePolicy: makeEnginePolicy, files: (name) => fetchPolicyFile(configuration.policy, name),
        critic: critics.criticOf(conversation, configuration, () => named),
        values: needsValueModel(configuration) ? await critics.valuesOf(conversation, configuration, executor.kind, resumed) : undefined,
        watchedAnswers: WATCHED_ANSWERS, resumed, clock: () => performance.now() / 1000, onProgress,
      });
    },
    nameJudge: (now) => { named = now; },
    cancelJudging: () => critics.cancelCritique(),
    dropped: () => critics.dropValues(),
    close: () => close(),
    now: () => performance.now(),
  });
  addEventListener('message', ({ data }: MessageEvent<Command>) => host.receive(data));
}, { once: true });

holdLifeline(navigator.locks, (alive) => postMessage(alive));

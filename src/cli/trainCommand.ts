// `npm run lab -- train`: the same phases as in the page, headless. The first JSON line is the run's header, then one
// line an update.

import { closeSync, openSync, writeSync } from 'node:fs';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { prepareRun } from '../lab/prepareRun';
import type { UpdateLine } from '../lab/record';
import type { Run } from '../lab/run';
import { helpOf, parseArguments, textOf, wholeNumberOf } from './arguments';
import { EXECUTOR_OPTION, executorChoice, openExecutor } from './openExecutor';
import { callersPath, policyFiles, refuseUnwritable } from './places';
import { ProgressBar } from './progressBar';
import { configurationOf, RUN_OPTIONS } from './runOptions';

const OPTIONS = {
  ...RUN_OPTIONS,
  updates: { value: 'N', help: 'updates to run (60)' },
  json: { value: 'FILE', help: 'JSON lines go there; without it to the standard output' },
  executor: EXECUTOR_OPTION,
};
export const TRAIN_HELP = helpOf('train', OPTIONS);
const UPDATES = 60;

export async function trainCommand(args: readonly string[]): Promise<void> {
  const given = parseArguments(args, OPTIONS);
  const configuration = configurationOf(given);
  const updates = wholeNumberOf(given, 'updates', 0, 1_000_000) ?? UPDATES;
  const choice = executorChoice(given);
  const json = textOf(given, 'json');
  const path = json === undefined ? undefined : callersPath(json);
  if (path !== undefined) refuseUnwritable(path, '--json');
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

  const executor = await openExecutor(choice, say);
  const started = performance.now();
  const bar = new ProgressBar(updates);
  const run = await prepareRun({
    configuration, executor, makePolicy: makeEnginePolicy, files: policyFiles(configuration.policy), watchedAnswers: 0,
    clock: () => performance.now() / 1000,
    onProgress: (done, total) => bar.show(0, `preparing kernels ${done}/${total}`),
  });
  const file = path === undefined ? undefined : openSync(path, 'w');
  const emit = (line: object) => (file === undefined ? process.stdout.write(`${JSON.stringify(line)}\n`) : writeSync(file, `${JSON.stringify(line)}\n`));
  try {
    emit(run.header);
    const last = await runUpdates(run, updates, bar, emit);
    bar.clear();
    say(summary(run, last, (performance.now() - started) / 1000));
  } finally {
    bar.clear();
    if (file !== undefined) closeSync(file);
    executor.destroy();
  }
}

/** Resolves to the latest accuracy. */
async function runUpdates(run: Run, updates: number, bar: ProgressBar, emit: (line: UpdateLine) => void): Promise<number | undefined> {
  let accuracy = run.header.startAccuracy;
  for (let i = 0; i < updates; i++) {
    const { line } = await run.nextUpdate((done) => bar.show(i, `${done.phase}, accuracy ${percent(accuracy)}`));
    accuracy = line.accuracy ?? accuracy;
    emit(line);
  }
  return accuracy;
}

function summary({ header, updates }: Run, accuracy: number | undefined, seconds: number): string {
  const { method, seed, testProblems } = header.configuration;
  return `${method}, seed ${seed}: sampled accuracy on ${testProblems} held-out problems ${percent(header.startAccuracy)} before, ${percent(accuracy)} at the last test; ${updates} updates in ${seconds.toFixed(0)} s.`;
}

const percent = (share: number | undefined): string => (share === undefined ? '-' : `${(100 * share).toFixed(1)} %`);

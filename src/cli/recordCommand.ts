// `npm run lab -- record`: trains and writes a run file, which the page replays where there is no GPU.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeRunFile } from '../formats/runFile';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { needsValueModel } from '../lab/phases/needs';
import { prepareRun, WATCHED_ANSWERS } from '../lab/prepareRun';
import { Recorder } from '../lab/recorder';
import { engineValueCritic } from '../lab/valueCritic';
import { helpOf, parseArguments, textOf, wholeNumberOf } from './arguments';
import { EXECUTOR_OPTION, executorChoice, openExecutor, THREADS_OPTION } from './openExecutor';
import { callersPath, policyFiles, refuseUnwritable, RUNS } from './places';
import { ProgressBar } from './progressBar';
import { configurationOf, RUN_OPTIONS } from './runOptions';

const OPTIONS = {
  ...RUN_OPTIONS,
  updates: { value: 'N', help: 'updates to record (20)' },
  out: { value: 'FILE', help: `the run file (${RUNS}/default.json)` },
  executor: EXECUTOR_OPTION,
  threads: THREADS_OPTION,
};
export const RECORD_HELP = helpOf('record', OPTIONS);
const UPDATES = 20;

export async function recordCommand(args: readonly string[]): Promise<void> {
  const given = parseArguments(args, OPTIONS);
  const configuration = configurationOf(given);
  const updates = wholeNumberOf(given, 'updates', 1, 10_000) ?? UPDATES;
  const choice = executorChoice(given);
  const out = textOf(given, 'out');
  const path = out === undefined ? join(RUNS, 'default.json') : callersPath(out);
  refuseUnwritable(path, '--out');
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

  const executor = await openExecutor(choice, say);
  const valueExecutor = needsValueModel(configuration) ? await openExecutor(choice, () => {}) : undefined;
  const files = policyFiles(configuration.policy);
  const bar = new ProgressBar(updates);
  const run = await prepareRun({
    configuration, executor, makePolicy: makeEnginePolicy, files,
    values: valueExecutor && await engineValueCritic(valueExecutor, configuration, files),
    watchedAnswers: WATCHED_ANSWERS, clock: () => performance.now() / 1000,
  });
  const recorder = new Recorder(run.header, run.names);
  for (let i = 0; i < updates; i++) {
    bar.show(i, `accuracy ${run.header.startAccuracy?.toFixed(3)}`);
    recorder.add(await run.nextUpdate());
  }
  bar.clear();
  const text = writeRunFile(recorder.run());
  writeFileSync(path, text);
  say(`Wrote ${updates} updates to ${path} (${(text.length / 1024).toFixed(0)} KiB).`);
  executor.destroy();
  valueExecutor?.destroy();
}

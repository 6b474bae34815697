// `npm run lab -- train`: the same phases as in the page, headless. The first JSON line is the run's header, then one
// line an update. With --save the run's state is kept in a file, from which --resume goes on; the lines of a resumed run
// begin with those that the file holds, so that they are the whole run's.

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { writeRunState } from '../formats/runStateFile';
import type { ExecutorWish } from '../gpu/chooseExecutor';
import { NoDeviceError } from '../gpu/device';
import type { Executor } from '../gpu/executor';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { critiqueBy } from '../lab/phases/critique';
import { needsValueModel } from '../lab/phases/needs';
import { prepareRun } from '../lab/prepareRun';
import type { UpdateLine } from '../lab/record';
import type { Run } from '../lab/run';
import { openRunState, splitKernelChoice, type RunState } from '../lab/runState';
import { engineValueCritic } from '../lab/valueCritic';
import { taskFamily } from '../tasks';
import { helpOf, parseArguments, textOf, wholeNumberOf } from './arguments';
import { Interruption, nextTurn } from './interruption';
import { EXECUTOR_OPTION, executorChoice, openExecutor, THREADS_OPTION } from './openExecutor';
import { endpointOf, JUDGE_OPTIONS, modelOpener, withJudge } from './judgeOptions';
import { callersPath, policyFiles, refuseUnwritable, replaceFile } from './places';
import { ProgressBar } from './progressBar';
import { configurationOf, refuseContradictions, RUN_OPTIONS } from './runOptions';
import { UsageError } from './usageError';

const OPTIONS = {
  ...RUN_OPTIONS,
  updates: { value: 'N', help: 'updates to run, those before --resume included (60)' },
  json: { value: 'FILE', help: 'JSON lines go there; without it to the standard output' },
  save: { value: 'FILE', help: 'keeps the state there: each minute, after the last update, and on Ctrl-C' },
  resume: { value: 'FILE', help: 'goes on with the run saved there' },
  executor: EXECUTOR_OPTION,
  threads: THREADS_OPTION,
  ...JUDGE_OPTIONS,
};
export const TRAIN_HELP = helpOf('train', OPTIONS);
const UPDATES = 60;
const SAVE_EVERY_SECONDS = 60;
type Say = (sentence: string) => void;

export async function trainCommand(args: readonly string[]): Promise<void> {
  const parsed = parseArguments(args, OPTIONS);
  const endpoint = endpointOf(parsed, process.env);
  const given = withJudge(parsed, endpoint);
  const [json, save, resume] = ['json', 'save', 'resume'].map((name) => pathOf(textOf(given, name)));
  const resumed = resume === undefined ? undefined : openRunState(readState(resume), resume);
  if (resumed !== undefined) refuseContradictions(given, resumed.header.configuration, resume!);
  const configuration = resumed?.header.configuration ?? configurationOf(given);
  const updates = wholeNumberOf(given, 'updates', 0, 1_000_000) ?? UPDATES;
  if (resumed !== undefined && updates < resumed.lines.length) throw new UsageError(`the run in ${resume} is at update ${resumed.lines.length} already; --updates ${updates} is less`);
  if (configuration.critic.judge === 'endpoint' && endpoint === undefined) throw new UsageError('a judge behind an endpoint is named with --judge-url and --judge-model');
  const choice = executorChoice(given, resumed?.header.executor);
  if (json !== undefined) refuseUnwritable(json, '--json');
  if (save !== undefined) refuseUnwritable(save, '--save');
  if (json !== undefined && (json === save || json === resume)) throw new UsageError(`--json ${json} is also the file of the run's state`);
  const say: Say = (sentence) => process.stderr.write(`${sentence}\n`);

  const executor = await (resumed === undefined ? openExecutor(choice, say) : openAgain(resumed, choice, say));
  // the value model trains on a device of its own
  const valueChoice = resumed && splitKernelChoice(resumed.kernelChoice).values;
  const valueExecutor = needsValueModel(configuration) ? await openExecutor(choice, () => {}, valueChoice) : undefined;
  const started = performance.now();
  const bar = new ProgressBar(updates);
  // without a file to save to, a signal ends the process as ever
  const interruption = save === undefined ? undefined : new Interruption((signal) => {
    bar.clear();
    say(`${signal}: stops after the current update and saves it. A second one ends at once.`);
  });
  try {
    const files = policyFiles(configuration.policy);
    const open = modelOpener(given);
    const task = taskFamily(configuration.task).create(configuration.taskOptions);
    const run = await prepareRun({
      ...((configuration.critic.judge ?? 'exact') !== 'exact' && {
        critic: (sample, update) => critiqueBy(task, configuration, update, sample, {
          endpoint, open, onProgress: ({ done, total, missing }) => bar.show(update - 1, `critique ${done}/${total}${missing > 0 ? `, ${missing} missing` : ''}`),
        }),
      }),
      configuration, executor, makePolicy: makeEnginePolicy, files, watchedAnswers: 0, resumed,
      values: valueExecutor && await engineValueCritic(valueExecutor, configuration, files, resumed),
      clock: () => performance.now() / 1000,
      onProgress: (done, total) => bar.show(0, `preparing kernels ${done}/${total}`),
    });
    const file = json === undefined ? undefined : openSync(json, 'w');
    try {
      const emit = (line: object) => (file === undefined ? process.stdout.write(`${JSON.stringify(line)}\n`) : writeSync(file, `${JSON.stringify(line)}\n`));
      const lines = [...(resumed?.lines ?? [])];
      emit(run.header);
      lines.forEach(emit);
      const keep = save === undefined ? undefined : async () => replaceFile(save, writeRunState(await run.state(lines, executor.kernelChoice)));
      await runUpdates(run, updates, { lines, bar, emit, keep, isStopped: () => interruption?.exitCode !== undefined });
      bar.clear();
      if (save !== undefined) say(`The run after update ${run.updates} is in ${save}.`);
      say(summary(run, latestAccuracy(run, lines), (performance.now() - started) / 1000));
      if (run.updates < updates && interruption?.exitCode !== undefined) process.exitCode = interruption.exitCode;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  } finally {
    bar.clear();
    interruption?.release();
    executor.destroy();
    valueExecutor?.destroy();
  }
}

const pathOf = (text: string | undefined): string | undefined => (text === undefined ? undefined : callersPath(text));

function readState(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new UsageError(`--resume ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where the run was before, unless another executor is asked for; with the kernels chosen then. */
async function openAgain({ header, lines, kernelChoice }: RunState, choice: ExecutorWish, say: Say): Promise<Executor> {
  const executor = await openExecutor(choice, say, splitKernelChoice(kernelChoice).policy).catch((error: unknown) => {
    if (!(error instanceof NoDeviceError) || header.executor !== 'webgpu') throw error;
    throw new Error(`${error.message} The run was saved on WebGPU (${header.adapter}); with --executor cpu it goes on here.`);
  });
  if (executor.kind !== header.executor || executor.description !== header.adapter) {
    say(`Updates 1 to ${lines.length} were made on ${header.adapter} (${header.executor}). From here on the numbers may differ in their last bits from those of a run that never left it.`);
  }
  return executor;
}

interface Progress {
  /** of the updates so far; grows */
  readonly lines: UpdateLine[];
  readonly bar: ProgressBar;
  readonly emit: (line: UpdateLine) => void;
  /** writes the state */
  readonly keep?: () => Promise<void>;
  readonly isStopped: () => boolean;
}

async function runUpdates(run: Run, updates: number, { lines, bar, emit, keep, isStopped }: Progress): Promise<void> {
  let keptAt = performance.now();
  await nextTurn();
  while (run.updates < updates && !isStopped()) {
    const accuracy = percent(latestAccuracy(run, lines));
    const { line } = await run.nextUpdate(({ phase }) => bar.show(lines.length, `${phase}, accuracy ${accuracy}`));
    lines.push(line);
    emit(line);
    await nextTurn();
    if (performance.now() - keptAt < 1000 * SAVE_EVERY_SECONDS) continue;
    await keep?.();
    keptAt = performance.now();
  }
  await keep?.();
}

const latestAccuracy = ({ header }: Run, lines: readonly UpdateLine[]): number | undefined =>
  lines.findLast(({ accuracy }) => accuracy !== null)?.accuracy ?? header.startAccuracy;

function summary({ header, updates }: Run, accuracy: number | undefined, seconds: number): string {
  const { method, seed, testProblems } = header.configuration;
  return `${method}, seed ${seed}: sampled accuracy on ${testProblems} held-out problems ${percent(header.startAccuracy)} before, ${percent(accuracy)} at the last test; ${updates} updates in ${seconds.toFixed(0)} s.`;
}

const percent = (share: number | undefined): string => (share === undefined ? '-' : `${(100 * share).toFixed(1)} %`);

// `npm run lab -- record-lessons`: trains the runs of src/lab/lessonRuns.ts and writes the files that lessons are played on. No clock is
// read and no machine is named, so the same recipes give the same bytes.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LESSON_FORMAT, writeLessonFile, type LessonRun, type SeedSummary } from '../formats/lessonFile';
import type { ExecutorWish } from '../gpu/chooseExecutor';
import { LESSON_FILES, type LessonFileRecipe, type LessonRunRecipe } from '../lab/lessonRuns';
import type { RunConfiguration } from '../lab/configuration';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { needsValueModel } from '../lab/phases/needs';
import { prepareRun, WATCHED_ANSWERS } from '../lab/prepareRun';
import type { UpdateRecord } from '../lab/record';
import type { Run } from '../lab/run';
import { summariseAnswers } from '../lab/summariseAnswers';
import { engineValueCritic } from '../lab/valueCritic';
import { helpOf, parseArguments, textOf } from './arguments';
import { openExecutor, THREADS_OPTION, threadsOf } from './openExecutor';
import { callersPath, policyFiles, refuseUnwritable, RUNS } from './places';
import { ProgressBar } from './progressBar';
import { UsageError } from './usageError';

const OPTIONS = {
  only: { value: 'NAMES', help: `with commas (${LESSON_FILES.map(({ name }) => name).join(',')})` },
  out: { value: 'FOLDER', help: `where they go (${RUNS})` },
  threads: THREADS_OPTION,
};
export const RECORD_LESSONS_HELP = helpOf('record-lessons', OPTIONS);

type Step = (sentence: string) => void;

export async function recordLessonsCommand(args: readonly string[]): Promise<void> {
  const given = parseArguments(args, OPTIONS);
  const wanted = textOf(given, 'only')?.split(',') ?? LESSON_FILES.map(({ name }) => name);
  const files = wanted.map((name) => {
    const found = LESSON_FILES.find((one) => one.name === name);
    if (found === undefined) throw new UsageError(`--only ${name}: known are ${LESSON_FILES.map((one) => one.name).join(', ')}`);
    return found;
  });
  const out = textOf(given, 'out');
  const folder = out === undefined ? RUNS : callersPath(out);
  const pathOf = ({ name }: LessonFileRecipe): string => join(folder, `${name}.json`);
  for (const file of files) refuseUnwritable(pathOf(file), '--out');
  const total = files.flatMap(({ runs }) => runs).reduce((sum, { updates, otherSeeds }) => sum + updates * (1 + otherSeeds.length), 0);
  const bar = new ProgressBar(total);
  let done = 0;
  const step: Step = (sentence) => bar.show(done++, sentence);
  try {
    for (const file of files) {
      const text = await recordLessonFile(file, { executor: 'cpu', threads: threadsOf(given) }, step);
      writeFileSync(pathOf(file), text);
      bar.clear();
      process.stderr.write(`Wrote ${file.runs.map(({ name }) => name).join(', ')} to ${pathOf(file)} (${(text.length / 1024).toFixed(0)} KiB, ${(gzipSync(text).length / 1024).toFixed(0)} KiB as gzip).\n`);
    }
  } finally {
    bar.clear();
  }
}

export async function recordLessonFile(file: LessonFileRecipe, wish: ExecutorWish, step: Step): Promise<string> {
  const runs: LessonRun[] = [];
  for (const recipe of file.runs) runs.push(await recordRun(recipe, wish, step));
  return writeLessonFile({ format: LESSON_FORMAT, command: `npm run lab -- record-lessons --only ${file.name}`, sharesAnswers: file.sharesAnswers, runs });
}

async function recordRun({ name, configuration, updates, keep, otherSeeds }: LessonRunRecipe, wish: ExecutorWish, step: Step): Promise<LessonRun> {
  const kept: UpdateRecord[] = [];
  const past: UpdateRecord['line'][] = [];
  const seeds: SeedSummary[] = [];
  let whole: Pick<Run, 'header' | 'names'> | undefined;
  for (const seed of [configuration.seed, ...otherSeeds]) {
    const isFirst = seed === configuration.seed;
    const summaries: SeedSummary['updates'][number][] = [];
    const run = await train({ ...configuration, seed }, wish, isFirst ? WATCHED_ANSWERS : 0, updates, (record) => {
      step(`${name}, seed ${seed}`);
      summaries.push(summariseAnswers(record));
      if (!isFirst) return;
      past.push(record.line);
      if (keep.includes(record.line.update)) kept.push(record);
    });
    if (isFirst) whole = run;
    seeds.push({ seed, startAccuracy: run.header.startAccuracy ?? Number.NaN, updates: summaries });
  }
  const { header, names } = whole!;
  return { name, seeds, run: { header, names, updates: kept, ...(kept.length < past.length && { past }) } };
}

async function train(configuration: RunConfiguration, wish: ExecutorWish, watchedAnswers: number, updates: number, take: (record: UpdateRecord) => void): Promise<Pick<Run, 'header' | 'names'>> {
  const executor = await openExecutor(wish, () => {});
  const valueExecutor = needsValueModel(configuration) ? await openExecutor(wish, () => {}) : undefined;
  try {
    const files = policyFiles(configuration.policy);
    const run = await prepareRun({
      configuration, executor, makePolicy: makeEnginePolicy, files, watchedAnswers, clock: () => 0,
      values: valueExecutor && await engineValueCritic(valueExecutor, configuration, files),
    });
    for (let i = 0; i < updates; i++) take(await run.nextUpdate());
    return run;
  } finally {
    executor.destroy();
    valueExecutor?.destroy();
  }
}

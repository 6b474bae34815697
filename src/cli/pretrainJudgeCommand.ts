// `npm run lab -- pretrain-judge`: makes the language model that judges by default, public/models/judge. It is taught to write critiques
// of answers whose wrong steps the exact checker knows, then measured as it will be used: its files, opened by transformers.js, judge
// answers to held-out problems. Same seed, executor and adapter: same bytes.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BUILT_IN_FOLDER } from '../critics/builtInJudge';
import { ACCURACY_FILE, writeJudgeAccuracy } from '../formats/judgeAccuracy';
import { MODEL_FILE } from '../formats/onnx/modelFolder';
import type { Executor } from '../gpu/executor';
import { initialWeights } from '../lab/initialWeights';
import { judgedTasks } from '../lab/judgeTraining/judgedTasks';
import { JUDGE_CONFIG, judgeFolder } from '../lab/judgeTraining/judgeModel';
import { lessonBatch, LONGEST_CRITIQUE, LONGEST_PROMPT, type Subject } from '../lab/judgeTraining/lessons';
import { writtenAnswers } from '../lab/judgeTraining/writtenAnswers';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { teachBatch } from '../lab/teach';
import { helpOf, parseArguments, textOf, wholeNumberOf } from './arguments';
import { measureFolder } from './measureJudge';
import { EXECUTOR_OPTION, executorChoice, openExecutor, THREADS_OPTION } from './openExecutor';
import { callersPath, MODELS, policyFiles, readyFolder } from './places';
import { ProgressBar } from './progressBar';

const STEPS = 2600;
const BATCH = 32;
const WRITTEN = 512;
const MEASURED = 256;
const SAY_EVERY = 100;

const OPTIONS = {
  steps: { value: 'N', help: `batches of ${BATCH} critiques (${STEPS})` },
  written: { value: 'N', help: `answers that each policy writes for its lessons (${WRITTEN})` },
  measured: { value: 'N', help: `held-out answers of each policy that it is measured on (${MEASURED}); 0 = none` },
  seed: { value: 'N', help: 'seed of weights and lessons (1)' },
  out: { value: 'DIR', help: `folder to write (${MODELS}/${BUILT_IN_FOLDER})` },
  // the processor computes the same everywhere, so that everyone gets the same judge
  executor: { ...EXECUTOR_OPTION, help: 'where it runs (cpu)' },
  threads: THREADS_OPTION,
};
export const PRETRAIN_JUDGE_HELP = helpOf('pretrain-judge', OPTIONS);

export async function pretrainJudgeCommand(args: readonly string[]): Promise<void> {
  const given = parseArguments(args, OPTIONS);
  const steps = wholeNumberOf(given, 'steps', 1, 1_000_000) ?? STEPS;
  const written = wholeNumberOf(given, 'written', 0, 1_000_000) ?? WRITTEN;
  const measured = wholeNumberOf(given, 'measured', 0, 100_000) ?? MEASURED;
  const seed = wholeNumberOf(given, 'seed', 0, 2 ** 32 - 1) ?? 1;
  const out = textOf(given, 'out');
  const folder = out === undefined ? join(MODELS, BUILT_IN_FOLDER) : callersPath(out);
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

  const choice = executorChoice(given, 'cpu');
  readyFolder(folder, '--out');
  const executor = await openExecutor(choice, say);
  const bar = new ProgressBar(steps);
  const started = performance.now();
  const subjects = await subjectsWith(written, await openExecutor(choice, () => {}), seed);
  const model = await makeEnginePolicy(
    executor, JUDGE_CONFIG, { promptLength: LONGEST_PROMPT, answerLength: LONGEST_CRITIQUE, prompts: BATCH, answersPerPrompt: 1, microbatchAnswers: 0 },
    (done, total) => bar.show(0, `preparing kernels ${done}/${total}`),
  );
  model.loadWeights(initialWeights(JUDGE_CONFIG, seed));
  const settings = { steps, learningRate: 3e-3, warmupSteps: 100, leastRatio: 0.02 };
  let loss = 0;
  for (let step = 0; step < steps; step++) {
    loss += await teachBatch(model, lessonBatch(subjects, BATCH, seed, step), settings, step);
    const since = (step % SAY_EVERY) + 1;
    bar.show(step + 1, `loss ${(loss / since).toFixed(4)}`);
    if (since !== SAY_EVERY && step + 1 !== steps) continue;
    bar.clear();
    say(`step ${step + 1}: loss ${(loss / since).toFixed(4)}, ${((performance.now() - started) / 1000).toFixed(0)} s`);
    loss = 0;
  }
  for (const [name, bytes] of await judgeFolder(await model.readWeights())) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  executor.destroy();
  const minutes = (performance.now() - started) / 60_000;
  say(`Wrote ${folder} after ${minutes.toFixed(1)} minutes; onnx/model.onnx has SHA-256 ${createHash('sha256').update(readFileSync(join(folder, MODEL_FILE))).digest('hex')}.`);
  if (measured > 0) writeFileSync(join(folder, ACCURACY_FILE), writeJudgeAccuracy(await measureFolder(folder, measured, await openExecutor(choice, () => {}), say)));
}

/** The executor is given back. */
async function subjectsWith(written: number, executor: Executor, seed: number): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const [round, subject] of judgedTasks().entries()) {
    subjects.push({ ...subject, written: written === 0 ? [] : await writtenAnswers(executor, policyFiles(subject.policy), subject.task, 'train', written, seed, round) });
  }
  executor.destroy();
  return subjects;
}

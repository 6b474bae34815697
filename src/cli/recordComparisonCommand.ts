// `npm run lab -- record-comparison`: compares methods on the start policy and writes what the page's compare view shows before a person
// compares live.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { COMPARISON_FORMAT, writeComparison } from '../formats/comparisonFile';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { prepareRun } from '../lab/prepareRun';
import { TRUTH_KINDS } from '../lab/truth/findTruth';
import { choiceOf, helpOf, parseArguments, textOf, wholeNumberOf } from './arguments';
import { readEntries } from './fidelityCommand';
import { EXECUTOR_OPTION, executorChoice, openExecutor, THREADS_OPTION } from './openExecutor';
import { callersPath, policyFiles, refuseUnwritable, RUNS } from './places';
import { ProgressBar } from './progressBar';
import { configurationOf, RUN_OPTIONS } from './runOptions';
import { UsageError } from './usageError';

const METHODS = 'grpo,capo,tempo,pure,vineppo,rest_mcts';
const MOST_METHODS = 6;
const OPTIONS = {
  ...RUN_OPTIONS,
  methods: { value: 'LIST', help: `two to six names with commas; a name may carry parameters: capo:W=3 (${METHODS})` },
  problems: { value: 'N', help: 'problems of the batch (8)' },
  answers: { value: 'N', help: 'answers a problem (8)' },
  truth: { value: TRUTH_KINDS.join('|'), help: 'how the truth is found (auto)' },
  'gradient-answers': { value: 'N', help: 'answers a problem for the true gradient, even, 0 for none (64)' },
  resamples: { value: 'N', help: 'of the bootstrap (400)' },
  out: { value: 'FILE', help: `the file (${RUNS}/comparison.json)` },
  executor: EXECUTOR_OPTION,
  threads: THREADS_OPTION,
};
export const RECORD_COMPARISON_HELP = helpOf('record-comparison', OPTIONS);

export async function recordComparisonCommand(args: readonly string[]): Promise<void> {
  const given = parseArguments(args, OPTIONS);
  const configuration = configurationOf(given);
  const entries = readEntries(textOf(given, 'methods') ?? METHODS);
  if (entries.length < 2 || entries.length > MOST_METHODS) throw new UsageError(`--methods: the page shows two to ${MOST_METHODS} methods, not ${entries.length}`);
  const [problems, answers] = [wholeNumberOf(given, 'problems', 1, 64) ?? 8, wholeNumberOf(given, 'answers', 1, 64) ?? 8];
  const gradientAnswers = wholeNumberOf(given, 'gradient-answers', 0, 4096) ?? 64;
  if (gradientAnswers % 2 !== 0) throw new UsageError(`--gradient-answers ${gradientAnswers} is odd; its two halves are compared`);
  const resamples = wholeNumberOf(given, 'resamples', 10, 10_000) ?? 400;
  const kind = choiceOf(given, 'truth', TRUTH_KINDS) ?? 'auto';
  const out = textOf(given, 'out');
  const path = out === undefined ? join(RUNS, 'comparison.json') : callersPath(out);
  refuseUnwritable(path, '--out');
  const say = (sentence: string): void => { process.stderr.write(`${sentence}\n`); };

  const executor = await openExecutor(executorChoice(given), say);
  const bar = new ProgressBar(100);
  try {
    const run = await prepareRun({
      configuration: { ...configuration, testProblems: 1 }, executor, makePolicy: makeEnginePolicy, files: policyFiles(configuration.policy), watchedAnswers: 0, clock: () => performance.now() / 1000,
    });
    const comparison = await run.compare({ problems, answers }, { entries, truth: { kind }, gradientAnswers, resamples }, {
      onProgress: (stage, done, total) => bar.show(Math.round((100 * done) / total), stage),
    });
    const text = writeComparison({
      format: COMPARISON_FORMAT, command: ['npm run lab -- record-comparison', ...args].join(' '), adapter: executor.description, update: 0, names: run.names, comparison,
    });
    bar.clear();
    for (const { reason } of comparison.refused) say(reason);
    writeFileSync(path, text);
    say(`Wrote ${comparison.methods.length} methods on ${problems * answers} answers to ${path} (${(text.length / 1024).toFixed(0)} KiB, ${(gzipSync(text).length / 1024).toFixed(0)} KiB as gzip).`);
  } finally {
    bar.clear();
    executor.destroy();
  }
}

// `npm run lab -- record-opening`: picks from the recorded run what the page opens with. It is part of the page itself, so that
// it is painted before anything is fetched.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRunFile } from '../formats/runFile';
import { makeOpening } from '../lab/opening';
import { helpOf, parseArguments } from './arguments';
import { EXECUTOR_OPTION, executorChoice, openExecutor, THREADS_OPTION } from './openExecutor';
import { OPENING, policyFiles, RUNS } from './places';

const OPTIONS = { executor: EXECUTOR_OPTION, threads: THREADS_OPTION };
export const RECORD_OPENING_HELP = helpOf('record-opening', OPTIONS);

export async function recordOpeningCommand(args: readonly string[]): Promise<void> {
  const given = parseArguments(args, OPTIONS);
  const say = (sentence: string): void => { process.stderr.write(`${sentence}\n`); };
  const run = readRunFile(readFileSync(join(RUNS, 'default.json'), 'utf8'));
  const executor = await openExecutor(executorChoice(given), say);
  try {
    const opening = await makeOpening(run, executor, policyFiles(run.header.configuration.policy));
    writeFileSync(OPENING, `${JSON.stringify(opening)}\n`);
    say(`Wrote answer ${opening.answer + 1} to problem ${opening.problem + 1} to ${OPENING}.`);
  } finally {
    executor.destroy();
  }
}

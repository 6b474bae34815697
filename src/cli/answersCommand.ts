// `npm run lab -- answers --from FILE`: makes the built-in example of real answers from the GSM8K model solutions: every eleventh line,
// as it is, so that the sixty are spread over the whole file and nobody chose them.

import { readFileSync, writeFileSync } from 'node:fs';
import { helpOf, parseArguments, textOf } from './arguments';
import { ANSWERS, callersPath, refuseUnwritable } from './places';
import { UsageError } from './usageError';

const OPTIONS = {
  from: { value: 'FILE', help: 'example_model_solutions.jsonl of openai/grade-school-math, or its beginning' },
  out: { value: 'FILE', help: `the example (${ANSWERS}/gsm8k.jsonl)` },
};
export const ANSWERS_HELP = helpOf('answers', OPTIONS);
const EVERY = 11;
const PROBLEMS = 60;

export function answersCommand(args: readonly string[]): void {
  const given = parseArguments(args, OPTIONS);
  const from = textOf(given, 'from');
  if (from === undefined) throw new UsageError('--from FILE is needed');
  const out = textOf(given, 'out');
  const path = out === undefined ? `${ANSWERS}/gsm8k.jsonl` : callersPath(out);
  refuseUnwritable(path, '--out');
  const lines = readFileSync(callersPath(from), 'utf8').split('\n').filter((line) => line !== '');
  if (lines.length < PROBLEMS * EVERY) throw new UsageError(`--from ${from} has ${lines.length} lines; ${PROBLEMS * EVERY} are needed`);
  const chosen = lines.filter((_, i) => i % EVERY === 0).slice(0, PROBLEMS);
  writeFileSync(path, `${chosen.join('\n')}\n`);
  process.stderr.write(`Wrote ${chosen.length} problems to ${path}.\n`);
}

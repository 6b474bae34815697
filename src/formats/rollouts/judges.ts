// What judges said of answers, in a line of the rollouts format:
//   judged_by   a list with an entry a judge: model, where, perhaps runs_on, system, user (what it was asked), and critiques: for each
//               answer a list of { flags (indices of steps, null = could not be read), text, verdict, out_of_range }
// Exports of before had one judge, in judge, critiques and critique_texts, without verdicts; they are read too.

import type { Critique, JudgeDescription, ParseVerdict } from '../../critics/judge';
import { FormatError } from '../formatError';
import { field, has, isObject, kindOf, readList, readNumber, readText, type JsonObject } from './fields';
import { LIMITS, type JudgedBy } from './rollout';

const VERDICTS: readonly ParseVerdict[] = ['read', 'no-list', 'cut-off', 'failed', 'lost'];

/** Judges of the same key are one: the same model at the same place, asked the same way. */
export function judgeKey({ model, where, runsOn, system, user }: JudgeDescription): string {
  return JSON.stringify([model, where, runsOn ?? null, system, user]);
}

/** `steps_N`: how many steps each answer has. Undefined where nobody judged. Throws a FormatError. */
export function readJudges(json: JsonObject, steps_N: readonly number[]): JudgedBy[] | undefined {
  const given = field(json, 'judged_by');
  const judged = given !== undefined ? readList(given, 'judged_by', LIMITS.judges, (one, where) => readJudge(one, where, steps_N))
    : has(json, 'judge', 'critiques', 'critique_texts') && isObject(json['judge']) ? [readOldJudge(json, steps_N)] : [];
  if (new Set(judged.map(({ judge }) => judgeKey(judge))).size < judged.length) throw new FormatError('judged_by', 'has the same judge twice');
  return judged.length === 0 ? undefined : judged;
}

export function writeJudges(judged: readonly JudgedBy[]): object[] {
  return judged.map(({ judge: { model, where, runsOn, system, user }, critiques_Nk }) => ({
    model, where, ...(runsOn !== undefined && { runs_on: runsOn }), system, user,
    critiques: critiques_Nk.map((row) => row.map(({ flags, text, verdict, outOfRange }) => ({ flags, text, verdict, out_of_range: outOfRange }))),
  }));
}

function readJudge(one: unknown, where: string, steps_N: readonly number[]): JudgedBy {
  const json = asObject(one, where);
  return {
    judge: readDescription(json, where, 'runs_on'),
    critiques_Nk: perAnswer(field(json, 'critiques'), `${where}.critiques`, steps_N, (given, name, steps): Critique => {
      const critique = asObject(given, name);
      const flags = readFlags(critique['flags'], `${name}.flags`, steps);
      const verdict = VERDICTS.find((known) => known === critique['verdict']);
      if (verdict === undefined) throw new FormatError(`${name}.verdict`, `must be one of ${VERDICTS.join(', ')}`);
      if ((verdict === 'read') !== (flags !== null)) throw new FormatError(name, `is “${verdict}”, which its flags contradict`);
      return { flags, text: readText(field(critique, 'text'), `${name}.text`), verdict, outOfRange: readWhole(field(critique, 'out_of_range') ?? 0, `${name}.out_of_range`) };
    }),
  };
}

function readOldJudge(json: JsonObject, steps_N: readonly number[]): JudgedBy {
  const flags_Nk = perAnswer(json['critiques'], 'critiques', steps_N, readFlags);
  const texts_Nk = perAnswer(json['critique_texts'], 'critique_texts', steps_N, readText);
  return {
    judge: readDescription(json['judge'] as JsonObject, 'judge', 'runsOn'),
    critiques_Nk: flags_Nk.map((row, n) => row.map((flags, j) => ({ flags, text: texts_Nk[n]?.[j] ?? '', verdict: flags === null ? 'lost' : 'read', outOfRange: 0 }))),
  };
}

function readDescription(json: JsonObject, name: string, runsOnField: string): JudgeDescription {
  const part = (key: string): string => readText(field(json, key), `${name}.${key}`);
  return { model: part('model'), where: part('where'), ...(has(json, runsOnField) && { runsOn: part(runsOnField) }), system: part('system'), user: part('user') };
}

function perAnswer<T>(value: unknown, name: string, steps_N: readonly number[], read: (one: unknown, name: string, steps: number) => T): T[][] {
  const rows = readList(value, name, LIMITS.answers, (row, where) => ({ row, where }));
  if (rows.length !== steps_N.length) throw new FormatError(name, `has ${rows.length} entries for ${steps_N.length} answers`);
  return rows.map(({ row, where }, n) => readList(row, where, LIMITS.critiques, (one, place) => read(one, place, steps_N[n]!)));
}

/** Ascending, each once, each a step. */
function readFlags(value: unknown, name: string, steps: number): number[] | null {
  if (value === null) return null;
  const flags = readList(value, name, steps, readWhole);
  flags.forEach((flag, i) => {
    if (flag >= steps) throw new FormatError(name, `names step ${flag} of ${steps}`);
    if (i > 0 && flag <= flags[i - 1]!) throw new FormatError(name, 'must ascend, each step once');
  });
  return flags;
}

function readWhole(value: unknown, name: string): number {
  const number = readNumber(value, name);
  if (!Number.isSafeInteger(number) || number < 0) throw new FormatError(name, 'must be a whole number from 0');
  return number;
}

function asObject(value: unknown, name: string): JsonObject {
  if (!isObject(value)) throw new FormatError(name, `must be an object, is ${kindOf(value)}`);
  return value;
}

// A file of answers made elsewhere: read once from end to end, checking every line; what is kept is where each problem's lines are, so
// that a large file stays on the disk and a problem is read again when it is looked at. A bad line is reported and skipped.

import { FormatError } from '../formatError';
import { fileLines } from './jsonLines';
import { judgeKey } from './judges';
import { readRolloutLine } from './readLine';
import { LIMITS, type JudgedBy, type RolloutAnswer, type RolloutFormat, type RolloutLine, type RolloutProblem } from './rollout';

/** What is kept of a problem. */
export interface ProblemEntry {
  /** the beginning of its prompt */
  readonly title: string;
  readonly answers: number;
  /** answers with a reward above 0 */
  readonly rewarded: number;
  readonly parts: readonly (readonly [start: number, end: number])[];
}

export interface BadLine {
  readonly line: number;
  readonly problem: string;
}

export interface RolloutFile {
  readonly file: Blob;
  readonly problems: readonly ProblemEntry[];
  readonly answers: number;
  /** the first of them */
  readonly badLines: readonly BadLine[];
  readonly badCount: number;
  /** every format met, with its number of lines */
  readonly formats: readonly { readonly format: RolloutFormat; readonly lines: number }[];
  /** columns whose sum is the reward, where the file has several */
  readonly rewardColumns: readonly string[];
  /** who judged, and the places of the problems that each did */
  readonly judges: readonly { readonly judge: JudgedBy['judge']; readonly problems: readonly number[] }[];
}

export interface ReadWatch {
  /** after each chunk; bytes so far and in all */
  onProgress?(done: number, total: number, problems: number): void;
  /** asked after each chunk */
  isCancelled?(): boolean | Promise<boolean>;
}

/** A person stopped the reading. */
export class ReadCancelled extends Error {}

const TITLE_LENGTH = 120;
const BAD_LINES_KEPT = 200;
const MOST_JUDGES = 64;

export async function openRolloutFile(file: Blob, { onProgress, isCancelled }: ReadWatch = {}): Promise<RolloutFile> {
  interface Entry { title: string; answers: number; rewarded: number; parts: (readonly [number, number])[] }
  const problems: Entry[] = [];
  const groups = new Map<string, Entry>();
  const formats = new Map<RolloutFormat, number>();
  const rewardColumns = new Set<string>();
  const judges = new Map<string, { readonly judge: JudgedBy['judge']; readonly problems: number[] }>();
  const badLines: BadLine[] = [];
  let [badCount, answers] = [0, 0];
  for await (const { number, start, end, text } of fileLines(file, LIMITS.lineBytes, async (done) => {
    onProgress?.(done, file.size, problems.length);
    if (await isCancelled?.() === true) throw new ReadCancelled();
  })) {
    let line: RolloutLine;
    try {
      if (text === undefined) throw new FormatError('the line', `is longer than ${LIMITS.lineBytes / 2 ** 20} MB`);
      line = readRolloutLine(number === 1 ? text.replace(/^\uFEFF/, '') : text);
      const known = line.group === undefined ? undefined : groups.get(line.group);
      if (known !== undefined && known.answers + line.problem.answers.length > LIMITS.answers) throw new FormatError('the line', `is one answer more than the ${LIMITS.answers} that a problem may have`);
      if (line.problem.judged?.some(({ judge }) => !judges.has(judgeKey(judge)) && judges.size >= MOST_JUDGES) === true) throw new FormatError('the line', `has one more judge than the ${MOST_JUDGES} that a file may have`);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      if (badCount++ < BAD_LINES_KEPT) badLines.push({ line: number, problem: error.message });
      continue;
    }
    formats.set(line.format, (formats.get(line.format) ?? 0) + 1);
    for (const name of line.rewardColumns ?? []) rewardColumns.add(name);
    let entry = line.group === undefined ? undefined : groups.get(line.group);
    if (entry === undefined) {
      problems.push((entry = { title: line.problem.prompt.trim().slice(0, TITLE_LENGTH), answers: 0, rewarded: 0, parts: [] }));
      if (line.group !== undefined) groups.set(line.group, entry);
    }
    for (const { judge } of line.problem.judged ?? []) {
      const key = judgeKey(judge);
      const known = judges.get(key) ?? { judge, problems: [] };
      judges.set(key, known);
      // only lines that are a problem by themselves hold critiques
      known.problems.push(problems.length - 1);
    }
    entry.parts.push([start, end]);
    entry.answers += line.problem.answers.length;
    entry.rewarded += line.problem.answers.filter(({ reward }) => reward !== null && reward > 0).length;
    answers += line.problem.answers.length;
  }
  return { file, problems, answers, badLines, badCount, formats: [...formats].map(([format, lines]) => ({ format, lines })), rewardColumns: [...rewardColumns], judges: [...judges.values()] };
}

/** One of its problems, whole. The file may have changed meanwhile: then a FormatError says so, or the browser's own error. */
export async function loadProblem({ file, problems }: RolloutFile, index: number): Promise<RolloutProblem> {
  const answers: RolloutAnswer[] = [];
  let first: RolloutProblem | undefined;
  for (const [start, end] of problems[index]!.parts) {
    const { problem } = readRolloutLine((await file.slice(start, end).text()).replace(/^\uFEFF/, ''));
    first ??= problem;
    answers.push(...problem.answers);
  }
  return { ...first!, answers };
}

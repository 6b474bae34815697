import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { FormatError } from './formatError';
import { LESSON_FORMAT, readLessonFile, writeLessonFile, type RecordedLesson } from './lessonFile';
import { madeUpRun } from './runFileTesting';

const SEED = { seed: 1, startAccuracy: 0.5, updates: [{ update: 1, reward: 0.25, accuracy: null, steps: 4, tokens: 21.5, rightSteps: 0.75 }] };

function madeUp(): RecordedLesson {
  const run = madeUpRun(2, 1);
  return { format: LESSON_FORMAT, command: 'npm run lab -- record-lessons', sharesAnswers: true, runs: [{ name: 'one', run, seeds: [SEED] }, { name: 'two', run, seeds: [SEED, { ...SEED, seed: 2 }] }] };
}

const changed = (change: (lesson: RecordedLesson) => object): string => {
  const lesson = madeUp();
  return JSON.stringify({ ...(JSON.parse(writeLessonFile(lesson)) as object), ...(JSON.parse(JSON.stringify(change(JSON.parse(writeLessonFile(lesson)) as RecordedLesson))) as object) });
};

test('runs, seeds and names survive writing and reading', () => {
  const read = readLessonFile(writeLessonFile(madeUp()));
  expect(read.runs.map(({ name, seeds }) => [name, seeds])).toEqual(madeUp().runs.map(({ name, seeds }) => [name, seeds]));
  expect(read.runs[0]!.run.updates[1]!.sample.tokens_NT).toEqual(madeUp().runs[0]!.run.updates[1]!.sample.tokens_NT);
  expect(writeLessonFile(read)).toBe(writeLessonFile(readLessonFile(writeLessonFile(read))));
});

test.each([
  ['another format', () => ({ format: 'creditscope-run/1' }), 'lesson.format'],
  ['no runs', () => ({ runs: [] }), 'lesson.runs'],
  ['two runs of a name', ({ runs }: RecordedLesson) => ({ runs: [runs[0], { ...runs[1], name: 'one' }] }), 'lesson.runs'],
  ['a run that is no run file', ({ runs }: RecordedLesson) => ({ runs: [{ ...runs[0], run: '{}' }] }), 'lesson.runs[0].run'],
  ['a run that is damaged', ({ runs }: RecordedLesson) => ({ runs: [{ ...runs[0], run: (runs[0]!.run as unknown as string).replace('CAPO', 'capo') }] }), 'lesson.runs[0].run'],
  ['seeds that begin with another', ({ runs }: RecordedLesson) => ({ runs: [{ ...runs[0], seeds: [{ ...SEED, seed: 9 }] }] }), 'lesson.runs[0].seeds'],
  ['no seeds', ({ runs }: RecordedLesson) => ({ runs: [{ ...runs[0], seeds: [] }] }), 'lesson.runs[0].seeds'],
  ['an update that is no number', ({ runs }: RecordedLesson) => ({ runs: [{ ...runs[0], seeds: [{ ...SEED, updates: [{ ...SEED.updates[0], update: 'x' }] }] }] }), 'lesson.runs[0].seeds[0].updates[0].update'],
])('refused: %s', (_, change, where) => {
  let error: unknown;
  try {
    readLessonFile(changed(change));
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(FormatError);
  expect((error as FormatError).where).toBe(where);
});

test('refused: answers that are to be the same and are not', () => {
  const lesson = madeUp();
  const { run } = lesson.runs[1]!;
  const [first, ...rest] = run.updates;
  const tokens_NT = first!.sample.tokens_NT.slice();
  tokens_NT[0] = tokens_NT[0] === 2 ? 3 : 2;
  const other = { ...lesson, runs: [lesson.runs[0]!, { ...lesson.runs[1]!, run: { ...run, updates: [{ ...first!, sample: { ...first!.sample, tokens_NT } }, ...rest] } }] };
  expect(() => readLessonFile(writeLessonFile(other))).toThrow('has other answers than one');
  expect(readLessonFile(writeLessonFile({ ...other, sharesAnswers: false })).runs).toHaveLength(2);
});

describe.each(['lesson-credit', 'lesson-value', 'lesson-process', 'lesson-silence'])('%s as it ships', (name) => {
  const text = readFileSync(`public/runs/${name}.json`, 'utf8');
  const lesson = readLessonFile(text);

  test('is whole, below 300 KB as gzip, and says what made it', () => {
    expect(gzipSync(text).length).toBeLessThan(300_000);
    expect(lesson.command).toBe(`npm run lab -- record-lessons --only ${name}`);
  });

  test('sums up every update of every seed, and agrees with the records it holds', () => {
    for (const { run, seeds } of lesson.runs) {
      for (const { updates } of seeds) expect(updates.map(({ update }) => update)).toEqual(updates.map((_, i) => i + 1));
      for (const { line, sample, critique } of run.updates) {
        const summed = seeds[0]!.updates[line.update - 1]!;
        expect(summed.reward).toBeCloseTo(line.reward, 5);
        expect(summed.steps).toBeCloseTo(critique.steps_NK.flat().length / sample.answers, 4);
      }
    }
  });
});

import { expect, test } from 'vitest';
import { readLessonFile } from '../formats/lessonFile';
import type { LessonFileRecipe } from '../lab/lessonRuns';
import { readConfiguration } from '../lab/readConfiguration';
import { folder, lab, makeFolder } from './labTesting';
import { recordLessonFile } from './recordLessonsCommand';

makeFolder();

const TINY = { preset: 'small', problemsPerUpdate: 1, answersPerProblem: 4, testProblems: 2 };
const run = (name: string, method: string): LessonFileRecipe['runs'][number] => ({ name, configuration: readConfiguration({ ...TINY, method }), updates: 3, keep: [1, 3], otherSeeds: [2] });
const RECIPE: LessonFileRecipe = { name: 'tiny', sharesAnswers: true, runs: [run('one-score', 'reinforce'), run('judge', 'capo')] };

test('the same recipes give the same bytes, on any number of threads', async () => {
  const steps: string[] = [];
  const first = await recordLessonFile(RECIPE, { executor: 'cpu', threads: 1 }, (sentence) => steps.push(sentence));
  const again = await recordLessonFile(RECIPE, { executor: 'cpu', threads: 2 }, () => {});
  expect(again).toBe(first);
  expect(steps).toHaveLength(12);

  const { runs } = readLessonFile(first);
  expect(runs.map(({ name }) => name)).toEqual(['one-score', 'judge']);
  for (const { run: { updates, past }, seeds } of runs) {
    expect(updates.map(({ line }) => line.update)).toEqual([1, 3]);
    expect(past?.map(({ update }) => update)).toEqual([1, 2, 3]);
    expect(seeds.map(({ seed, updates: summed }) => [seed, summed.length])).toEqual([[1, 3], [2, 3]]);
  }
  expect(runs[0]!.seeds[1]).not.toEqual(runs[0]!.seeds[0]);
});

test('a file that is not known is refused before anything is trained', async () => {
  const { code, errors } = await lab('record-lessons', '--only', 'lesson-nothing', '--out', folder);
  expect(code).toBe(2);
  expect(errors).toContain('--only lesson-nothing: known are lesson-credit, lesson-value, lesson-process, lesson-silence');
});

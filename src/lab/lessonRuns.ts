// The runs that lessons are played on: `npm run lab -- record-lessons` makes one file of each group below, from these recipes alone, the
// same bytes on every processor. A run keeps the records of a few updates and, of every update and seed, what its answers come to.
//
// The same answers under several methods: all runs of `lesson-credit` have one policy, one seed and one preset, so in update 1 they
// sample the very same answers and differ from the critiques on. Whoever wants to recolour an answer (one score for all, compared with
// the group, judged step by step) reads the file with readLessonFile and changes between `runs[].run.updates[0]`; problem, answer and
// token stay where they are. src/formats/lessonFile.ts refuses a file whose group breaks this.

import type { RunConfiguration } from './configuration';
import { readConfiguration } from './readConfiguration';

export interface LessonRunRecipe {
  /** as lessons name it */
  readonly name: string;
  readonly configuration: RunConfiguration;
  readonly updates: number;
  /** updates whose records are kept, by number */
  readonly keep: readonly number[];
  /** of the same recipe, without records; its own seed is not among them */
  readonly otherSeeds: readonly number[];
}

export interface LessonFileRecipe {
  /** file in public/runs, without its ending */
  readonly name: string;
  /** the first update of all its runs has the same answers */
  readonly sharesAnswers: boolean;
  readonly runs: readonly LessonRunRecipe[];
}

/** Errs like a judge that is worth asking, but not alone. */
const DOUBTFUL_JUDGE = { critiques: 4, falsePositive: 0.1, falseNegative: 0.2 };

/** Runs that differ from the third phase of update 1 on. */
const onSameAnswers = (name: string, fields: object, keep: readonly number[] = [1]): LessonRunRecipe =>
  ({ name, configuration: readConfiguration({ preset: 'default', seed: 1, ...fields }), updates: keep.at(-1)!, keep, otherSeeds: [] });

/** PURE on 64 answers an update. The form of its credit, its judge and what it is told of the outcome decide what can be hacked. */
function processRun(name: string, learningRate: number, keep: readonly number[], methodParameters: object, critic: object = {}): LessonRunRecipe {
  return {
    name, updates: keep.at(-1)!, keep, otherSeeds: [2, 3],
    configuration: readConfiguration({ preset: 'small', method: 'pure', seed: 1, methodParameters, critic, optimizer: { learningRate }, testProblems: 256 }),
  };
}

/** Its flaw is what the sum form exploits. One baseline (that of PURE's verl branch) for both forms, so that only the form differs. */
const NEVER_OBJECTS = { falseNegative: 1 };
const ONE_BASELINE = { baseline: 'verl' };
const KEPT_OF_A_FALL = [1, 10, 20, 30, 40, 50, 60, 80, 100];

/** At 5e-4 all seeds of the sum form fall within 100 updates and none of the other's; at the preset's 3e-4 the fall only begins by then. */
const PROCESS_RATE = 5e-4;
/** With the judge alone the other form falls silent too, but not within 100 updates at 5e-4. */
const SILENCE_RATE = 1e-3;

export const LESSON_FILES: readonly LessonFileRecipe[] = [
  {
    name: 'lesson-credit', sharesAnswers: true,
    runs: [
      onSameAnswers('one-score', { method: 'reinforce' }),
      onSameAnswers('group', { method: 'dr_grpo' }, [1, 10]),
      onSameAnswers('judge', { method: 'capo', methodParameters: { rule: 'strict_majority' }, critic: DOUBTFUL_JUDGE }),
    ],
  },
  {
    name: 'lesson-value', sharesAnswers: false,
    runs: [{ name: 'value', configuration: readConfiguration({ preset: 'default', method: 'ppo', seed: 1 }), updates: 6, keep: [6], otherSeeds: [] }],
  },
  {
    name: 'lesson-process', sharesAnswers: false,
    runs: [
      processRun('sum', PROCESS_RATE, KEPT_OF_A_FALL, { ...ONE_BASELINE, credit: 'sum' }, NEVER_OBJECTS),
      processRun('min', PROCESS_RATE, KEPT_OF_A_FALL, { ...ONE_BASELINE, credit: 'softmin' }, NEVER_OBJECTS),
    ],
  },
  {
    name: 'lesson-silence', sharesAnswers: true,
    runs: [
      processRun('silent', SILENCE_RATE, [1, 20, 40, 60], { credit: 'softmin', verifierWeight: 0 }),
      processRun('checked', SILENCE_RATE, [1, 20, 40, 60], { credit: 'softmin' }),
    ],
  },
];

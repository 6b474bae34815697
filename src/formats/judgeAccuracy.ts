// public/models/judge/accuracy.json: how well the judge that ships finds wrong steps, against the exact checker, task by task.
// Written by the command that makes the judge, read by the page.

import { count, list, number, oneOf, record, text, type Codec } from './codec';
import { FormatError } from './formatError';

/** in the judge's folder */
export const ACCURACY_FILE = 'accuracy.json';

export const ACCURACY_FORMAT = 'creditscope-judge-accuracy/1';

/** Of single critiques of answers that the judge was not taught on; a missing critique flags nothing. */
export interface TaskAccuracy {
  readonly task: string;
  readonly answers: number;
  readonly steps: number;
  readonly wrongSteps: number;
  /** critiques that could not be read */
  readonly missing: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** of single critiques that always take the most likely token */
  readonly greedyF1: number;
  /** of the majority of `votes` critiques */
  readonly votedF1: number;
}

export interface JudgeAccuracy {
  readonly format: typeof ACCURACY_FORMAT;
  /** of the model */
  readonly parameters: number;
  readonly temperature: number;
  /** critiques that an answer had */
  readonly votes: number;
  readonly tasks: readonly TaskAccuracy[];
}

const codec: Codec<JudgeAccuracy> = record<JudgeAccuracy>({
  format: oneOf(ACCURACY_FORMAT),
  parameters: count,
  temperature: number,
  votes: count,
  tasks: list(record<TaskAccuracy>({ task: text, answers: count, steps: count, wrongSteps: count, missing: count, precision: number, recall: number, f1: number, greedyF1: number, votedF1: number })),
});

export function writeJudgeAccuracy(accuracy: JudgeAccuracy): string {
  return `${JSON.stringify(codec.write(accuracy), null, 1)}\n`;
}

/** Throws FormatError. */
export function readJudgeAccuracy(json: string): JudgeAccuracy {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw new FormatError('accuracy.json', 'is not JSON');
  }
  const accuracy = codec.read(parsed, 'accuracy.json');
  for (const { task, precision, recall, f1, greedyF1, votedF1, missing, answers } of accuracy.tasks) {
    for (const [name, share] of Object.entries({ precision, recall, f1, greedyF1, votedF1 })) {
      if (!(share >= 0 && share <= 1)) throw new FormatError(`accuracy.json: ${task}: ${name}`, `${share} is no share`);
    }
    if (missing > answers) throw new FormatError(`accuracy.json: ${task}: missing`, `${missing} of ${answers}`);
  }
  return accuracy;
}

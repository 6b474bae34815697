// Steps of an answer as token offsets, with the exact checker's verdict of each. The stop token belongs to the step
// it ends. Where it stands on a line of its own (after a delimiter, or as the whole answer) it is a step of its own,
// and right exactly if it ends a right answer.

import { STOP_TOKEN, type Problem, type StepVerdict, type Task } from '../tasks/task';
import { decode } from './tokens';

export interface AnswerSteps {
  readonly text: string;
  readonly steps_K: readonly (readonly [number, number])[];
  readonly verdicts_K: readonly StepVerdict[];
}

/** `tokens`: of one answer, without padding. */
export function answerSteps(task: Task, problem: Problem, tokens: ArrayLike<number>): AnswerSteps {
  const ids = Array.from(tokens);
  const text = decode(task.alphabet, ids);
  const isFinished = ids.at(-1) === STOP_TOKEN;
  const steps: (readonly [number, number])[] = task.steps(text).map(({ start, end }) => [start, end]);
  const verdicts = [...task.check(problem, text)];
  if (!isFinished) return { text, steps_K: steps, verdicts_K: verdicts };
  const last = steps.at(-1);
  if (last === undefined || text.endsWith(task.stepDelimiter)) {
    const isRight = task.verify(problem, text) === 1;
    return { text, steps_K: [...steps, [text.length, text.length + 1]], verdicts_K: [...verdicts, { isCorrect: isRight, canReachAnswer: isRight }] };
  }
  return { text, steps_K: [...steps.slice(0, -1), [last[0], last[1] + 1]], verdicts_K: verdicts };
}

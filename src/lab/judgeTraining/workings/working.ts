// How a step is to be judged, written out: what the step should be, in small sums that need nothing but what stands before them, and
// the verdict that follows. Worked out here a second time, apart from the task's checker, so that tests can hold one against the other.

import type { Problem } from '../../../tasks/task';

export interface JudgedStep {
  readonly working: string;
  readonly isCorrect: boolean;
}

/** `steps_K`: the answer's steps without delimiters. An empty one is the end of the solution, or an empty line. */
export type Working = (problem: Problem, steps_K: readonly string[]) => JudgedStep[];

/** What follows the answer or a line that cannot be read hangs in the air. */
export const NOTHING_TO_GO_ON: JudgedStep = { working: 'nothing to go on', isCorrect: false };

/** A stop on a line of its own is right exactly where it ends a right answer. */
export const theEnd = (isRight: boolean): JudgedStep => ({ working: 'the end', isCorrect: isRight });

/** Tasks whose right line is known: it is written out and compared. `next`: undefined where the line hands nothing on. */
export function judgeLines<State>(steps_K: readonly string[], start: State, rightAnswer: string, rightLine: (state: State) => { readonly line: string; readonly working?: string }, next: (state: State, line: string) => State | undefined): JudgedStep[] {
  let state: State | undefined = start;
  return steps_K.map((line, k) => {
    if (line === '') {
      state = undefined;
      return theEnd(k === steps_K.length - 1 && steps_K[k - 1] === `=${rightAnswer}`);
    }
    if (state === undefined) return NOTHING_TO_GO_ON;
    const right = rightLine(state);
    state = next(state, line);
    return { working: right.working ?? right.line, isCorrect: line === right.line };
  });
}

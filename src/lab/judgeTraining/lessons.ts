// The judge's lessons: what it is asked about an answer, and the critique that it should write. Verdicts are the exact checker's,
// the working before them is worked out apart (workings/). Only training problems; loss only on the critique's tokens.

import { BUILT_IN_END, BUILT_IN_PROMPTS, MOST_STEPS } from '../../critics/builtInJudge';
import type { JudgeCase } from '../../critics/judge';
import { judgeMessages } from '../../critics/prompts';
import { RandomStream } from '../../random/threefry';
import { PADDING_TOKEN, STOP_TOKEN, type Task } from '../../tasks/task';
import { answerSteps } from '../answerSteps';
import type { AnswerBatch } from '../policyModel';
import { drawAnswer, type GivenAnswer } from './answers';
import type { JudgedTask } from './judgedTasks';
import { encodeText } from './vocabulary';
import { workingOf } from './workings';

/** Longest prompt and critique of a lesson, in tokens. */
export const LONGEST_PROMPT = 46;
export const LONGEST_CRITIQUE = 58;
const MOST_DRAWS = 1000;

export interface Lesson {
  readonly case: JudgeCase;
  readonly isCorrect_K: readonly boolean[];
  readonly critique: string;
}

/** A task's judge with the policies' answers that it may meet. */
export interface Subject extends JudgedTask {
  readonly written: readonly GivenAnswer[];
}

export function lessonOf(task: Task, { problem, tokens }: GivenAnswer): Lesson {
  const { text, steps_K, verdicts_K } = answerSteps(task, problem, tokens);
  const said_K = steps_K.map(([start, end]) => text.slice(start, end));
  const isCorrect_K = verdicts_K.map((one) => one.isCorrect);
  const lines = workingOf(task)(problem, said_K.map((step) => step.trim())).map(({ working }, k) => `step ${k}: ${working} ${isCorrect_K[k]! ? 'right' : 'wrong'}`);
  const wrong = isCorrect_K.flatMap((isCorrect, k) => (isCorrect ? [] : [k]));
  return { case: { problem: problem.prompt, rules: task.rules, steps_K: said_K }, isCorrect_K, critique: [...lines, `Wrong steps: [${wrong.join(', ')}]`].join('\n') };
}

/** As the chat template of its tokenizer puts it. */
export const promptTokens = (one: JudgeCase): number[] => encodeText(judgeMessages(BUILT_IN_PROMPTS, one).map(({ content }) => content).join('') + BUILT_IN_END);

/** Lesson `n` of step `step`; answers too long for the model are drawn again. */
export function lessonTokens(subjects: readonly Subject[], seed: number, step: number, n: number): { readonly prompt: number[]; readonly critique: number[] } {
  const random = RandomStream.of(seed, 'judgeLessons', step, n);
  const { task, written } = subjectAt(subjects, random.uniform());
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const lesson = lessonOf(task, drawAnswer(task, written, random));
    const steps = lesson.isCorrect_K.length;
    if (steps === 0 || steps > MOST_STEPS) continue;
    const [prompt, critique] = [promptTokens(lesson.case), [...encodeText(lesson.critique), STOP_TOKEN]];
    if (prompt.length <= LONGEST_PROMPT && critique.length <= LONGEST_CRITIQUE) return { prompt, critique };
  }
  throw new RangeError(`task ${task.name}: no lesson is short enough`);
}

function subjectAt(subjects: readonly Subject[], place: number): Subject {
  let left = place * subjects.reduce((sum, { share }) => sum + share, 0);
  return subjects.find(({ share }) => (left -= share) < 0) ?? subjects.at(-1)!;
}

export function lessonBatch(subjects: readonly Subject[], size: number, seed: number, step: number): AnswerBatch {
  const prompts_N: number[][] = [];
  const tokens_NT = new Uint32Array(size * LONGEST_CRITIQUE).fill(PADDING_TOKEN);
  const lengths_N = new Uint32Array(size);
  for (let n = 0; n < size; n++) {
    const { prompt, critique } = lessonTokens(subjects, seed, step, n);
    prompts_N.push(prompt);
    tokens_NT.set(critique, n * LONGEST_CRITIQUE);
    lengths_N[n] = critique.length;
  }
  return { prompts_N, tokens_NT, lengths_N };
}

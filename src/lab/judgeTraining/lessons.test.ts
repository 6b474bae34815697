// The lessons against the exact checker: workings are worked out apart from it and must come to its verdicts; critiques must read back
// as the steps that it calls wrong; lessons hold training problems alone.

import { expect, test } from 'vitest';
import { MOST_STEPS } from '../../critics/builtInJudge';
import { readCritique } from '../../critics/readCritique';
import { RandomStream } from '../../random/threefry';
import { taskFamily } from '../../tasks';
import { splitOf } from '../../tasks/split';
import { FIRST_CHARACTER_TOKEN, STOP_TOKEN, type OptionValues, type Problem, type Task } from '../../tasks/task';
import { encode } from '../tokens';
import { drawAnswer, type GivenAnswer } from './answers';
import { judgedTasks } from './judgedTasks';
import { lessonBatch, lessonOf, lessonTokens, LONGEST_CRITIQUE, LONGEST_PROMPT, promptTokens, type Subject } from './lessons';
import { CHARACTERS, encodeText, WORDS } from './vocabulary';
import { workingOf } from './workings';

const tasks = judgedTasks();
const subjects: Subject[] = tasks.map((one) => ({ ...one, written: [] }));
const finished = (task: Task, problem: Problem, text: string): GivenAnswer => ({ problem, tokens: [...encode(task.alphabet, text), STOP_TOKEN] });

/** Up to the stop token. */
function decodeText(ids: readonly number[]): string {
  const stop = ids.indexOf(STOP_TOKEN);
  return ids.slice(0, stop < 0 ? undefined : stop).map((id) => [...CHARACTERS, ...WORDS][id - FIRST_CHARACTER_TOKEN] ?? '').join('');
}

/** What the working comes to, beside the checker's verdicts. A judge cannot tell an empty line in the last place from an answer's end: left out. */
function bothVerdicts(task: Task, answer: GivenAnswer): { worked: boolean[]; checked: readonly boolean[] } {
  const { case: { steps_K }, isCorrect_K } = lessonOf(task, answer);
  const worked = workingOf(task)(answer.problem, steps_K.map((step) => step.trim())).map((one) => one.isCorrect);
  const known = steps_K.at(-1) === '\n' ? -1 : undefined;
  return { worked: worked.slice(0, known), checked: isCorrect_K.slice(0, known) };
}

test.each(tasks.map(({ policy, task }) => [policy, task] as const))('%s: workings of drawn answers, spoilt ones too, come to the checker\'s verdicts', (_, task) => {
  let [wrong, right] = [0, 0];
  for (let n = 0; n < 1500; n++) {
    const answer = drawAnswer(task, [], RandomStream.of(7, 'judgeLessons', 1, n));
    const { worked, checked } = bothVerdicts(task, answer);
    expect({ answer, worked }).toEqual({ answer, worked: checked });
    const { critique, isCorrect_K } = lessonOf(task, answer);
    const flags = isCorrect_K.flatMap((isCorrect, k) => (isCorrect ? [] : [k]));
    wrong += flags.length;
    right += isCorrect_K.length - flags.length;
    expect(readCritique(critique, isCorrect_K.length)).toMatchObject({ flags, verdict: 'read', outOfRange: 0 });
    if (isCorrect_K.length === 0 || isCorrect_K.length > MOST_STEPS) continue;
    expect(decodeText(encodeText(critique))).toBe(critique);
    expect(promptTokens(lessonOf(task, answer).case)).not.toContain(0);
  }
  expect(Math.min(wrong, right)).toBeGreaterThan(500);
});

/** Every text of up to `most` pieces. */
function* texts(pieces: readonly string[], most: number): Generator<string> {
  yield '';
  if (most > 0) for (const rest of texts(pieces, most - 1)) for (const piece of pieces) yield piece + rest;
}

test.each<[string, OptionValues, string, readonly string[], number]>([
  ['chain', { operations: 2 }, '7*5-9:', ['7*5=5', '5-9=6', '7*5=3', '3-9=4', '=6', '=4', '\n'], 5],
  ['chain', { modulus: 0, operations: 2 }, '8*7*6:', ['8*7=56', '56*6=336', '8*7=-6', '-6*6=-36', '=336', '=-36', '\n'], 5],
  ['columns', { digits: 2 }, '47+85:', ['7+5+0=2,1', '4+8+1=3,1', '7+5+0=3,0', '4+8+0=2,1', '=132', '=123', '\n'], 5],
  ['sort', { length: 3 }, '312:', ['3~1=132', '3~2=123', '3~2=213', '2~1=123', '3~1=122', '=123', '=122', '\n'], 5],
  ['countdown', {}, '3,5,7>26:', ['3*7=21', '21+5=26', '3+5=8', '8+7=15', '7-3=4', '3*7=26', '\n'], 5],
  ['bifurcation', { length: 4, branches: 1, stepLength: 2 }, '<.?#:', ['<', '>', '!', 'a', '7'], 6],
])('%s %j: every text of a few pieces', (name, options, prompt, pieces, most) => {
  const task = taskFamily(name).create(options);
  const problem = { prompt, answer: { chain: options['modulus'] === 0 ? '336' : '6', columns: '132', sort: '123', countdown: '26', bifurcation: '<0' }[name]! };
  let [seen, wrong] = [0, 0];
  for (const text of texts(pieces, most)) {
    const { worked, checked } = bothVerdicts(task, finished(task, problem, text));
    if (worked.some((one, k) => one !== checked[k]) || worked.length !== checked.length) expect({ text, worked }).toEqual({ text, worked: checked });
    seen++;
    if (checked.includes(false)) wrong++;
  }
  expect(wrong).toBeGreaterThan(seen / 4);
  expect(wrong).toBeLessThan(seen);
});

test('sums of whole numbers are worked digit by digit, the numbers that are left are tried', () => {
  const hard = taskFamily('chain').create({ modulus: 0, operations: 2, operators: '*' });
  expect(lessonOf(hard, finished(hard, { prompt: '81*9*7:', answer: '5103' }, '81*9=729\n729*7=5113\n=5113')).critique)
    .toBe('step 0: 81*9:09,72=729 right\nstep 1: 729*7:63,20,51=5103 wrong\nstep 2: =5113 right\nWrong steps: [1]');
  const countdown = taskFamily('countdown').create();
  expect(lessonOf(countdown, finished(countdown, { prompt: '3,5,7>26:', answer: '26' }, '3+5=8\n7+8=15')).critique)
    .toBe('step 0: have 3,5,7 do 3+5=8 keep 7,8 get 15,1,56 miss wrong\nstep 1: have 7,8 do 7+8=15 keep 15 lost right\nWrong steps: [0]');
});

test('lessons hold training problems alone, fit the model, and are the same again', () => {
  const tasksMet = new Map<string, number>();
  for (let n = 0; n < 400; n++) {
    const { prompt, critique } = lessonTokens(subjects, 3, 5, n);
    expect(prompt.length).toBeLessThanOrEqual(LONGEST_PROMPT);
    expect(critique.length).toBeLessThanOrEqual(LONGEST_CRITIQUE);
    const asked = decodeText(prompt);
    const [, rules, problem] = /^Rules: (.*)\n\n(.*):\n<step 0> [^]*<critique>$/.exec(asked)!;
    expect(splitOf(problem!)).toBe('train');
    tasksMet.set(rules!, (tasksMet.get(rules!) ?? 0) + 1);
  }
  // seven policies of six tasks: both bifurcations have the same rules
  expect(tasksMet.size).toBe(6);
  expect(Math.min(...tasksMet.values())).toBeGreaterThan(15);
  expect(lessonBatch(subjects, 8, 3, 5)).toEqual(lessonBatch(subjects, 8, 3, 5));
  expect(lessonBatch(subjects, 8, 3, 5)).not.toEqual(lessonBatch(subjects, 8, 3, 6));
});

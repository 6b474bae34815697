// Answers from a file judged by a language model: what it is shown, how its critiques come into the batch, and what methods make of them.

import { expect, test } from 'vitest';
import { findMethod } from '../../credit/methods';
import type { RolloutProblem } from '../../formats/rollouts/rollout';
import { writeRolloutLine } from '../../formats/rollouts/writeRollouts';
import { readRolloutLine } from '../../formats/rollouts/readLine';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import type { Critique } from '../judging';
import { answersBatch } from './answersBatch';
import { scoreBrokenSteps, shareOf } from './brokenStep';
import { creditAnswers, methodsOfAnswers } from './creditAnswers';
import { writtenProblems } from './exportAnswers';
import { judgeCasesOf, judgedAlso, judgedProblems, readBy } from './judgedAnswers';
import { words } from './words';

const PROBLEMS: readonly RolloutProblem[] = [
  { prompt: 'How many?', reference: 'so it is\n#### 1,200', answers: [{ text: 'first this\nthen that', reward: 1 }, { text: 'a b c', reward: 0, steps: ['a ', 'b ', 'c'], stepLabels: ['right', 'wrong', 'unknown'] }] },
  { prompt: 'And here?', answers: [{ text: 'x', reward: 0 }, { text: 'y', reward: 1 }] },
];
const JUDGE = { model: 'judge-1', where: 'localhost', system: 's', user: 'u' };
const critique = (flags: readonly number[] | null, text = ''): Critique => ({ flags, text, verdict: flags === null ? 'no-list' : 'read', outOfRange: 0 });
const critiques_Nk = [[critique([]), critique([1])], [critique([1], 'Step 1 is wrong.'), critique(null, 'hm')]];
const said_Nk = critiques_Nk.map((row) => row.map(({ text, verdict, outOfRange }) => ({ text, verdict, outOfRange })));
const plain = answersBatch(PROBLEMS, words);
const withFirst = [judgedAlso(PROBLEMS[0]!, judgedProblems([PROBLEMS[0]!], JUDGE, critiques_Nk)), PROBLEMS[1]!];
const judged = readBy(answersBatch(withFirst, words), JUDGE);
const names = (batch: typeof plain) => methodsOfAnswers(batch).able.map(({ name }) => name);

test('a judge is shown the steps of the file, else those that are found, and the right answer where there is one', () => {
  expect(PROBLEMS.flatMap(judgeCasesOf)).toEqual([
    { problem: 'How many?', steps_K: ['first this\n', 'then that'], reference: '1200' }, { problem: 'How many?', steps_K: ['a ', 'b ', 'c'], reference: '1200' },
    { problem: 'And here?', steps_K: ['x'] }, { problem: 'And here?', steps_K: ['y'] },
  ]);
});

test('critiques of several problems are told apart by their answers', () => {
  const both = judgedProblems(PROBLEMS, JUDGE, [...critiques_Nk, [critique([0])], [critique([])]]);
  expect(both.map((one) => one.critiques_Nk.map((row) => row.map(({ flags }) => flags)))).toEqual([[[[], [1]], [[1], null]], [[[0]], [[]]]]);
});

test('in the batch they take the place of the verdicts; what is known of steps stays', () => {
  expect(judged.critique.critiques_Nk).toEqual([[[], [1]], [[1], null], [], []]);
  expect(judged.critique.judge).toMatchObject({ ...JUDGE, said_Nk: [said_Nk[0], said_Nk[1], [], []] });
  expect(judged.verdicts_NK).toEqual(plain.verdicts_NK);
  expect(judged.critique.isKnown_NK).toEqual([[false, false], [true, true, false], [false], [false]]);
  expect(readBy(plain, JUDGE)).toBe(plain);
  // other tokens leave steps, and so critiques, where they are
  const letters = answersBatch(PROBLEMS, (text) => ({ tokens: [...text], isChanged: false }));
  expect(letters.critique.steps_NK.map(({ length }) => length)).toEqual(plain.critique.steps_NK.map(({ length }) => length));
});

test('methods that need critiques run once there are some, and no longer repeat the verdicts', async () => {
  const unlabelled = answersBatch([PROBLEMS[1]!], words);
  expect(names(unlabelled)).not.toContain('capo');
  const now = readBy({ ...unlabelled, problems: [judgedAlso(PROBLEMS[1]!, [{ judge: JUDGE, critiques_Nk: [[critique([0])], [critique([])]] }])] }, JUDGE);
  expect(names(now)).toEqual(expect.arrayContaining(['capo', 'pure']));
  expect(methodsOfAnswers(plain).able.find(({ name }) => name === 'capo')!.readsVerdicts).toBe(true);
  expect(methodsOfAnswers(judged).able.find(({ name }) => name === 'capo')!.readsVerdicts).toBe(false);
  // the judge flags the labelled step by every critique that could be read: CAPO's lowest credit lies there
  const credit = await creditAnswers(new CpuExecutor(), findMethod('capo'), judged);
  expect(credit.advantages_NT.every(Number.isFinite)).toBe(true);
  expect(shareOf(scoreBrokenSteps(judged, credit))).toMatchObject({ found: 1, answers: 1 });
});

test('several judges are kept side by side; one that reads again says it anew', () => {
  const other = { ...JUDGE, user: 'asked in other words' };
  const all = judgedAlso(withFirst[0]!, [{ judge: other, critiques_Nk: [[critique([0])], []] }]);
  expect(all.judged!.map(({ judge }) => judge)).toEqual([JUDGE, other]);
  expect(readBy(answersBatch([all], words), other).critique.critiques_Nk).toEqual([[[0]], []]);
  const again = judgedAlso(all, [{ judge: JUDGE, critiques_Nk: [[], []] }]);
  expect(again.judged!.map(({ judge, critiques_Nk: rows }) => [judge.user, rows.flat().length])).toEqual([['u', 0], [other.user, 1]]);
});

test('they go out with the answers, all judges of them, and come back with the file', () => {
  const other = { ...JUDGE, model: 'judge-2', runsOn: 'the processor' };
  const batch = answersBatch([judgedAlso(withFirst[0]!, [{ judge: other, critiques_Nk: [[critique([0], 'Wrong steps: [0]')], [critique(null)]] }]), withFirst[1]!], words);
  const read = writtenProblems(batch, []).map((one) => readRolloutLine(writeRolloutLine(one)).problem);
  expect(read.map(({ judged: all }) => all)).toEqual(batch.problems.map(({ judged: all }) => all));
  expect(read.map(({ answers }) => answers.map(({ text }) => text))).toEqual(PROBLEMS.map(({ answers }) => answers.map(({ text }) => text)));
  expect(readBy(answersBatch(read, words), JUDGE).critique).toEqual(judged.critique);
});

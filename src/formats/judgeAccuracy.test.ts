import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ACCURACY_FORMAT, readJudgeAccuracy, writeJudgeAccuracy, type JudgeAccuracy } from './judgeAccuracy';

const SHIPPED = 'public/models/judge/accuracy.json';
const one: JudgeAccuracy = { format: ACCURACY_FORMAT, parameters: 3, temperature: 0.7, votes: 4, tasks: [{ task: 'chain', answers: 5, steps: 9, wrongSteps: 2, missing: 1, precision: 1, recall: 0.5, f1: 2 / 3, greedyF1: 1, votedF1: 0 }] };

test('what is written is read again', () => {
  expect(readJudgeAccuracy(writeJudgeAccuracy(one))).toEqual(one);
});

test.each<[object, RegExp]>([
  [{ ...one, format: 'x' }, /format/], [{ ...one, tasks: [{ ...one.tasks[0], f1: 1.5 }] }, /f1: 1.5 is no share/], [{ ...one, tasks: [{ ...one.tasks[0], missing: 6 }] }, /6 of 5/], [{ ...one, tasks: 1 }, /tasks/],
])('anything else is refused: %j', (wrong, reason) => {
  expect(() => readJudgeAccuracy(JSON.stringify(wrong))).toThrow(reason);
});

test.runIf(existsSync(SHIPPED))('the shipped judge\'s is one, and good enough on chain', () => {
  const chain = readJudgeAccuracy(readFileSync(SHIPPED, 'utf8')).tasks.find(({ task }) => task === 'chain')!;
  expect(chain.f1).toBeGreaterThanOrEqual(0.9);
  // the three belong together
  expect(chain.f1).toBeCloseTo((2 * chain.precision * chain.recall) / (chain.precision + chain.recall), 3);
});

// Breaker agreement against steps known to be wrong, by hand; of a recorded run by brute force.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RolloutAnswer } from '../../formats/rollouts/rollout';
import { readRunFile } from '../../formats/runFile';
import { taskFamily } from '../../tasks';
import { answerSteps } from '../answerSteps';
import { encode } from '../tokens';
import { answersBatch } from './answersBatch';
import { NO_BROKEN_STEPS, scoreBrokenSteps, shareOf, type BrokenStepScore, type CheckedAnswers } from './brokenStep';
import { words } from './words';

const answer = (reward: number | null, stepLabels: RolloutAnswer['stepLabels']): RolloutAnswer => ({ text: 'a b\nc\nd', reward, tokens: ['a', ' b', '\n', 'c', '\n', 'd'], steps: ['a b\n', 'c\n', 'd'], stepLabels: stepLabels! });
const creditOf = (advantages_NT: Float32Array) => ({ rows: [], advantages_NT });
const batchOf = (...answers: RolloutAnswer[]) => answersBatch([{ prompt: 'p', answers }], words);

test('the lowest credit of the answer counts where it lies on the first wrong step; equals count for their part', () => {
  const one = batchOf(answer(0, ['right', 'wrong', 'wrong']));
  const score = (...credit: number[]) => scoreBrokenSteps(one, creditOf(Float32Array.from(credit)))[0]!;
  // by chance: two tokens of six
  expect(score(0, 0, 0, -1, 0, 0)).toEqual({ found: 1, chance: 2 / 6, answers: 1 });
  expect(score(0, 0, 0, 0, 0, -1).found).toBe(0);
  expect(score(-1, -1, -1, -1, -1, -1).found).toBeCloseTo(2 / 6, 12);
  expect(score(-1, 0, 0, -1, -1, 0).found).toBeCloseTo(2 / 3, 12);
  // a rounding error parts nothing
  expect(score(0, 0, 0, -1, -1 - 1e-8, 0).found).toBe(1);
});

test('right answers, and answers without a step known to be wrong, say nothing; an answer without a reward is not right', () => {
  const credit = (batch: ReturnType<typeof batchOf>) => scoreBrokenSteps(batch, creditOf(new Float32Array(batch.sample.answers * batch.sample.width)))[0]!;
  expect(credit(batchOf(answer(1, ['wrong', 'right', 'right']), answer(0, ['right', 'unknown', 'right'])))).toEqual(NO_BROKEN_STEPS);
  expect(credit(batchOf(answer(null, ['wrong', 'right', 'right']), answer(-1, ['right', 'right', 'wrong']))).answers).toBe(2);
});

test('an answer’s end is where its tokens end, not where those of a longer one do', () => {
  const batch = batchOf({ text: 'x', reward: 0, steps: ['x'], stepLabels: ['wrong'] }, answer(1, ['right', 'right', 'right']));
  const credit_NT = Float32Array.of(-1, -9, -9, -9, -9, -9, 0, 0, 0, 0, 0, 0);
  expect(scoreBrokenSteps(batch, creditOf(credit_NT))).toEqual([{ found: 1, chance: 1, answers: 1 }]);
});

test('an answer that the method keeps out of the loss has no credit, and every token of it the lowest', () => {
  const batch = batchOf(answer(0, ['right', 'wrong', 'right']), answer(0, ['right', 'wrong', 'right']));
  const advantages_NT = Float32Array.of(0, 0, 0, -1, 0, 0, 0, 0, 0, -1, 0, 0);
  const rows = [{ id: 'kept', label: '', shape: 'answer', formula: '', inputs: {}, parameters: {}, values: Float32Array.of(1, 0) }] as const;
  expect(scoreBrokenSteps(batch, { rows, rowMask: 'kept', advantages_NT })[0]!.found).toBeCloseTo(1 + 2 / 6, 12);
});

describe('several problems', () => {
  const score = (found: number, answers: number): BrokenStepScore => ({ found, chance: answers / 4, answers });

  test('add up; their interval is that of their resamples, and of one problem there is none', () => {
    expect(shareOf([score(0.5, 1), NO_BROKEN_STEPS])).toEqual({ found: 0.5, chance: 0.25, answers: 1, interval: null });
    expect(shareOf([])).toEqual({ ...NO_BROKEN_STEPS, interval: null });
    // every problem says the same, whatever is drawn
    expect(shareOf([score(1, 2), score(3, 6)])).toEqual({ found: 4, chance: 2, answers: 8, interval: { value: 0.5, low: 0.5, high: 0.5 } });
    // two problems: both alike in a quarter of the resamples each, so 2.5 % and 97.5 % lie there
    expect(shareOf([score(0, 1), NO_BROKEN_STEPS, score(2, 2)]).interval).toEqual({ value: 2 / 3, low: 0, high: 1 });
  });

  test('are as sure of their share as its standard error says', () => {
    // 40 problems with one answer each, half of them found: the share's standard error is 0.079, and 1.96 of it 0.155
    const { low, high } = shareOf(Array.from({ length: 40 }, (_, i) => score(i % 2, 1))).interval!;
    expect(low).toBeGreaterThan(0.5 - 0.19);
    expect(low).toBeLessThan(0.5 - 0.12);
    expect(high).toBeGreaterThan(0.5 + 0.12);
    expect(high).toBeLessThan(0.5 + 0.19);
  });
});

/** What a task's checker says of one answer, as a run records it. */
function checked(taskName: string, options: Record<string, number>, prompt: string, right: string, text: string): { readonly answers: CheckedAnswers; readonly length: number } {
  const task = taskFamily(taskName).create(options);
  const problem = { prompt, answer: right };
  const tokens = [...encode(task.alphabet, text), 1];
  const { steps_K, verdicts_K } = answerSteps(task, problem, tokens);
  return {
    length: tokens.length,
    answers: {
      sample: { problems_P: [problem], answers: 1, width: tokens.length, problem_N: Uint32Array.of(0), lengths_N: Uint32Array.of(tokens.length) },
      score: { outcome_N: Float32Array.of(task.verify(problem, text)) },
      critique: { steps_NK: [steps_K], isCorrect_NK: [verdicts_K.map(({ isCorrect }) => isCorrect)] },
    },
  };
}

// worked out by hand: the tokens of the first wrong line, its delimiter or the stop token included
test.each([
  // (7+5) mod 10 = 2, 2-3 = 9, 9+8 = 7; the second line says 8, and the third goes on from there rightly
  ['chain', {}, '7+5-3+8:', '7', '7+5=2\n2-3=8\n8+8=6\n=6', [6, 12]],
  // all lines hold, and the last gives another number: three lines of 6 tokens, then two and the stop token
  ['chain', {}, '7+5-3+8:', '7', '7+5=2\n2-3=9\n9+8=7\n=5', [18, 21]],
  // the first line takes the wrong operand
  ['chain', {}, '7+5-3+8:', '7', '7+3=0\n0-3=7\n7+8=5\n=5', [0, 6]],
  // 53142: 5 and 1 change places, then 3 and 2; the second line writes a 4 for a 5
  ['sort', { length: 5 }, '53142:', '12345', '5~1=13542\n3~2=12443\n=12443', [10, 20]],
  // all swaps are right, and the last line, of 6 tokens and the stop token, stops one swap too soon
  ['sort', { length: 5 }, '53142:', '12345', '5~1=13542\n3~2=12543\n=12543', [20, 27]],
  // 26 = 3*7+5; 3+5 = 8 is true and leaves 7 and 8, which give 1, 15 and 56 only
  ['countdown', {}, '3,5,7>26:', '26', '3+5=8\n8*7=56', [0, 6]],
] as const)('%s: the first wrong step of an answer to %s %s', (task, options, prompt, right, text, [start, end]) => {
  const { answers, length } = checked(task, options, prompt, right, text);
  for (let token = 0; token < length; token++) {
    const lowest = Float32Array.from({ length }, (_, t) => (t === token ? -1 : 0));
    expect(scoreBrokenSteps(answers, creditOf(lowest)), `token ${token}`).toEqual([{ found: token >= start && token < end ? 1 : 0, chance: (end - start) / length, answers: 1 }]);
  }
});

test('a right answer, and a wrong one without a wrong step, have none', () => {
  for (const text of ['7+5=2\n2-3=9\n9+8=7\n=7', '7+5=2\n2-3=9']) {
    const { answers, length } = checked('chain', {}, '7+5-3+8:', '7', text);
    expect(scoreBrokenSteps(answers, creditOf(new Float32Array(length)))).toEqual([NO_BROKEN_STEPS]);
  }
});

describe('a recorded run', () => {
  const run = readRunFile(readFileSync(join(import.meta.dirname, '../../../public/runs/default.json'), 'utf8'));

  /** Lines of a chain modulo 10, reckoned here: [first, last + 1] of the characters of the first that is not the next right one. */
  function firstWrongLine(prompt: string, text: string): readonly [number, number] | undefined {
    const [first, ...operations] = prompt.slice(0, -1).split(/(?=[-+*])/);
    let [running, from] = [first!, 0];
    for (const line of text.split(/(?<=\n)/)) {
      const operation = operations.shift();
      const [left, right] = [Number(running), Number(operation?.slice(1))];
      const result = operation?.[0] === '+' ? left + right : operation?.[0] === '-' ? left - right + 10 : left * right;
      const wanted = operation === undefined ? `=${running}` : `${running}${operation}=${result % 10}`;
      if (line.trimEnd() !== wanted) return [from, from + line.length];
      [running, from] = [String(result % 10), from + line.length];
    }
    return undefined;
  }

  test('every update, by brute force: its own credit, and one that is the same for all tokens', () => {
    let wrong = 0;
    for (const { sample, score, critique, credit } of run.updates) {
      const [found, alike] = [sample.problems_P.map(() => 0), sample.problems_P.map(() => 0)];
      for (let n = 0; n < sample.answers; n++) {
        if (score.outcome_N[n] === 1) continue;
        const length = sample.lengths_N[n]!;
        const ids = [...sample.tokens_NT.subarray(n * sample.width, n * sample.width + length)];
        const isFinished = sample.finished_N[n] === 1;
        const text = ids.slice(0, isFinished ? -1 : undefined).map((id) => run.names.alphabet[id]!).join('');
        const problem = sample.problem_N[n]!;
        const [start, end] = firstWrongLine(sample.problems_P[problem]!.prompt, text) ?? [length - 1, length];
        // the stop token is the last line's
        const after = isFinished && end === text.length && !text.endsWith('\n') ? end + 1 : end;
        const numbers = ids.map((_, t) => credit.advantages_NT[n * sample.width + t]!);
        const least = Math.min(...numbers);
        const lowest = [...numbers.keys()].filter((t) => numbers[t]! - least < 1e-6);
        found[problem]! += lowest.filter((t) => t >= start && t < after).length / lowest.length;
        alike[problem]! += (after - start) / length;
        wrong++;
      }
      const own = scoreBrokenSteps({ sample, score, critique }, credit);
      own.forEach((one, p) => {
        expect(one.found).toBeCloseTo(found[p]!, 9);
        expect(one.chance).toBeCloseTo(alike[p]!, 9);
      });
      const same = shareOf(scoreBrokenSteps({ sample, score, critique }, creditOf(new Float32Array(sample.answers * sample.width).fill(-0.3))));
      expect(same.found).toBeCloseTo(alike.reduce((sum, one) => sum + one), 9);
    }
    expect(wrong).toBeGreaterThan(100);
  });
});

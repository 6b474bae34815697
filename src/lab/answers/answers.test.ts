// Answers from a file as a batch: tokens, steps and verdicts; credit worked out by hand; what cannot run says why; the sixty problems.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMethod } from '../../credit/methods';
import { readRolloutLine } from '../../formats/rollouts/readLine';
import type { RolloutAnswer, RolloutProblem } from '../../formats/rollouts/rollout';
import { writeRolloutLine } from '../../formats/rollouts/writeRollouts';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import { answersBatch } from './answersBatch';
import { creditAnswers, methodsOfAnswers } from './creditAnswers';
import { writtenProblems } from './exportAnswers';
import { words } from './words';

const SIXTY = readFileSync(join(import.meta.dirname, '../../../public/answers/gsm8k.jsonl'), 'utf8').trim().split('\n').map((line) => readRolloutLine(line).problem);
const executor = new CpuExecutor();
const answer = (text: string, reward: number | null, more: Partial<RolloutAnswer> = {}): RolloutAnswer => ({ text, reward, ...more });
const problem = (...answers: RolloutAnswer[]): RolloutProblem => ({ prompt: 'p', reference: '#### 12', answers });
const ableNames = (batch: ReturnType<typeof answersBatch>) => methodsOfAnswers(batch).able.map(({ name }) => name);

test('words: numbers, words and signs with the white space before them', () => {
  expect(words('She’s 1,200.5 left: $<<3*4=12>>12.\n\n  End ').tokens).toEqual(['She’s', ' 1,200.5', ' left', ':', ' $', '<', '<', '3', '*', '4', '=', '12', '>', '>', '12', '.', '\n', '\n', '  End', ' ']);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => { expect(words(text).tokens.join('')).toBe(text); }), { numRuns: 2000, seed: 1 });
});

describe('a batch', () => {
  test('steps, verdicts and rewards by the rules of GSM8K', () => {
    const batch = answersBatch([problem(answer('3*4=12\nA: 12', 1), answer('3*4=13\nA: 13', null), answer('', 0))], words);
    expect(batch.critique.steps_NK).toEqual([[[0, 6], [6, 9]], [[0, 6], [6, 9]], []]);
    expect(batch.verdicts_NK).toEqual([['right', 'unknown'], ['wrong', 'unknown'], []]);
    expect(batch.critique.critiques_Nk).toEqual([[[]], [[0]], [null]]);
    expect([...batch.score.outcome_N]).toEqual([1, 0, 0]);
    expect(batch.verified_N).toEqual([true, false, false]);
    expect(batch.sample.problems_P).toEqual([{ prompt: 'p', answer: '12' }]);
    expect(Array.from(batch.sample.tokens_NT.subarray(0, 9), (id) => batch.alphabet[id]).join('')).toBe('3*4=12\nA: 12');
  });

  test('tokens, steps and labels of the file come first; a token across a border belongs to the step it begins in', () => {
    const own = answer('ab cd', 1, { tokens: ['a', 'b c', 'd', '<eos>'], steps: ['ab', ' cd'], stepLabels: ['wrong', 'right'] });
    const batch = answersBatch([problem(own)], words);
    expect(batch.critique.steps_NK).toEqual([[[0, 2], [2, 4]]]);
    expect(batch.verdicts_NK).toEqual([['wrong', 'right']]);
    expect(batch.judged_N).toEqual(['file']);
    const swallowed = answersBatch([problem(answer('a\nb\nc', 1, { tokens: ['a\nb\n', 'c'] }))], words);
    expect(swallowed.critique.steps_NK).toEqual([[[0, 1], [1, 1], [1, 2]]]);
  });

  test('too many and too long answers are refused with a sentence', () => {
    expect(() => answersBatch([problem(...Array.from({ length: 200 }, () => answer('a '.repeat(30_000), 1)))], words)).toThrow(/200 answers of up to 30001 tokens are more/);
  });
});

describe('credit', () => {
  test('GRPO: rewards 1, 0, 0, 1 give ±1 (population) or ±√3/2 (sample), the same for every token', async () => {
    const batch = answersBatch([problem(answer('a b', 1), answer('c', 0), answer('d', 0), answer('e f g', 1))], words);
    const { advantages_NT } = await creditAnswers(executor, findMethod('grpo'), batch);
    const scale = Math.abs(advantages_NT[0]!);
    expect([1, Math.sqrt(3) / 2].some((one) => Math.abs(scale - one) < 1e-3)).toBe(true);
    expect(Array.from(advantages_NT, Math.sign)).toEqual([1, 1, 0, -1, 0, 0, -1, 0, 0, 1, 1, 1]);
  });

  test('CAPO: only the tokens of the step with wrong arithmetic get less than the others of their answer', async () => {
    const batch = answersBatch([problem(answer('so 3*4=13\nso 12\nA: 12', 1), answer('A: 5', 0))], words);
    const { advantages_NT } = await creditAnswers(executor, findMethod('capo'), batch);
    const [start, end] = batch.critique.steps_NK[0]![0]!;
    const row = [...advantages_NT.subarray(0, batch.sample.lengths_N[0])];
    const rest = row[end]!;
    expect(row.map((one) => (one < rest ? 'less' : 'same'))).toEqual(row.map((_, t) => (t >= start && t < end ? 'less' : 'same')));
  });

  test('TEMPO and TreePS see that answers begin alike', async () => {
    const batch = answersBatch([problem(answer('x y good', 1), answer('x y bad', 0), answer('x z', 0))], words);
    const { rows } = await creditAnswers(executor, findMethod('treeps'), batch);
    const value = rows.find(({ id }) => id === 'V')!.values;
    [1 / 3, 1 / 2, 1, 1 / 3, 1 / 2, 0, 1 / 3, 0].forEach((expected, i) => expect(value[i]).toBeCloseTo(expected, 6));
  });

  test('what is missing decides which methods can run, and the others say why', () => {
    const plain = answersBatch([problem(answer('no sum here', 1), answer('nor here', 0))], words);
    expect(ableNames(plain)).toEqual(expect.arrayContaining(['grpo', 'rloo', 'opo', 'tempo', 'treeps']));
    for (const name of ['capo', 'ppo', 'vineppo', 'gigpo']) expect(ableNames(plain)).not.toContain(name);
    const reasons = Object.fromEntries(methodsOfAnswers(plain).refused.map(({ name, reason }) => [name, reason]));
    expect(reasons['capo']).toMatch(/needs the signal “Critiques”.*but no judge has read these answers, and no step has a label or a calculation that can be checked\.$/);
    expect(reasons['ppo']).toMatch(/answers from a file come without\.$/);
    const judged = answersBatch([problem(answer('3*4=12', 1, { stepLabels: ['right'] }), answer('3', 0, { stepLabels: ['wrong'] }))], words);
    expect(ableNames(judged)).toEqual(expect.arrayContaining(['capo', 'pure']));
    const unrewarded = answersBatch([{ prompt: 'p', answers: [answer('a', null), answer('b', 1)] }], words);
    expect(methodsOfAnswers(unrewarded).refused.find(({ name }) => name === 'grpo')!.reason).toMatch(/1 of these 2 answers have neither a reward nor a reference answer\.$/);
    // every step judged
    for (const name of ['vpr', 'grounded_prm']) expect([ableNames(plain).includes(name), ableNames(judged).includes(name)]).toEqual([false, true]);
  });

  test('on the sixty problems every able method gives finite credit, and none to what is no token', { timeout: 120_000 }, async () => {
    for (let p = 0; p < 60; p += 20) {
      const batch = answersBatch(SIXTY.slice(p, p + 4), words);
      const names = ableNames(batch);
      expect(names).toContain('capo');
      for (const name of names) {
        const { advantages_NT } = await creditAnswers(executor, findMethod(name), batch);
        expect(advantages_NT.every(Number.isFinite), name).toBe(true);
        expect(advantages_NT.every((one, i) => one === 0 || i % batch.sample.width < batch.sample.lengths_N[Math.floor(i / batch.sample.width)]!), name).toBe(true);
      }
    }
  });
});

test('an export with every channel reads as the same answers, and its numbers are those of the programs', async () => {
  const withEnd = problem(answer('3*4=12\nA: 12', 1, { tokens: ['3*4=12', '\n', 'A: 12', '</s>'], logprobs: [-1, -1, -1, -1] }), answer('A: 3', null));
  const batch = answersBatch([SIXTY[0]!, withEnd], words);
  const credits = await Promise.all(['grpo', 'capo'].map((name) => creditAnswers(executor, findMethod(name), batch)));
  const lines = writtenProblems(batch, credits).map(writeRolloutLine);
  const again = lines.map((line) => readRolloutLine(line).problem);
  expect(again.map(({ answers }) => answers.map(({ text, reward }) => [text, reward]))).toEqual([SIXTY[0]!, withEnd].map(({ answers }) => answers.map(({ text, reward }) => [text, reward])));
  const batchAgain = answersBatch(again, words);
  expect(batchAgain.critique).toEqual(batch.critique);
  expect(batchAgain.sample).toEqual(batch.sample);
  const { credit } = JSON.parse(lines[1]!) as { credit: Record<string, Record<string, { shape: string; values: number[][] }>> };
  const { rows, advantages_NT } = credits[1]!;
  expect(Object.keys(credit['capo']!)).toEqual(rows.map(({ id }) => id));
  const written = credit['capo']![rows.at(-1)!.id]!.values[0]!;
  expect(written).toHaveLength(4);
  written.forEach((one, t) => expect(one).toBeCloseTo(advantages_NT[4 * batch.sample.width + t]!, 5));
});

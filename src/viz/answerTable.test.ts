import { expect, it } from 'vitest';
import type { PartialUpdate } from './channel';
import { answerColumns, answerLines, filterAnswers, flagsOf, partsOf, sortAnswers } from './answerTable';

const ALPHABET = ['<pad>', '<stop>', 'a', 'b', '\n'];

/** Two problems with two answers each, width 3; all numbers chosen by hand. */
const UPDATE: PartialUpdate = {
  sample: {
    problems_P: [{ prompt: 'p?', answer: 'a' }, { prompt: 'q?', answer: 'b' }], answers: 4, width: 3, problem_N: Uint32Array.of(0, 0, 1, 1),
    tokens_NT: Uint32Array.of(2, 1, 0, /**/ 2, 4, 3, /**/ 3, 3, 1, /**/ 1, 0, 0), lengths_N: Uint32Array.of(2, 3, 3, 1), finished_N: Uint8Array.of(1, 0, 1, 1), samplerLogprobs_NT: new Float32Array(12),
  },
  score: { outcome_N: Float32Array.of(1, 0, 1, 0), oldLogprobs_NT: new Float32Array(12), entropy_NT: new Float32Array(12), samplerGap: 0 },
  critique: {
    steps_NK: [[[0, 2]], [[0, 2], [2, 3]], [[0, 3]], []], critiques_Nk: [[[], null], [[0, 1], [1]], [[0], []], [[], []]],
    isCorrect_NK: [[true], [false, false], [true], []], canReachAnswer_NK: [[true], [false, false], [true], []],
  },
  credit: {
    method: 'x', advantages_NT: Float32Array.of(0.5, 0.25, 9, /**/ -1, -2, 0.5, /**/ 0.25, 0.25, 0.25, /**/ 0, 9, 9),
    rows: [
      { id: 'correct', label: 'Right', shape: 'answer', formula: '', inputs: {}, parameters: {}, values: Float32Array.of(1, 0, 1, 0) },
      { id: 'brevity', label: 'Brevity', shape: 'answer', formula: '{b} / 2', inputs: {}, parameters: {}, values: Float32Array.of(0.5, -0.5, Number.NaN, 0.25) },
      { id: 'A', label: 'Advantage', shape: 'token', formula: '', inputs: {}, parameters: {}, values: new Float32Array(12) },
    ],
  },
  gradient: { loss: 0, policyLoss: 0, kl: 0, clipShare: 0, gradientNorm: 0, ratio_NT: new Float32Array(12), isClipped_NT: Uint8Array.of(0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1), coefficient_NT: new Float32Array(12), firstRatioError: 0 },
};
const lines = answerLines(UPDATE, ALPHABET);
const columns = answerColumns(UPDATE);

it('reads what is written, asked and scored, and nothing past an answer’s end', () => {
  expect(lines.map(({ problem, row, prompt, text, raw, reward, length }) => [problem, row, prompt, text, raw, reward, length])).toEqual([
    [0, 0, 'p?', 'a', 'a', 1, 2], [0, 1, 'p?', 'a⏎b', 'a\nb', 0, 3], [1, 0, 'q?', 'bb', 'bb', 1, 3], [1, 1, 'q?', '', '', 0, 1],
  ]);
  expect(lines.map(({ advantageSum }) => advantageSum)).toEqual([0.75, -2.5, 0.75, 0]);
  expect(lines.map(({ advantageLeast }) => advantageLeast)).toEqual([0.25, -2, 0.25, 0]);
  expect(lines.map(({ tokensClipped }) => tokensClipped)).toEqual([0, 2, 0, 0]);
});

it('counts votes: shares of valid ones, and a step is wrong by more than half', () => {
  expect(lines.map(({ critique }) => critique)).toEqual([0, 0.75, 0.5, Number.NaN]);
  expect(lines.map(({ stepsJudgedWrong }) => stepsJudgedWrong)).toEqual([0, 1, 0, 0]);
  expect(lines.map(flagsOf)).toEqual([[], ['wrong', '1 judged wrong', '2 clipped', 'cut off'], [], ['wrong']]);
});

it('has a column for each part that is not the verifier’s score itself', () => {
  expect(partsOf(UPDATE).map(({ id }) => id)).toEqual(['brevity']);
  expect(columns.map(({ id }) => id)).toEqual(['problem', 'row', 'text', 'flags', 'reward', 'advantageSum', 'advantageLeast', 'length', 'critique', 'part:brevity']);
  expect(columns.find(({ id }) => id === 'part:brevity')!.meaning).toBe('b / 2');
});

it('has gaps, not zeros, for what has not happened yet', () => {
  const early = answerLines({ sample: UPDATE.sample }, ALPHABET);
  expect(early.map(({ reward, advantageSum, isWrong, tokensClipped }) => [reward, advantageSum, isWrong, tokensClipped])).toEqual(Array(4).fill([Number.NaN, Number.NaN, false, 0]));
  expect(answerColumns({ sample: UPDATE.sample }).some(({ id }) => id === 'critique')).toBe(false);
});

it('sorts either way, ties by the batch, no number last', () => {
  const order = (column: string, direction: 'ascending' | 'descending') => sortAnswers(lines, columns, { column, direction }).map(({ answer }) => answer);
  expect(order('reward', 'ascending')).toEqual([1, 3, 0, 2]);
  expect(order('reward', 'descending')).toEqual([0, 2, 1, 3]);
  expect(order('part:brevity', 'ascending')).toEqual([1, 3, 0, 2]);
  expect(order('part:brevity', 'descending')).toEqual([0, 3, 1, 2]);
  expect(order('text', 'ascending')).toEqual([3, 0, 1, 2]);
  expect(order('flags', 'descending')).toEqual([1, 3, 0, 2]);
  expect(order('nothing', 'ascending')).toEqual([0, 1, 2, 3]);
});

it('filters, and searches what is written and what is shown', () => {
  const found = (...wanted: [Parameters<typeof filterAnswers>[1], string]) => filterAnswers(lines, ...wanted).map(({ answer }) => answer);
  expect(found('all', '')).toEqual([0, 1, 2, 3]);
  expect(found('wrong', '')).toEqual([1, 3]);
  expect(found('judgedWrong', '')).toEqual([1]);
  expect(found('clipped', '')).toEqual([1]);
  expect(found('cutOff', '')).toEqual([1]);
  expect(found('longest', '')).toEqual([1, 2]);
  expect(found('all', 'Q?')).toEqual([2, 3]);
  expect(found('all', 'a\nb')).toEqual([1]);
  expect(found('all', ' A⏎b ')).toEqual([1]);
  expect(found('wrong', 'q')).toEqual([3]);
});

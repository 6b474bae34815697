import { expect, it } from 'vitest';
import type { UpdateRecord } from '../lab/record';
import type { PartialUpdate } from './channel';
import { channelsOf, findChannel, rowOfChannel } from './channel';
import { critiqueMark } from './critiqueMark';

const sample: UpdateRecord['sample'] = {
  problems_P: [{ prompt: '1+1=', answer: '2' }], answers: 2, width: 3, problem_N: Uint32Array.of(0, 0),
  tokens_NT: Uint32Array.of(2, 3, 1, 4, 1, 0), lengths_N: Uint32Array.of(3, 2), finished_N: Uint8Array.of(1, 1),
  samplerLogprobs_NT: new Float32Array(6),
};
const score: UpdateRecord['score'] = {
  outcome_N: Float32Array.of(1, 0), oldLogprobs_NT: Float32Array.of(-0.5, -1, -1.5, -2, -2.5, 99), entropy_NT: new Float32Array(6), samplerGap: 0,
};
const critique: UpdateRecord['critique'] = {
  steps_NK: [[[0, 1], [1, 2]], [[0, 1]]], critiques_Nk: [[[1], [1], [0], null], [null, null]], isCorrect_NK: [[true, false], [true]], canReachAnswer_NK: [[true, true], [true]],
};
const row = { shape: 'answer', formula: '', inputs: {}, parameters: {} } as const;
const credit: UpdateRecord['credit'] = {
  method: 'x', advantages_NT: Float32Array.of(1, 2, 3, -4, -5, 0),
  rows: [
    { ...row, id: 'r', label: 'Outcome', values: Float32Array.of(5, 6) },
    { ...row, id: 'a', label: 'Advantage', shape: 'token', values: Float32Array.of(1, 2, 3, -4, -5, 0) },
  ],
};
const after: UpdateRecord['after'] = {
  watchedAnswers: 1, logprobs_WT: Float32Array.of(-0.25, -1, -2),
  topBefore: { count: 0, ids: new Uint32Array(), probabilities: new Float32Array() }, topAfter: { count: 0, ids: new Uint32Array(), probabilities: new Float32Array() },
};
const update: PartialUpdate = { sample, score, critique, credit, after };

function values(id: string, of: PartialUpdate = update): number[] {
  const channel = findChannel(channelsOf(of), id);
  return [0, 1].flatMap((answer) => [0, 1, 2].map((token) => channel.valueAt(of, { answer, token })));
}

it('lists the verifier, the lines of the program, the advantage, then the model', () => {
  expect(channelsOf(update).map((channel) => channel.id)).toEqual(['reward', 'row:r', 'advantage', 'logprob', 'entropy', 'ratio', 'coefficient', 'change']);
  expect(channelsOf({ sample }).map((channel) => channel.id)).toEqual(['reward', 'advantage', 'logprob', 'entropy', 'ratio', 'coefficient', 'change']);
  expect(new Set(channelsOf(update).map((channel) => channel.id)).size).toBe(8);
});

it('reads each channel and has no number past the end of an answer', () => {
  expect(values('reward')).toEqual([1, 1, 1, 0, 0, Number.NaN]);
  expect(values('row:r')).toEqual([5, 5, 5, 6, 6, Number.NaN]);
  expect(values('advantage')).toEqual([1, 2, 3, -4, -5, Number.NaN]);
  expect(values('logprob')).toEqual([-0.5, -1, -1.5, -2, -2.5, Number.NaN]);
});

it('shows the change only for watched answers', () => {
  expect(values('change')).toEqual([0.25, 0, -0.5, Number.NaN, Number.NaN, Number.NaN]);
});

it('is all dashes for a phase that has not been reached', () => {
  expect(values('ratio')).toEqual(new Array(6).fill(Number.NaN));
  expect(values('reward', { sample })).toEqual(new Array(6).fill(Number.NaN));
});

it('falls back to the advantage for a channel that another method had', () => {
  expect(findChannel(channelsOf(update), 'row:gone').id).toBe('advantage');
  expect(rowOfChannel(update, 'advantage')?.id).toBe('a');
  expect(rowOfChannel(update, 'row:r')?.id).toBe('r');
  expect(rowOfChannel(update, 'entropy')).toBeUndefined();
});

it('marks steps by the votes of the critiques that came back', () => {
  const marks = [0, 1, 2].map((token) => critiqueMark(update, { answer: 0, token }));
  expect(marks.map((mark) => mark.kind)).toEqual(['split', 'wrong', 'none']);
  expect(marks[1]).toEqual({ kind: 'wrong', step: 1, flags: 2, valid: 3, asked: 4 });
  expect(critiqueMark(update, { answer: 1, token: 0 })).toEqual({ kind: 'none', step: 0, flags: 0, valid: 0, asked: 2 });
  expect(critiqueMark({ sample }, { answer: 0, token: 0 }).kind).toBe('none');
});

it('has the distance to the reference where there is one: never below 0, and 0 where nothing moved', () => {
  const moved: PartialUpdate = { ...update, score: { ...score, referenceLogprobs_NT: Float32Array.of(-0.5, -2, -0.5, -2, -2.5, 99) } };
  expect(channelsOf(moved).map(({ id }) => id)).toContain('kl');
  const [same, down, up, ...rest] = values('kl', moved);
  expect(same).toBe(0);
  // exp(−1) + 1 − 1 and exp(1) − 1 − 1
  expect(down).toBeCloseTo(0.36788, 5);
  expect(up).toBeCloseTo(0.71828, 5);
  expect(rest).toEqual([0, 0, Number.NaN]);
});

it('has the TD error where there is a value model', () => {
  const V = { ...row, id: 'V', label: 'Value', shape: 'token', values: Float32Array.of(0.5, 0.75, 0.25, 0.5, 0.5, 9) } as const;
  const valued: PartialUpdate = { ...update, credit: { ...credit, rows: [V, ...credit.rows] } };
  expect(channelsOf(valued).map(({ id }) => id)).toEqual(['reward', 'row:V', 'row:r', 'tdError', 'advantage', 'logprob', 'entropy', 'ratio', 'coefficient', 'change']);
  expect(values('tdError', valued)).toEqual([0.25, -0.5, 0.75, 0, -0.5, Number.NaN]);
});

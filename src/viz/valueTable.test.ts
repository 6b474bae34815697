import { expect, it } from 'vitest';
import type { PartialUpdate } from './channel';
import { valueTable } from './valueTable';

const update: PartialUpdate = {
  sample: { problems_P: [{ prompt: '1+1:', answer: '2' }], answers: 2, width: 2, problem_N: new Uint32Array(2), tokens_NT: Uint32Array.of(2, 3, 2, 0), lengths_N: Uint32Array.of(2, 1), finished_N: Uint8Array.of(1, 1), samplerLogprobs_NT: new Float32Array(4) },
  score: { outcome_N: Float32Array.of(1, 0), oldLogprobs_NT: new Float32Array(4), entropy_NT: new Float32Array(4), samplerGap: 0 },
  credit: { method: 'ppo', rows: [{ id: 'V', label: 'V', shape: 'token', formula: '', inputs: {}, parameters: {}, values: Float32Array.of(0.5, 0.75, 0.5, 9) }], advantages_NT: Float32Array.of(0.5, 0.25, -0.5, 9) },
};

it('has a row a token with what the view draws', () => {
  expect(valueTable(update, ['<pad>', '<stop>', 'a', 'b'], [1, 0], 7)).toEqual({
    caption: 'Value, return and TD error of 2 answers, token by token, update 7',
    columns: ['update', 'problem', 'prompt', 'answer', 'token', 'text', 'Value before', 'Return', 'TD error', 'Advantage'],
    rows: [[7, 1, '1+1:', 2, 1, 'a', 0.5, 0, -0.5, -0.5], [7, 1, '1+1:', 1, 1, 'a', 0.5, 1, 0.25, 0.5], [7, 1, '1+1:', 1, 2, 'b', 0.75, 1, 0.25, 0.25]],
  });
});

it('is none where the method has no value model', () => {
  expect(valueTable({ ...update, credit: { ...update.credit!, rows: [] } }, [], [0, 1], 7)).toBeUndefined();
});

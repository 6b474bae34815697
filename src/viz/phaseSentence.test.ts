import { expect, it } from 'vitest';
import type { UpdateRecord } from '../lab/record';
import type { PartialUpdate } from './channel';
import { answersOf, noCreditSentence, phaseSentence } from './phaseSentence';

const sample: UpdateRecord['sample'] = {
  problems_P: [{ prompt: 'a', answer: '1' }, { prompt: 'b', answer: '2' }], answers: 4, width: 2, problem_N: Uint32Array.of(0, 1, 0, 1),
  tokens_NT: new Uint32Array(8), lengths_N: Uint32Array.of(2, 1, 1, 2), finished_N: Uint8Array.of(1, 1, 0, 1), samplerLogprobs_NT: new Float32Array(8),
};
const score: UpdateRecord['score'] = {
  outcome_N: Float32Array.of(1, 1, 0, 1), oldLogprobs_NT: Float32Array.of(-1, -1, -1, 99, -1, 99, -1, -1), entropy_NT: new Float32Array(8), samplerGap: 0,
};
const credit: UpdateRecord['credit'] = { method: 'x', rows: [], advantages_NT: Float32Array.of(0.5, 1, 0, 99, -0.5, 99, 0, 0) };
const critique: UpdateRecord['critique'] = {
  steps_NK: [[[0, 1], [1, 2]], [], [[0, 1]], []], critiques_Nk: [[[1], [0, 1]], [], [null, []], []], isCorrect_NK: [], canReachAnswer_NK: [],
};
const gradient = { loss: -0.0123, gradientNorm: 0.84, clipShare: 0.021, coefficient_NT: Float32Array.of(-0.3, -0.1, 0, 99, 0.4, 99, -0.1, 0.1) } as UpdateRecord['gradient'];
const tops = { count: 0, ids: new Uint32Array(), probabilities: new Float32Array() };
const after = { watchedAnswers: 4, logprobs_WT: Float32Array.of(-0.75, -0.5, -1, 0, -1.5, 0, -1, -0.5), topBefore: tops, topAfter: tops };
const full: PartialUpdate = { sample, score, credit, critique, gradient, after, line: { update: 7 } as UpdateRecord['line'] };

it('finds the answers of a problem', () => expect([0, 1, 2].map((problem) => answersOf(full, problem))).toEqual([[0, 2], [1, 3], []]));

it('says what each phase did', () => {
  expect(phaseSentence(full, 'sample', 0)).toBe('2 answers sampled to this problem (4 in all), 1 to 2 tokens long, 1.5 on average; 1 cut off before the end.');
  expect(phaseSentence(full, 'score', 0)).toBe('1 of these 2 answers is right, a mean reward of 0.500; over the whole batch it is 0.750.');
  expect(phaseSentence(full, 'critique', 0)).toBe('4 critiques of these answers flag 2 of 3 steps at least once; 1 came back unusable.');
  expect(phaseSentence(full, 'critique', 1)).toBe('This method asks no critic: only the final answer counts.');
  expect(phaseSentence(full, 'credit', 0)).toBe('2 answers, 1 right, mean reward 0.500, so a token of a right answer gets +0.750 on average (+0.500 to +1.00), a wrong one gets −0.500.');
  expect(phaseSentence(full, 'credit', 1)).toBe('All 2 answers scored 1, so nobody gets credit.');
  expect(phaseSentence(full, 'gradient', 0)).toBe('Loss −0.0123, gradient norm 0.840, 2.1\u202f% of the tokens clipped; 80\u202f% of all pull on tokens comes from this problem.');
  expect(phaseSentence(full, 'update', 0)).toBe('Update 7 moved the policy: 2 of 2 tokens with credit became likelier (+0.375 in log-probability on average), 1 of 1 with blame less likely (−0.500).');
  expect(phaseSentence(full, 'update', 1)).toBe('The policy moved by other groups’ credit; here log-probabilities changed by +0.167 on average.');
});

it('does not hide a credit that is not finite', () => {
  const broken = { ...full, credit: { ...credit, advantages_NT: Float32Array.of(0.5, Number.NaN, 0, 99, -0.5, 99, 0, 0) } };
  expect(phaseSentence(broken, 'credit', 0)).toBe('2 answers, 1 right, mean reward 0.500, so a right answer gets —, a wrong one gets −0.500.');
});

it('says why a whole group is neutral, and nothing where one token is not or credit is not known yet', () => {
  expect(noCreditSentence(full, [1, 3])).toBe('All 2 answers scored 1, so nobody gets credit.');
  expect(noCreditSentence({ ...full, score: { ...score, outcome_N: Float32Array.of(1, 1, 0, 0) } }, [1, 3])).toBe('Nobody gets credit in this group.');
  expect(noCreditSentence(full, [0, 2])).toBeUndefined();
  expect(noCreditSentence({ sample, score }, [1, 3])).toBeUndefined();
});

it('says what one reward an answer is worth when all its tokens share it', () => {
  const outcome_N = Float32Array.of(1, 1, 1, 0, 0, 0, 0, 0);
  const eight: PartialUpdate = {
    sample: { ...sample, answers: 8, width: 1, problem_N: new Uint32Array(8), lengths_N: new Uint32Array(8).fill(1), finished_N: new Uint8Array(8).fill(1) },
    score: { ...score, outcome_N }, credit: { ...credit, advantages_NT: outcome_N.map((one) => one - 0.375) },
  };
  expect(phaseSentence(eight, 'credit', 0)).toBe('8 answers, 3 right, mean reward 0.375, so a right answer gets +0.625, a wrong one gets −0.375.');
  expect(phaseSentence(eight, 'sample', 0)).toBe('8 answers sampled to this problem (8 in all), 1 token each.');
});

it('says what the exact checker knows of the flags', () => {
  const checked = { ...critique, isCorrect_NK: [[true, false], [], [false], []] };
  expect(phaseSentence({ ...full, critique: checked }, 'critique', 0)).toBe('4 critiques of these answers flag 2 of 3 steps at least once; 1 of the 2 wrong steps is among them; 1 came back unusable.');
  expect(phaseSentence({ ...full, critique: { ...critique, isCorrect_NK: [[true, true], [], [true], []] } }, 'critique', 0)).toMatch(/at least once; the exact checker finds every step right; 1 came/);
});

it('says only the number of the update where the answers are not watched', () => {
  expect(phaseSentence({ ...full, after: { ...after, watchedAnswers: 2 } }, 'update', 0)).toBe('The policy’s parameters moved; that was update 7.');
});

it('is silent about phases that are still to come', () => {
  expect((['score', 'critique', 'credit', 'gradient', 'update'] as const).map((phase) => phaseSentence({ sample }, phase, 0))).toEqual(new Array(5).fill(undefined));
});

it('groups drawn again and answers left out of the loss are told', () => {
  const kept = { id: 'kept', label: 'In the loss', shape: 'answer', formula: '1', inputs: {}, parameters: {}, values: Float32Array.of(1, 0, 0, 0) } as const;
  const update = { ...full, sample: { ...sample, redrawn: 1 }, credit: { ...credit, rows: [kept], rowMask: 'kept' } };
  expect(phaseSentence(update, 'sample', 0)).toMatch(/; 1 group all right or all wrong drawn again\.$/);
  expect(phaseSentence(update, 'gradient', 0)).toMatch(/; 3 answers left out of the loss by the method\.$/);
});

import { expect, test } from 'vitest';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { capo } from './methods/capo';
import { ppo } from './methods/ppo';
import { findMethod } from './methods';
import { grpo } from './methods/grpo';
import { traceCredit } from './trace';
import { writeSignals, type CreditSignals } from './writeSignals';

const shape = { answers: 2, width: 3, problems: 1, maximumSteps: 2, critiques: 2 };
const good: CreditSignals = {
  problem_N: [0, 0], mask_NT: [1, 1, 1, 1, 0, 0], steps_NK: [[[0, 1], [1, 3]], [[0, 2]]],
  critiques_Nk: [[[0], null], [[5, 0, 0, -1], []]], values: { correct: [1, 0], outcome: [1, 0] },
};

test.each<[string, Partial<CreditSignals>, RegExp]>([
  ['too few answers', { problem_N: [0] }, /problem_N has 1 entries, 2 are needed/],
  ['a problem that is not there', { problem_N: [0, 1] }, /problem_N\[1\] = 1: there are 1 problems/],
  ['a negative problem', { problem_N: [0, -1] }, /problem_N\[1\]/],
  ['a short mask', { mask_NT: [1] }, /mask_NT/],
  ['a step past the end', { steps_NK: [[[0, 4]], []] }, /answer 0, step 0/],
  ['overlapping steps', { steps_NK: [[[0, 2], [1, 3]], []] }, /answer 0, step 1/],
  ['a step backwards', { steps_NK: [[[2, 1]], []] }, /answer 0, step 0/],
  ['too many steps', { steps_NK: [[[0, 1], [1, 2], [2, 3]], []] }, /3 steps, the program was traced for 2/],
  ['too many critiques', { critiques_Nk: [[[], [], []], []] }, /3 critiques/],
  ['no critiques', { critiques_Nk: undefined }, /needs critiques/],
  ['no verdicts', { values: {} }, /method capo needs the signal correct/],
  ['a verdict that is no number', { values: { correct: [1, Number.NaN] } }, /signal correct at element 1 is NaN/],
  ['an infinite verdict', { values: { correct: [Infinity, 0] } }, /element 0 is Infinity/],
  ['verdicts of another batch', { values: { correct: [1, 0, 1] } }, /correct has 3 entries/],
])('%s is refused', async (_, change, message) => {
  const executor = new CpuExecutor();
  const traced = traceCredit(capo, {}, shape);
  await executor.prepare(traced.plan);
  writeSignals(executor, traced, good);
  expect(() => writeSignals(executor, traced, { ...good, ...change })).toThrow(RangeError);
  expect(() => writeSignals(executor, traced, { ...good, ...change })).toThrow(message);
});

test('critiques: repeated and unknown indices are dropped, a missing one is not valid', async () => {
  const executor = new CpuExecutor();
  const traced = traceCredit(capo, {}, shape);
  await executor.prepare(traced.plan);
  writeSignals(executor, traced, good);
  expect([...await executor.read(traced.inputs['critiqueFlags']!)]).toEqual([1, 0, 0, 0, 1, 0, 0, 0]);
  expect([...await executor.read(traced.inputs['critiqueIsValid']!)]).toEqual([1, 0, 1, 1]);
  expect([...await executor.read(traced.inputs['stepOfToken']!)]).toEqual([0, 1, 1, 0, -1, -1]);
});

test('what padding holds is never looked at, nor what a program does not ask for', async () => {
  const executor = new CpuExecutor();
  const traced = traceCredit(ppo, {}, shape);
  await executor.prepare(traced.plan);
  writeSignals(executor, traced, { ...good, values: { outcome: [1, 0], values: [0.5, 1, 2, 3, Number.NaN, Infinity], tokenRewards: [Number.NaN] } });
  expect([...await executor.read(traced.inputs['values']!)]).toEqual([0.5, 1, 2, 3, 0, 0]);
});

test('an answer left out by the mask has no steps', async () => {
  const executor = new CpuExecutor();
  const traced = traceCredit(grpo, {}, shape);
  await executor.prepare(traced.plan);
  writeSignals(executor, traced, { ...good, mask_NT: [0, 0, 0, 1, 0, 0] });
  expect([...await executor.read(traced.inputs['stepCount']!)]).toEqual([0, 1]);
});

const probed = { ...good, tokens_NT: [1, 2, 3, 1, 2, 0], states_NK: [['q', 's'], ['q']], answerLogprobs_NKL: [[[-1, -2], [-3, -4], [-5, -6]], [[-7], [-8]]] };
const probeShape = { ...shape, referenceTokens: 2 };

test.each<[string, string, Partial<CreditSignals>, RegExp]>([
  ['igpo', 'no probes', { answerLogprobs_NKL: undefined }, /igpo needs log-probabilities of the reference answer/],
  ['igpo', 'a probe too few', { answerLogprobs_NKL: [[[-1], [-3]], [[-7], [-8]]] }, /answerLogprobs_NKL\[0\] has 2 entries for 2 steps/],
  ['igpo', 'a long reference', { answerLogprobs_NKL: [[[-1, -2, -3], [-3], [-5]], [[-7], [-8]]] }, /answerLogprobs_NKL\[0\] has 3 tokens/],
  ['igpo', 'ragged probes', { answerLogprobs_NKL: [[[-1, -2], [-3], [-5, -6]], [[-7], [-8]]] }, /an entry of answerLogprobs_NKL\[0\] has 1 entries, 2 are needed/],
  ['igpo', 'a probe of minus infinity', { answerLogprobs_NKL: [[[-1, -Infinity], [-3, -4], [-5, -6]], [[-7], [-8]]] }, /signal answerLogprobs at answer 0 is -Infinity/],
  ['tempo', 'no token ids', { tokens_NT: undefined }, /tempo needs the token ids/],
  ['tempo', 'token ids of another batch', { tokens_NT: [1] }, /tokens_NT has 1 entries/],
  ['gigpo', 'no states', { states_NK: undefined }, /gigpo needs the states/],
  ['gigpo', 'a state too few', { states_NK: [['q'], ['q']] }, /states_NK\[0\] has 1 states for 2 steps/],
])('%s: %s is refused', async (name, _, change, message) => {
  const executor = new CpuExecutor();
  const traced = traceCredit(findMethod(name), {}, probeShape);
  await executor.prepare(traced.plan);
  writeSignals(executor, traced, probed);
  expect(() => writeSignals(executor, traced, { ...probed, ...change })).toThrow(RangeError);
  expect(() => writeSignals(executor, traced, { ...probed, ...change })).toThrow(message);
});

test('probes: one slot after each number of steps, the whole answer in the last', async () => {
  const executor = new CpuExecutor();
  const traced = traceCredit(findMethod('igpo'), {}, probeShape);
  await executor.prepare(traced.plan);
  writeSignals(executor, traced, probed);
  expect([...await executor.read(traced.inputs['answerLogprobs']!)]).toEqual([-1, -2, -3, -4, -5, -6, -5, -6, -7, 0, -8, 0, 0, 0, -8, 0]);
  expect([...await executor.read(traced.inputs['answerTokens']!)]).toEqual([2, 1]);
});

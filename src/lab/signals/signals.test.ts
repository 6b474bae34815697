// Every provider on answers written by hand; each asked once; needs that cannot be met are named.

import { beforeEach, describe, expect, it, test } from 'vitest';
import { findMethod, METHODS } from '../../credit/methods';
import type { ModelConfig } from '../../model/config';
import { chain } from '../../tasks/chain';
import { STOP_TOKEN, type Task } from '../../tasks/task';
import { FakePolicy } from '../fakePolicyTesting';
import { readConfiguration } from '../readConfiguration';
import { critique } from '../phases/critique';
import type { SampleRecord } from '../record';
import { encode } from '../tokens';
import { collectSignals, creditShape, unmetNeed } from './index';
import type { Scene } from './provider';

const task = chain.create();
const WIDTH = 24;
const problem = { prompt: '7+5-3+8:', answer: '7' };
const TEXTS = ['7+5=2\n2-3=9\n9+8=7\n=7', '7+5=3\n3-3=0\n0+8=8\n=8', '7+5=2\n=2\n', '=7', ''];
let scene: Scene;
let continuer: FakePolicy;

beforeEach(() => {
  const answers_N = TEXTS.map((text) => [...encode(task.alphabet, text), STOP_TOKEN]);
  const tokens_NT = new Uint32Array(TEXTS.length * WIDTH);
  answers_N.forEach((tokens, n) => tokens_NT.set(tokens, n * WIDTH));
  const sample: SampleRecord = {
    problems_P: [problem], answers: TEXTS.length, width: WIDTH, problem_N: new Uint32Array(TEXTS.length), tokens_NT,
    lengths_N: Uint32Array.from(answers_N, ({ length }) => length), finished_N: new Uint8Array(TEXTS.length).fill(1), samplerLogprobs_NT: new Float32Array(tokens_NT.length),
  };
  const configuration = readConfiguration({ problemsPerUpdate: 1, answersPerProblem: TEXTS.length, critic: { critiques: 2 }, loss: { klKind: 'none' } });
  const score = { outcome_N: Float32Array.of(1, 0, 0, 1, 0), oldLogprobs_NT: new Float32Array(tokens_NT.length).fill(-1), entropy_NT: new Float32Array(tokens_NT.length).fill(0.5), samplerGap: 0 };
  const model = new FakePolicy({ vocabularySize: task.alphabet.length } as ModelConfig, 8, WIDTH);
  continuer = new FakePolicy(model.config, 8 + WIDTH, WIDTH);
  scene = { configuration, task, hasValueModel: false, update: 1, model, sample, score, critique: critique(task, configuration.critic, 1, 1, sample), continuer: async () => continuer };
});

describe('signals, by hand', () => {
  const valuesOf = async (...needs: Parameters<typeof collectSignals>[1]) => (await collectSignals(scene, needs)).signals.values!;

  it('outcomes and form', async () => {
    const { correct, formatOk } = await valuesOf('correct', 'formatOk');
    expect([...(correct as Float32Array)]).toEqual([1, 0, 0, 1, 0]);
    expect([...(formatOk as Float32Array)]).toEqual([1, 1, 1, 1, 0]);
  });

  it('steps agree with the answer that the text itself gives', async () => {
    // the second answer follows from its own wrong first step; the third gives what it had so far, and its stop token is a step that ends its own answer
    expect((await valuesOf('answerMatch')).answerMatch).toEqual([[1, 1, 1, 1], [1, 1, 1, 1], [0, 1, 1], [1], [0]]);
  });

  it('enough is said where the verifier would first accept', async () => {
    expect([...((await valuesOf('necessaryEnd')).necessaryEnd as Float32Array)]).toEqual([20, WIDTH, WIDTH, 2, WIDTH]);
  });

  it('states, sub-checks and reach cover the stop token as a step', async () => {
    const { signals } = await collectSignals(scene, ['states', 'checks', 'restSteps']);
    expect(signals.states_NK![0]).toEqual(['7 after 0', '2 after 1', '9 after 2', '7 after 3']);
    expect(signals.states_NK![2]).toHaveLength(3);
    expect(signals.checks_NKC![1]).toEqual([[1, 1, 1, 0], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]]);
    expect(signals.checks_NKC![4]).toEqual([[0, 0, 0, 0]]);
    expect(signals.values!.restSteps).toEqual([[3, 2, 1, 0], [4, 4, 4, 4], [3, 3, 3], [0], [0]]);
    expect(signals.values!.restReachable).toEqual([[1, 1, 1, 1], [-1, -1, -1, -1], [1, -1, -1], [1], [-1]]);
  });

  it('the critics stand in for a process model', async () => {
    const { prmProb, prmSigned } = await valuesOf('prmProb');
    expect(prmProb).toEqual([[1, 1, 1, 1], [0, 1, 1, 1], [1, 0, 0], [0], [0]]);
    expect(prmSigned).toEqual((prmProb as number[][]).map((row) => row.map((p) => 2 * p - 1)));
  });

  it('rollouts from before a step count what the verifier accepts of the whole answer', async () => {
    continuer.script = scriptedEnds();
    const { values: { mcValues } = {}, ...rest } = (await collectSignals(scene, ['mcValues'])).signals;
    expect(rest.steps_NK).toEqual(scene.critique.steps_NK);
    // in place of each step and all after it the policy writes '=7'
    expect(mcValues).toEqual([[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1], [1], [1]]);
    continuer.script = scriptedEnds('=2');
    expect((await valuesOf('mcValues')).mcValues).toEqual([[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0], [0], [0]]);
  });

  it('the reference answer is asked for after every step, equal beginnings once', async () => {
    continuer.theta = task.alphabet.map((one) => (one === '=' ? 2 : one === '7' ? 1 : 0));
    const { signals, costOf } = await collectSignals(scene, ['answerLogprobs']);
    const total = Math.log(Math.E ** 2 + Math.E + task.alphabet.length - 2);
    expect(signals.answerLogprobs_NKL!.map((row) => row.length)).toEqual([5, 5, 4, 2, 2]);
    for (const entry of signals.answerLogprobs_NKL!.flat()) expect(entry).toEqual([expect.closeTo(2 - total, 5), expect.closeTo(1 - total, 5)]);
    // '', '7+5=2\n' and so on: 5 of the first answer, 4 more of the second, 1 more of the third (its stop token adds nothing), 1 of the fourth
    expect(costOf(['answerLogprobs'])).toEqual({ forwards: 11, rollouts: 0, judgeCalls: 0 });
  });

  it('a policy that looks at nothing gains nothing from a step', async () => {
    expect((await valuesOf('suffixGain')).suffixGain).toEqual(scene.critique.steps_NK.map((spans) => spans.map(() => 0)));
  });

  it('forced answers count where the text gives none yet', async () => {
    continuer.script = scene.critique.steps_NK.flat().flatMap(() => ['7', '8', '7', '7'].map((text) => [...encode(task.alphabet, text), STOP_TOKEN]));
    const { summaryReward, budget } = await valuesOf('summaryReward');
    expect(summaryReward).toEqual([[0.75, 0.75, 0.75, 1], [0.75, 0.75, 0.75, 0], [0.75, 0, 0], [1], [0.75]]);
    expect(budget).toEqual([[6, 12, 18, 21], [6, 12, 18, 21], [6, 9, 10], [3], [1]]);
  });

  it('calls of the steps against those of the solution', async () => {
    // '3-3' of '2-3': the name, both argument names, one value of two; '0+8' of '9+8' the same
    expect((await valuesOf('matchReward')).matchReward).toEqual([[1, 1, 1, 1], [1, 0.75, 0.75, 0], [1, 0, 0], [1], [0]]);
  });

  it('without the question, and the raw logits', async () => {
    const values = await valuesOf('unconditionalLogprobs', 'tokenLogit', 'logsumexp');
    const expected = Array.from(scene.sample.tokens_NT, (_, i) => (i % WIDTH < scene.sample.lengths_N[Math.floor(i / WIDTH)]! ? -Math.log(task.alphabet.length) : 0));
    (values.unconditionalLogprobs as Float32Array).forEach((one, i) => expect(one).toBeCloseTo(expected[i]!, 5));
    (values.tokenLogit as Float32Array).forEach((one, i) => expect(one - (values.logsumexp as Float32Array)[i]!).toBeCloseTo(expected[i]!, 5));
  });

  it('costs are those of the providers that were asked, each once', async () => {
    const { costOf } = await collectSignals(scene, ['critiques', 'prmProb', 'mcValues', 'greedyOutcome', 'outcome']);
    const steps = scene.critique.steps_NK.flat().length;
    expect(costOf(['outcome'])).toEqual({ forwards: 0, rollouts: 0, judgeCalls: 0 });
    expect(costOf(['critiques'])).toEqual({ forwards: 0, rollouts: 0, judgeCalls: 2 * TEXTS.length });
    expect(costOf(['mcValues', 'mcKnown', 'greedyOutcome'])).toEqual({ forwards: 0, rollouts: 9 * steps + 1, judgeCalls: 0 });
  });
});

test('what a run cannot give is named, with what would help', () => {
  expect(unmetNeed(findMethod('ppo'), {}, scene)).toMatch(/^Method ppo needs the signal “Value” \(the value model, before the token\), but no value model trains here; /);
  expect(unmetNeed(findMethod('ppo'), {}, { ...scene, hasValueModel: true })).toBe(undefined);
  expect(unmetNeed(findMethod('ppo'), { end: 'given' }, { ...scene, hasValueModel: true })).toMatch(/It is made by a task that marks it, and this laboratory has none yet\.$/);
  expect(unmetNeed(findMethod('reinforce_pp'), { klWeight: 0.1 }, scene)).toMatch(/choose a loss\.klKind other than none\.$/);
});

test('a task without facts about steps refuses the methods that want them', () => {
  const { describe: _, stepChecks: __, ...plain } = Object.assign(Object.create(Object.getPrototypeOf(task)) as Task, task);
  const bench = { ...scene, task: { ...plain, describe: undefined } as unknown as Task };
  expect(creditShape(bench, WIDTH).checks).toBe(undefined);
  expect(creditShape(scene, WIDTH)).toEqual({ answers: 5, width: WIDTH, problems: 1, maximumSteps: WIDTH, critiques: 2, checks: 4, referenceTokens: WIDTH });
  for (const method of METHODS) expect(unmetNeed(method, {}, bench) ?? 'sentence.').toMatch(/\.$/);
});

/** For every step start of every answer, nine times the rest of an answer. */
function scriptedEnds(text = '=7'): number[][] {
  return scene.critique.steps_NK.flat().flatMap(() => Array.from({ length: 9 }, () => [...encode(task.alphabet, text), STOP_TOKEN]));
}

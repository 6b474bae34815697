// Each phase by hand-worked numbers on a policy of one softmax: two problems, two scripted answers each.

import { beforeEach, describe, expect, test } from 'vitest';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import type { ModelConfig } from '../../model/config';
import { bifurcation } from '../../tasks/bifurcation';
import { chain } from '../../tasks/chain';
import type { RunConfiguration } from '../configuration';
import { FakePolicy } from '../fakePolicyTesting';
import { NonFiniteError } from '../nonFinite';
import { readConfiguration } from '../readConfiguration';
import type { CreditRecord, SampleRecord, ScoreRecord } from '../record';
import { encode } from '../tokens';
import type { RunContext } from './context';
import { noSignalShare, prepareCredit } from './credit';
import { critique } from './critique';
import { gradient } from './gradient';
import { sample } from './sample';
import { score } from './score';
import { applyUpdate } from './update';

const task = chain.create({ operations: 1, operators: '+' });
const VOCABULARY = task.alphabet.length;
const WIDTH = 10;
let model: FakePolicy;

const context = async (fields: object = {}, watchedAnswers = 0): Promise<RunContext> => {
  const configuration: RunConfiguration = readConfiguration({
    taskOptions: { operations: 1, operators: '+' }, problemsPerUpdate: 2, answersPerProblem: 2, seed: 3, loss: { klKind: 'none' }, ...fields,
  });
  return {
    configuration, task, model, watchedAnswers,
    critic: async (sampled, update) => critique(task, configuration.critic, configuration.seed, update, sampled),
    credit: await prepareCredit(new CpuExecutor(), { configuration, task, hasValueModel: false }, model, async () => model),
  };
};

/** Right, wrong, right, right: the first problem has a signal for GRPO, the second has none. */
async function scripted(ctx: RunContext): Promise<SampleRecord> {
  const plain = await sample(ctx, 1);
  const answers = plain.problems_P.map((problem) => task.solution(problem));
  const wrong = answers[0]!.replace(/=(\d)\n=(\d)$/, (_, digit: string) => `=${(Number(digit) + 1) % 10}\n=${(Number(digit) + 1) % 10}`);
  model.script = [answers[0]!, wrong, answers[1]!, answers[1]!].map((text) => [...encode(task.alphabet, text), 1]);
  return sample(ctx, 1);
}

beforeEach(() => {
  model = new FakePolicy({ vocabularySize: VOCABULARY } as ModelConfig, task.maximumPromptLength, WIDTH);
});

describe('sample', () => {
  test('DAPO draws other problems where all answers are right or all wrong, for so many rounds, and leaves the mixed ones', async () => {
    const ctx = await context({ method: 'dapo' });
    const plain = await scripted(await context());
    const record = await sample(ctx, 1); // problem 0 is mixed, problem 1 all right; what takes its place is all wrong
    expect(record.redrawn).toBe(2);
    expect(record.problems_P[0]).toEqual(plain.problems_P[0]);
    expect(record.problems_P[1]).not.toEqual(plain.problems_P[1]);
    expect([...record.tokens_NT.subarray(2 * WIDTH, 4 * WIDTH)]).toEqual([...record.tokens_NT.subarray(0, 2 * WIDTH)]); // the fake gives its first rows
    const { record: scored } = await score(ctx, 1, record);
    expect([...scored.outcome_N]).toEqual([1, 0, 0, 0]);
    const assigned = await ctx.credit(1, record, scored, await ctx.critic(record, 1));
    expect([...assigned.rows.find((row) => row.id === assigned.rowMask)!.values]).toEqual([1, 1, 0, 0]);
    const without = await sample(await context({ method: 'dapo', methodParameters: { resamplingRounds: 0 } }), 1);
    expect([without.redrawn, without.problems_P]).toEqual([undefined, plain.problems_P]);
  });

  test('draws training problems and groups of answers; other updates draw other problems', async () => {
    const ctx = await context();
    const record = await scripted(ctx);
    expect(record.problem_N).toEqual(Uint32Array.of(0, 0, 1, 1));
    expect([...record.lengths_N]).toEqual([9, 9, 9, 9]);
    expect([...record.finished_N]).toEqual([1, 1, 1, 1]);
    expect((await sample(ctx, 1)).problems_P).toEqual(record.problems_P);
    expect((await sample(ctx, 2)).problems_P).not.toEqual(record.problems_P);
    expect('branches_NK' in record).toBe(false);
    expect('redrawn' in record).toBe(false);
  });

  test('notes where the problem branches, in answers of a task that does', async () => {
    const branching = bifurcation.create({ length: 8, branches: 2, repairProbability: 0 });
    const policy = new FakePolicy({ vocabularySize: branching.alphabet.length } as ModelConfig, branching.maximumPromptLength, branching.maximumAnswerLength);
    const ctx = { ...await context(), task: branching, model: policy };
    const { problems_P } = await sample(ctx, 1);
    const directions_P = problems_P.map(({ prompt }) => [...prompt].flatMap((mark, token) => ('<>'.includes(mark) ? [{ token, right: mark }] : [])));
    policy.script = problems_P.flatMap((problem, p) => {
      const solution = branching.solution(problem);
      // the second answer stops just before the second branch
      return [solution, solution.slice(0, directions_P[p]![1]!.token)].map((text) => [...encode(branching.alphabet, text), 1]);
    });
    const record = await sample(ctx, 1);
    expect(record.branches_NK!.map((branches) => branches.map(({ token, right }) => ({ token, right })))).toEqual(directions_P.flatMap((both) => [both, both.slice(0, 1)]));
    for (const { valueRight, valueWrong } of record.branches_NK!.flat()) expect([valueRight.toFixed(9), valueWrong.toFixed(9)]).toEqual(['1.000000000', '0.100000000']);
  });
});

describe('score', () => {
  test('outcomes, log-probs, entropy and the largest gap to the sampler', async () => {
    const ctx = await context();
    const drawn = await scripted(ctx);
    drawn.samplerLogprobs_NT[3]! += 0.125;
    const { record, topBefore } = await score(ctx, 1, drawn);
    expect([...record.outcome_N]).toEqual([1, 0, 1, 1]);
    expect(record.oldLogprobs_NT[0]).toBeCloseTo(-Math.log(18), 6);
    expect(record.entropy_NT[0]).toBeCloseTo(Math.log(18), 6);
    expect(record.oldLogprobs_NT[9]).toBe(0); // past the end
    expect(record.samplerGap).toBeCloseTo(0.125, 6);
    expect(record.referenceLogprobs_NT).toBeUndefined();
    expect(topBefore).toBeUndefined();
  });

  test('a number that is not finite stops the run and names tensor and update', async () => {
    const ctx = await context();
    const drawn = await scripted(ctx);
    model.planted = { tensor: 'model.norm.weight', index: 7 };
    await expect(score(ctx, 5, drawn)).rejects.toThrow(new NonFiniteError('model.norm.weight', 5, 7));
    model.planted = undefined;
    model.theta[4] = NaN;
    await expect(score(ctx, 6, drawn)).rejects.toThrow(/Update 6: log-probabilities/);
  });
});

test('critique: steps own their stop token, verdicts are exact, critiques agree with them when nothing is noisy', async () => {
  const ctx = await context();
  const record = await ctx.critic(await scripted(ctx), 1);
  expect(record.steps_NK).toEqual(Array.from({ length: 4 }, () => [[0, 6], [6, 9]]));
  expect(record.isCorrect_NK).toEqual([[true, true], [false, true], [true, true], [true, true]]);
  expect(record.canReachAnswer_NK).toEqual([[true, true], [false, false], [true, true], [true, true]]);
  expect(record.critiques_Nk).toEqual([[[], [], [], []], [[0], [0], [0], [0]], [[], [], [], []], [[], [], [], []]]);
});

describe('credit', () => {
  test('GRPO: outcomes 1, 0 give ±1/√2 with the sample deviation; equal outcomes give nothing', async () => {
    const ctx = await context({ methodParameters: { epsilon: 0 } });
    const drawn = await scripted(ctx);
    const record = await ctx.credit(1, drawn, (await score(ctx, 1, drawn)).record, await ctx.critic(drawn, 1));
    const half = Math.SQRT1_2;
    expect([0, 8, 9, 10, 18, 20, 30].map((i) => record.advantages_NT[i])).toEqual([half, half, 0, -half, -half, 0, 0].map((one) => expect.closeTo(one, 6) as number));
    expect(noSignalShare(drawn, record)).toBe(0.5);
    expect(record.rows.at(-1)!.values).toBe(record.advantages_NT);
  });

  test('CAPO: a flagged step lowers its own tokens only; step rows hold the steps that there are', async () => {
    const ctx = await context({ method: 'capo' });
    const drawn = await scripted(ctx);
    const record = await ctx.credit(1, drawn, (await score(ctx, 1, drawn)).record, await ctx.critic(drawn, 1));
    // rewards of problem 0: 9 x 2, then 6 x -1 and 3 x 0: mean 2/3, sum of squares 42, sample variance (42 - 8) / 17 = 2
    const expected = [(2 - 2 / 3) / Math.SQRT2, (-1 - 2 / 3) / Math.SQRT2, (0 - 2 / 3) / Math.SQRT2];
    expect([0, 10, 16].map((i) => record.advantages_NT[i])).toEqual(expected.map((one) => expect.closeTo(one, 5) as number));
    const flags = record.rows.find((row) => row.shape === 'step');
    expect(flags?.values).toHaveLength(8);
  });
});

describe('gradient and update', () => {
  const zero = (ctx: RunContext): ScoreRecord => ({
    outcome_N: new Float32Array(4), oldLogprobs_NT: new Float32Array(40).fill(-Math.log(18)), entropy_NT: new Float32Array(40), samplerGap: 0,
    ...(ctx.configuration.loss.klKind !== 'none' && { referenceLogprobs_NT: new Float32Array(40).fill(-Math.log(18) - 0.5) }),
  });
  const credit = (advantages: readonly number[]): CreditRecord => ({
    method: 'grpo', rows: [], advantages_NT: Float32Array.from({ length: 40 }, (_, i) => (i % WIDTH < 9 ? advantages[Math.floor(i / WIDTH)]! : 0)),
  });

  test('on the first pass the ratio is 1, the loss minus the mean advantage, and nothing is clipped', async () => {
    const ctx = await context();
    const drawn = await scripted(ctx);
    const record = await gradient(ctx, 1, drawn, zero(ctx), credit([1, -2, 3, 0]));
    expect(record.firstRatioError).toBeLessThan(1e-6);
    expect(record.loss).toBeCloseTo(-0.5, 6); // (1 - 2 + 3 + 0) / 4
    expect(record.clipShare).toBe(0);
    expect(record.kl).toBeCloseTo(0, 9);
    expect(record.coefficient_NT[0]).toBeCloseTo(-1 / 36, 7);
    expect(record.ratio_NT[9]).toBe(0);
    expect(record.stepNorms).toEqual([]);
    expect(model.rates).toEqual([]); // the last step is the update phase's
  });

  test('answers that the method keeps out weigh nothing, and the mean is over the others', async () => {
    const ctx = await context({ loss: { klKind: 'k1', klWeight: 0.1, entropyBonus: 0.01 } });
    const drawn = await scripted(ctx);
    const rowMask = { id: 'kept', label: 'In the loss', shape: 'answer', formula: '1', inputs: {}, parameters: {}, values: Float32Array.of(1, 0, 1, 0) } as const;
    const record = await gradient(ctx, 1, drawn, zero(ctx), { ...credit([1, -2, 3, 7]), rows: [rowMask], rowMask: 'kept' });
    expect(record.policyLoss).toBeCloseTo(-2, 6); // (1 + 3) / 2
    expect(record.kl).toBeCloseTo(0.5, 6);
    expect(record.loss).toBeCloseTo(-2 + 0.1 * 0.5 - 0.01 * Math.log(18), 6);
    expect(record.firstRatioError).toBeLessThan(1e-6);
    expect(record.coefficient_NT[0]).toBeCloseTo(-1 / 18, 7); // 9 tokens of each of two answers
    for (const n of [1, 3]) expect(record.coefficient_NT.subarray(n * WIDTH, (n + 1) * WIDTH).some((one) => one !== 0)).toBe(false);
    const none = await gradient(ctx, 1, drawn, zero(ctx), { ...credit([1, 1, 1, 1]), rows: [{ ...rowMask, values: new Float32Array(4) }], rowMask: 'kept' });
    expect([none.loss, none.kl, none.clipShare, none.firstRatioError]).toEqual([0, 0, 0, 0]);
    expect(model.gradients.some((one) => one !== 0)).toBe(false);
  });

  test('a token’s factor on the clip range widens or closes it', async () => {
    const ctx = await context({ loss: { klKind: 'none' } });
    const drawn = await scripted(ctx);
    const moved = { ...zero(ctx), oldLogprobs_NT: zero(ctx).oldLogprobs_NT.map((one) => one - 0.25) }; // ratio 1.284, above 1.2
    const clipRange = { id: 'c', label: 'Clip', shape: 'token', formula: '1', inputs: {}, parameters: {}, values: new Float32Array(4 * WIDTH).map((_, i) => (i < WIDTH ? 2 : 1)) } as const;
    const plain = await gradient(ctx, 1, drawn, moved, credit([1, 1, 1, 1]));
    const wide = await gradient(ctx, 1, drawn, moved, { ...credit([1, 1, 1, 1]), rows: [clipRange], clipRange: 'c' });
    expect([plain.clipShare, wide.clipShare]).toEqual([1, 0.75]);
    expect(wide.coefficient_NT[0]).toBeCloseTo(-Math.exp(0.25) / 36, 6);
  });

  test('KL against the reference and the entropy bonus enter the loss', async () => {
    const ctx = await context({ loss: { klKind: 'k1', klWeight: 0.1, entropyBonus: 0.01 } });
    const drawn = await scripted(ctx);
    const record = await gradient(ctx, 1, drawn, zero(ctx), credit([0, 0, 0, 0]));
    expect(record.kl).toBeCloseTo(0.5, 6);
    expect(record.policyLoss).toBeCloseTo(0, 9);
    expect(record.loss).toBeCloseTo(0.1 * 0.5 - 0.01 * Math.log(18), 6);
  });

  test('two epochs of two mini-batches step three times, and once more in the update; every token keeps its last ratio', async () => {
    const ctx = await context({ loss: { epochs: 2, minibatches: 2 }, optimizer: { learningRate: 0.5 } });
    const drawn = await scripted(ctx);
    const record = await gradient(ctx, 1, drawn, zero(ctx), credit([1, 1, -1, -1]));
    expect(model.rates).toEqual([0.5, 0.5, 0.5]);
    expect(record.stepNorms).toHaveLength(3);
    expect(record.firstRatioError).toBeLessThan(1e-6);
    expect(record.ratio_NT.filter((one) => one === 0)).toHaveLength(4);
    expect(record.ratio_NT.some((one) => Math.abs(one - 1) > 1e-3)).toBe(true);
    expect(record.kl).toBeGreaterThan(0);
    await applyUpdate(ctx, 1, drawn, undefined);
    expect(model.rates).toHaveLength(4);
  });

  test('the update praises what got credit, and says so of the watched answers', async () => {
    const ctx = await context({ optimizer: { learningRate: 1, warmupUpdates: 0 } }, 2);
    const drawn = await scripted(ctx);
    const { topBefore } = await score(ctx, 1, drawn);
    await gradient(ctx, 1, drawn, zero(ctx), credit([1, 0, 0, 0]));
    const { gradientNorm, after } = await applyUpdate(ctx, 1, drawn, topBefore);
    expect(gradientNorm).toBeGreaterThan(0);
    expect(after!.watchedAnswers).toBe(2);
    expect(after!.logprobs_WT).toHaveLength(20);
    expect(after!.logprobs_WT[4]).toBeGreaterThan(-Math.log(18)); // '=' stands twice in the praised answer
    expect(after!.topBefore.probabilities[0]).toBeCloseTo(1 / 18, 6);
    expect(after!.topAfter.probabilities[0]).toBeGreaterThan(1 / 18);
  });

  test('warm-up counts updates from the first', async () => {
    const ctx = await context({ optimizer: { learningRate: 1, warmupUpdates: 4 } });
    for (const update of [1, 2, 3, 5, 6]) await applyUpdate(ctx, update, await scripted(ctx), undefined);
    expect(model.rates).toEqual([0, 0.25, 0.5, 1, 1]);
  });
});

// Credit kernels on both executors: small cases worked by hand, then odd sizes against float64 brute force.

import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import { RandomStream } from '../../random/threefry';
import { answerMoments, MOMENT_FIELDS } from './answerMoments';
import { combineMoments, OVER, STATISTIC, type StatisticName } from './combineMoments';
import { countVotes } from './countVotes';
import { elementwise, operationCode, type OperationName } from './elementwise';
import { gae } from './gae';
import { placeAtEnd } from './placeAtEnd';
import { CONSTANT_OPERAND, SHAPE, type ValueShape } from './shapes';
import { suffixSum } from './suffixSum';

const floats = (...numbers: number[]) => Float32Array.from(numbers);
const words = (...numbers: number[]) => Uint32Array.from(numbers);
const integers = (...numbers: number[]) => Int32Array.from(numbers);

// Two answers of three tokens to problems 1 and 0; steps of answer 0: tokens 0 and 1-2, of answer 1: token 1 alone.
const frame = { problem_of_answer: words(1, 0), step_of_token: integers(0, 1, 1, -1, 0, -1), step_count: words(2, 1), mask: words(1, 1, 0, 1, 1, 1) };
const layout = { width: 3, steps: 2 };
const sample: Record<ValueShape, Float32Array<ArrayBuffer>> = {
  scalar: floats(9), problem: floats(10, 20), answer: floats(3, 4), step: floats(5, 6, 7, 8), token: floats(1, 2, 3, 4, 5, 6),
};

test.each<[ValueShape, ValueShape, number[]]>([
  ['scalar', 'token', [9, 9, 0, 9, 9, 9]],
  ['problem', 'token', [20, 20, 0, 10, 10, 10]],
  ['answer', 'token', [3, 3, 0, 4, 4, 4]],
  ['step', 'token', [5, 6, 0, 0, 7, 0]],
  ['token', 'token', [1, 2, 0, 4, 5, 6]],
  ['answer', 'step', [3, 3, 4, 0]],
  ['problem', 'step', [20, 20, 10, 0]],
  ['step', 'step', [5, 6, 7, 0]],
  ['problem', 'answer', [20, 10]],
  ['scalar', 'answer', [9, 9]],
  ['scalar', 'problem', [9, 9]],
  ['scalar', 'scalar', [9]],
])('%s values read at each %s', async (from, to, expected) => {
  for (const executor of await testExecutors()) {
    const y = new Float32Array(sample[to].length);
    const result = await runKernel(executor, elementwise, { a: sample[from], b: floats(0), c: floats(0), ...frame, y }, {
      ...layout, count: y.length, operation: operationCode('copy'), shape: SHAPE[to],
      a_shape: SHAPE[from], b_shape: CONSTANT_OPERAND, c_shape: CONSTANT_OPERAND, a_value: 0, b_value: 0, c_value: 0,
    });
    expect([...result.y]).toEqual(expected);
  }
});

test.each<[OperationName, [number, number, number], number]>([
  ['copy', [2.5, 0, 0], 2.5], ['add', [2, 3, 0], 5], ['subtract', [2, 3, 0], -1], ['multiply', [2, -3, 0], -6],
  ['divide', [3, 4, 0], 0.75], ['divide', [3, 0, 0], 0], ['divide', [0, 0, 0], 0],
  ['minimum', [2, -3, 0], -3], ['maximum', [2, -3, 0], 2], ['minimum', [-3, 2, 0], -3], ['maximum', [-3, 2, 0], 2],
  ['greater', [2, 2, 0], 0], ['greater', [3, 2, 0], 1], ['atLeast', [2, 2, 0], 1], ['atLeast', [1, 2, 0], 0],
  ['equal', [2, 2, 0], 1], ['equal', [2, 3, 0], 0], ['where', [1, 5, 6], 5], ['where', [0, 5, 6], 6],
  ['absolute', [-4, 0, 0], 4], ['exponential', [1, 0, 0], 2.7182817], ['logarithm', [10, 0, 0], 2.3025851], ['squareRoot', [2, 0, 0], 1.4142135],
  ['floor', [2.75, 0, 0], 2], ['floor', [-0.25, 0, 0], -1], ['floor', [3, 0, 0], 3],
])('%s of %j', async (operation, [a, b, c], expected) => {
  for (const executor of await testExecutors()) {
    for (const isConstant of [false, true]) {
      const shape = isConstant ? CONSTANT_OPERAND : SHAPE.scalar;
      const { y } = await runKernel(executor, elementwise, { a: floats(a), b: floats(b), c: floats(c), ...frame, y: floats(-1) }, {
        ...layout, count: 1, operation: operationCode(operation), shape: SHAPE.scalar,
        a_shape: shape, b_shape: shape, c_shape: shape, a_value: a, b_value: b, c_value: c,
      });
      expect(y[0]).toBeCloseTo(expected, 5);
    }
  }
});

/** Answers with random tokens, masks, steps and problems. */
function batch(answers: number, width: number, steps: number, problems: number, seed: number) {
  const random = RandomStream.of(seed, 'problems');
  const step_of_token = new Int32Array(answers * width);
  const step_count = new Uint32Array(answers);
  const mask = Uint32Array.from(step_of_token, () => Number(random.uniform() < 0.8));
  for (let n = 0; n < answers; n++) {
    step_count[n] = random.below(steps + 1);
    for (let t = 0; t < width; t++) step_of_token[n * width + t] = Math.min(step_count[n]!, Math.floor((t * (steps + 1)) / width)) - 1;
  }
  return {
    x: Float32Array.from(step_of_token, () => 100 + random.normal()), step: Float32Array.from({ length: answers * steps }, () => random.normal()),
    answer: Float32Array.from(step_count, () => random.below(4)), problem_of_answer: Uint32Array.from(step_count, () => random.below(problems)),
    step_of_token, step_count, mask,
  };
}
const SIZES: readonly (readonly [answers: number, width: number, steps: number, problems: number])[] = [[1, 1, 1, 1], [7, 33, 5, 3], [130, 7, 3, 33]];

/** Statistics of a list in float64, the plain textbook way. */
const textbook: Record<StatisticName, (values: number[], ddof: number) => number> = {
  count: (values) => values.length,
  sum: (values) => values.reduce((sum, one) => sum + one, 0),
  mean: (values) => textbook.sum(values, 0) / values.length,
  variance: (values, ddof) => (values.length > ddof ? values.reduce((sum, one) => sum + (one - textbook.mean(values, 0)) ** 2, 0) / (values.length - ddof) : 0),
  std: (values, ddof) => Math.sqrt(textbook.variance(values, ddof)),
  minimum: (values) => Math.min(...values),
  maximum: (values) => Math.max(...values),
  second: (values) => [...values].sort((a, b) => b - a)[Math.min(1, values.length - 1)]!,
  nonZero: (values) => values.filter((one) => one !== 0).length,
};

test.each(SIZES)('statistics of %i answers, %i tokens, %i steps, %i problems: as computed in float64', async (answers, width, steps, problems) => {
  const { x, step, answer, problem_of_answer, step_count, mask } = batch(answers, width, steps, problems, 5);
  const values = { token: x, step, answer };
  for (const shape of ['token', 'step', 'answer'] as const) {
    const perAnswer = { token: width, step: steps, answer: 1 }[shape];
    const kept = Array.from({ length: answers }, (_, n) => [...values[shape].slice(n * perAnswer, (n + 1) * perAnswer)]
      .filter((_, i) => (shape === 'token' ? mask[n * width + i] === 1 : shape === 'answer' || i < step_count[n]!)));
    for (const executor of await testExecutors()) {
      const { moments } = await runKernel(executor, answerMoments, { x: values[shape], mask, step_count, moments: new Float32Array(answers * MOMENT_FIELDS) }, { answers, width, steps, shape: SHAPE[shape] });
      for (const over of ['answer', 'problem', 'batch'] as const) {
        const sets = { answer: kept.map((one) => [one]), problem: Array.from({ length: problems }, (_, p) => kept.filter((_, n) => problem_of_answer[n] === p)), batch: [kept] }[over];
        for (const [statistic, ddof] of [['mean', 0], ['std', 0], ['std', 1], ['variance', 1], ['sum', 0], ['count', 0], ['minimum', 0], ['maximum', 0], ['second', 0], ['nonZero', 0]] as const) {
          if (statistic === 'second' && shape !== 'answer') continue;
          const { y } = await runKernel(executor, combineMoments, { moments: moments as Float32Array<ArrayBuffer>, problem_of_answer, y: new Float32Array(sets.length) }, { sets: sets.length, answers, over: OVER[over], statistic: STATISTIC[statistic], ddof });
          sets.forEach((set, index) => {
            const pooled = set.flat();
            const expected = pooled.length === 0 ? 0 : textbook[statistic](pooled, ddof);
            expect(Math.abs(y[index]! - expected), `${executor.kind} ${shape} ${statistic} over ${over} ${index}`).toBeLessThanOrEqual(2e-5 * Math.max(1, Math.abs(expected)));
          });
        }
      }
    }
  }
});

test.each([0.1, 0.7, 1.1, 123456.7])('a set of equal values %f has its value as mean and std 0, exactly, however it is split', async (value) => {
  for (const executor of await testExecutors()) {
    const [answers, width] = [7, 33];
    const mask = Uint32Array.from({ length: answers * width }, (_, i) => Number(i % 33 < (Math.floor(i / 33) * 5) % 33));
    const { moments } = await runKernel(executor, answerMoments, { x: new Float32Array(answers * width).fill(value), mask, step_count: new Uint32Array(answers), moments: new Float32Array(answers * MOMENT_FIELDS) }, { answers, width, steps: 1, shape: SHAPE.token });
    for (const [statistic, expected] of [['mean', Math.fround(value)], ['std', 0]] as const) {
      const { y } = await runKernel(executor, combineMoments, { moments: moments as Float32Array<ArrayBuffer>, problem_of_answer: new Uint32Array(answers), y: floats(-1) }, { sets: 1, answers, over: OVER.problem, statistic: STATISTIC[statistic], ddof: 1 });
      expect(y[0]).toBe(expected);
    }
  }
});

test('suffix sums by hand: discount, a hole that is skipped, a hole that resets, steps', async () => {
  const arrays = { x: floats(1, 2, 4, 8, 16, 32), mask: words(1, 1, 0, 1, 1, 0), step_count: words(2), y: new Float32Array(6) };
  for (const executor of await testExecutors()) {
    const run = async (shape: ValueShape, reset: number, discount: number) => [...(await runKernel(executor, suffixSum, arrays, { answers: 1, per_answer: 6, shape: SHAPE[shape], reset, discount })).y];
    expect(await run('token', 0, 1)).toEqual([27, 26, 0, 24, 16, 0]);
    expect(await run('token', 1, 1)).toEqual([3, 2, 0, 24, 16, 0]);
    expect(await run('token', 0, 0.5)).toEqual([6, 10, 0, 16, 16, 0]);
    expect(await run('step', 0, 1)).toEqual([3, 2, 0, 0, 0, 0]);
  }
});

test.each(SIZES)('GAE of %i answers of %i tokens: lambda 1 is return minus value, lambda 0 the one-step surprise', async (answers, width) => {
  const { x: rewards, mask } = batch(answers, width, 1, 1, 6);
  const values = Float32Array.from(rewards, (one) => 50 - one);
  for (const executor of await testExecutors()) {
    for (const lambda of [0, 1]) {
      const { advantages } = await runKernel(executor, gae, { rewards, values, mask, terminal: rewards, bootstrap: rewards, advantages: new Float32Array(answers * width) }, { answers, width, has_end: 0, gamma: 0.9, lambda });
      for (let n = 0; n < answers; n++) {
        const used = Array.from({ length: width }, (_, t) => n * width + t).filter((i) => mask[i] === 1);
        used.forEach((i, position) => {
          const rest = used.slice(position);
          const target = lambda === 1 ? rest.reduce((sum, j, k) => sum + 0.9 ** k * rewards[j]!, 0) : rewards[i]! + 0.9 * (rest[1] === undefined ? 0 : values[rest[1]]!);
          expect(Math.abs(advantages[i]! - (target - values[i]!))).toBeLessThan(2e-3);
        });
        for (let t = 0; t < width; t++) if (mask[n * width + t] === 0) expect(advantages[n * width + t]).toBe(0);
      }
    }
  }
});

test('GAE by hand: an episode that ends inside the row carries nothing back, a cut-off row is worth its bootstrap', async () => {
  for (const executor of await testExecutors()) {
    const { advantages } = await runKernel(executor, gae, {
      rewards: floats(1, 1, 1, 1), values: floats(2, 3, 4, 5), mask: words(1, 1, 1, 1), terminal: floats(0, 1, 0, 0), bootstrap: floats(10), advantages: new Float32Array(4),
    }, { answers: 1, width: 4, has_end: 1, gamma: 0.5, lambda: 0.5 });
    // d3 = 1 + 5 - 5 = 1; d2 = 1 + 2.5 - 4 = -0.5, A2 = -0.5 + 0.25; A1 = 1 - 3 (terminal); d0 = 1 + 1.5 - 2 = 0.5, A0 = 0.5 - 0.5
    expect([...advantages]).toEqual([0, -2, -0.25, 1]);
  }
});

test('a reward lands on the last usable token of its answer or step', async () => {
  const arrays = { x: floats(5, 6, 7, 8), step_of_token: integers(-1, 0, 0, 1, 1, 1, 0, 0, 1, 1, -1, -1), mask: words(1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0), y: new Float32Array(12) };
  for (const executor of await testExecutors()) {
    const run = async (shape: ValueShape) => [...(await runKernel(executor, placeAtEnd, arrays, { answers: 2, width: 6, steps: 2, shape: SHAPE[shape] })).y];
    expect(await run('answer')).toEqual([0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0]);
    expect(await run('step')).toEqual([0, 0, 5, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
  }
});

test('votes count valid critiques only, and only of steps that exist', async () => {
  for (const executor of await testExecutors()) {
    const { votes, valid } = await runKernel(executor, countVotes, {
      flags: words(1, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1), is_valid: words(1, 0, 1, 1), step_count: words(3, 2), votes: new Float32Array(6), valid: new Float32Array(2),
    }, { answers: 2, critiques: 2, steps: 3 });
    expect([...votes]).toEqual([1, 0, 1, 1, 2, 0]);
    expect([...valid]).toEqual([1, 2]);
  }
});

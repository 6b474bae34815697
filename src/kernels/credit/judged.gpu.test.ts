// Kernels of methods with a judge or a trained reward model, on both executors against their definition in float64.

import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import { RandomStream } from '../../random/threefry';
import { checkRates } from './checkRates';
import { ODD_SIZES, randomAnswers } from './creditTesting';
import { pairLoss } from './pairLoss';
import { weightedChecks } from './weightedChecks';

test.each(ODD_SIZES)('pairs among %i answers of %i tokens, %i steps, %i problems', async (answers, width, steps, problems) => {
  const { answer, problem_of_answer } = randomAnswers(answers, width, steps, problems, 21);
  const random = RandomStream.of(22, 'problems');
  const score = answer.map((one) => 20 * one);
  const outcome = answer.map(() => random.below(3) / 2);
  for (const executor of await testExecutors()) {
    const { loss, pairs } = await runKernel(executor, pairLoss, { score, outcome, problem_of_answer, loss: new Float32Array(answers).fill(9), pairs: new Float32Array(answers).fill(9) }, { answers, beta: 0.3 });
    for (let i = 0; i < answers; i++) {
      const worse = [...score].filter((_, j) => problem_of_answer[j] === problem_of_answer[i] && outcome[j]! < outcome[i]!);
      const expected = worse.reduce((sum, other) => sum - Math.log(1 / (1 + Math.exp(-0.3 * (score[i]! - other)))), 0);
      expect(pairs[i]).toBe(worse.length);
      expect(Math.abs(loss[i]! - expected)).toBeLessThanOrEqual(1e-5 * Math.max(1, expected));
    }
  }
});

test.each(ODD_SIZES)('weighted checks of %i answers, %i tokens, %i steps, %i problems', async (answers, width, steps, problems) => {
  const { problem_of_answer, step_count } = randomAnswers(answers, width, steps, problems, 23);
  const random = RandomStream.of(24, 'problems');
  const kinds = 3;
  const checks = Float32Array.from({ length: answers * steps * kinds }, (_, i) => Number(random.uniform() < 0.2 + 0.3 * (i % kinds)));
  const [alpha, sigma, delta] = [1.5, 0.2, 0.001];
  const bit = (n: number, step: number, c: number): number => checks[(n * steps + step) * kinds + c]!;
  const places = [...step_count].flatMap((count, n) => Array.from({ length: count }, (_, step) => ({ n, step })));
  const rateOf = (problem: number, c: number): number => {
    const own = places.filter(({ n }) => problem_of_answer[n] === problem);
    return own.length === 0 ? 0 : own.reduce((sum, { n, step }) => sum + bit(n, step, c), 0) / own.length;
  };
  for (const executor of await testExecutors()) {
    const { rates } = await runKernel(executor, checkRates, { checks, problem_of_answer, step_count, rates: new Float32Array(problems * kinds).fill(9) }, { answers, problems, steps, kinds });
    rates.forEach((rate, i) => expect(Math.abs(rate - rateOf(Math.floor(i / kinds), i % kinds))).toBeLessThan(1e-6));
    const { y } = await runKernel(executor, weightedChecks, { checks, rates: rates as Float32Array<ArrayBuffer>, problem_of_answer, step_count, y: new Float32Array(answers * steps).fill(9) }, { answers, steps, kinds, alpha, sigma, delta });
    y.forEach((got, i) => {
      const [n, step] = [Math.floor(i / steps), i % steps];
      const rateOfCheck = (c: number): number => rateOf(problem_of_answer[n]!, c);
      const crowd = (c: number): number => [0, 1, 2].reduce((sum, d) => sum + Math.exp(-((rateOfCheck(c) - rateOfCheck(d)) ** 2) / (2 * sigma * sigma)), 0);
      const expected = step < step_count[n]! ? [0, 1, 2].reduce((sum, c) => sum + (bit(n, step, c) * Math.exp(-alpha * rateOfCheck(c))) / (crowd(c) + delta), 0) : 0;
      expect(Math.abs(got - expected)).toBeLessThan(1e-5);
    });
  }
});

// Kernels that walk along an answer's tokens or steps, on both executors against the plain definition over its used places.

import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import { ODD_SIZES, randomAnswers, usedPlaces } from './creditTesting';
import { fillBeyond } from './fillBeyond';
import { pointedAt } from './pointedAt';
import { rank } from './rank';
import { reachableValue } from './reachableValue';
import { SHAPE } from './shapes';
import { suffixMinimum } from './suffixMinimum';
import { windowMaximum } from './windowMaximum';

const cases = ODD_SIZES.flatMap(([answers, width, steps, problems]) => (['token', 'step'] as const).map((shape) => [shape, answers, width, steps, problems] as const));

test.each(cases)('along the %ss of %i answers, %i tokens, %i steps, %i problems', async (shape, answers, width, steps, problems) => {
  const made = randomAnswers(answers, width, steps, problems, 11);
  const { mask, step_count, [shape]: x } = made;
  const per_answer = shape === 'token' ? width : steps;
  const places = usedPlaces(made, SHAPE[shape], per_answer);
  const common = { answers, per_answer, shape: SHAPE[shape] };
  /** y must be value(used places of the answer, position among them) where used, and 0 elsewhere */
  const expectAlong = (y: ArrayLike<number>, value: (used: number[], position: number) => number) => {
    const expected = new Float64Array(x.length);
    for (const used of places) used.forEach((i, position) => { expected[i] = value(used, position); });
    expected.forEach((one, i) => expect(Math.abs(y[i]! - one), `element ${i}`).toBeLessThanOrEqual(2e-5));
  };
  for (const executor of await testExecutors()) {
    const arrays = { x, mask, step_count, y: new Float32Array(x.length).fill(9) };
    const smallest = await runKernel(executor, suffixMinimum, arrays, { ...common, padding_counts: 0 });
    expectAlong(smallest.y, (used, position) => Math.min(...used.slice(position).map((i) => x[i]!)));
    const dense = await runKernel(executor, suffixMinimum, arrays, { ...common, padding_counts: 1 });
    expectAlong(dense.y, (used, position) => {
      const from = used[position]!;
      const end = (Math.floor(from / per_answer) + 1) * per_answer;
      return Math.min(...Array.from({ length: end - from }, (_, ahead) => (used.includes(from + ahead) ? x[from + ahead]! : 0)));
    });
    const coarse = x.map((one) => Math.round(one)); // ties
    for (const descending of [0, 1]) {
      const { y } = await runKernel(executor, rank, { ...arrays, x: coarse }, { ...common, descending });
      expectAlong(y, (used, position) => [...used].sort((i, j) => (descending === 1 ? coarse[j]! - coarse[i]! : coarse[i]! - coarse[j]!) || i - j).indexOf(used[position]!));
    }
  }
});

test('a rank by hand: ties go to the earlier one', async () => {
  for (const executor of await testExecutors()) {
    const { y } = await runKernel(executor, rank, { x: Float32Array.of(2, 5, 2, 7, 5), mask: Uint32Array.of(1, 1, 1, 0, 1), step_count: Uint32Array.of(0), y: new Float32Array(5) }, { answers: 1, per_answer: 5, shape: SHAPE.token, descending: 1 });
    expect([...y]).toEqual([2, 0, 3, 0, 1]);
    const whole = await runKernel(executor, rank, { x: Float32Array.of(2, 5, 2, 7, 5, 1), mask: Uint32Array.of(0), step_count: Uint32Array.of(0), y: new Float32Array(6) }, { answers: 2, per_answer: 3, shape: SHAPE.answer, descending: 0 });
    expect([...whole.y]).toEqual([0, 2, 1, 2, 1, 0]);
  }
});

test.each(ODD_SIZES)('values beyond the end of %i answers of %i tokens', async (answers, width) => {
  const { token, answer, mask } = randomAnswers(answers, width, 1, 1, 14);
  for (const executor of await testExecutors()) {
    const { y } = await runKernel(executor, fillBeyond, { x: token, fill: answer, mask, y: new Float32Array(token.length) }, { answers, width });
    expect([...y]).toEqual([...token].map((one, i) => (mask[i] === 1 ? one : answer[Math.floor(i / width)]!)));
  }
});

test.each(ODD_SIZES)('the largest in a window before each of %i x %i tokens, and who is pointed at', async (answers, width) => {
  const { token: x, mask } = randomAnswers(answers, width, 1, 1, 15);
  for (const executor of await testExecutors()) {
    for (const back of [1, 3]) {
      const made = await runKernel(executor, windowMaximum, { x, mask, largest: new Float32Array(x.length).fill(9), distance: new Float32Array(x.length).fill(9) }, { answers, width, back });
      const chosen = new Set<number>();
      x.forEach((_, i) => {
        const window = Array.from({ length: back }, (_, k) => i - back + k).filter((j) => j >= Math.floor(i / width) * width && mask[j] === 1);
        const best = mask[i] === 1 ? window.reduce<number | undefined>((top, j) => (top === undefined || x[j]! > x[top]! ? j : top), undefined) : undefined;
        expect(made.largest[i]).toBe(best === undefined ? 0 : x[best]);
        expect(made.distance[i]).toBe(best === undefined ? 0 : i - best);
        if (best !== undefined && x[i]! > 0) chosen.add(best);
      });
      const flag = x.map((one) => Number(one > 0));
      const { y } = await runKernel(executor, pointedAt, { flag, distance: made.distance as Float32Array<ArrayBuffer>, mask, y: new Float32Array(x.length).fill(9) }, { answers, width, back });
      expect([...y]).toEqual(Array.from(x, (_, i) => Number(chosen.has(i))));
    }
  }
});

test('ReST-MCTS* values by hand, on steps that exist', async () => {
  // v1 = 0 + 1/(1+1) = 0.5; v2 = 0.5 - 0.5/(2+1) = 1/3; v3 = 1/3 + (2/3)/(0+1) = 1; answer 2: 0 - 1 is held at 0, then 1/2
  const arrays = { rest: Float32Array.of(1, 2, 0, 0, 1, 9), reachable: Float32Array.of(1, -1, 1, -1, 1, 9), step_count: Uint32Array.of(3, 2), y: new Float32Array(6).fill(9) };
  for (const executor of await testExecutors()) {
    const { y } = await runKernel(executor, reachableValue, arrays, { answers: 2, steps: 3 });
    expect([...y].map((one) => Number(one.toFixed(6)))).toEqual([0.5, 0.333333, 1, 0, 0.5, 0]);
  }
});

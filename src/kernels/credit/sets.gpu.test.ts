// Kernels over sets, neighbours, recurrences, steps and probes, on both executors against the plain definition in float64.

import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import { RandomStream } from '../../random/threefry';
import { carry } from './carry';
import { ODD_SIZES, randomAnswers, usedPlaces } from './creditTesting';
import { neighbour } from './neighbour';
import { PER_STEP, perStep, type PerStepName } from './perStep';
import { ENTRY, MEASURE, referenceProbe } from './referenceProbe';
import { SET_STATISTIC, setStatistic, type SetStatisticName } from './setStatistic';
import { SHAPE } from './shapes';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const close = (got: ArrayLike<number>, expected: ArrayLike<number>, what: string): void => {
  expect(got.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(got[i]! - expected[i]!), `${what}, element ${i}: ${got[i]} instead of ${expected[i]}`).toBeLessThanOrEqual(2e-5 * Math.max(1, Math.abs(expected[i]!)));
};

const STATISTICS: Readonly<Record<Exclude<SetStatisticName, 'first'>, (values: readonly number[]) => number>> = {
  mean: (values) => (values.length === 0 ? 0 : sum(values) / values.length),
  std: (values) => Math.sqrt(STATISTICS.variance(values)),
  variance: (values) => (values.length < 2 ? 0 : sum(values.map((one) => (one - sum(values) / values.length) ** 2)) / (values.length - 1)),
  sum, count: (values) => values.length,
  minimum: (values) => (values.length === 0 ? 0 : Math.min(...values)), maximum: (values) => (values.length === 0 ? 0 : Math.max(...values)),
  nonZero: (values) => values.filter((one) => one !== 0).length,
};

/** Places 0, 3, 6, ... are in no set; the others in one of three, the last of which nothing enters. */
function sets(places: number) {
  const setOf = Array.from({ length: places }, (_, i) => (i % 3 === 0 ? -1 : (i * 7) % 3));
  const lists = [0, 1, 2].map((set) => [...setOf.keys()].filter((i) => setOf[i] === set));
  const order = new Uint32Array(places);
  order.set(lists.flat());
  const start = new Uint32Array(places + 1).fill(lists.flat().length);
  start.set([0, lists[0]!.length, lists[0]!.length + lists[1]!.length].slice(0, places + 1));
  return { setOf, lists, order, start };
}

test.each([1, 7, 33, 130])('statistics over sets of %i places', async (places) => {
  const random = RandomStream.of(3, 'problems');
  const { setOf, lists, order, start } = sets(places);
  const x = Float32Array.from({ length: places }, (_, i) => (i % 5 === 0 ? 0 : random.normal()));
  const counted = Float32Array.from({ length: places }, (_, i) => (setOf[i] === 2 ? 0 : Number(random.uniform() < 0.7)));
  for (const executor of await testExecutors()) {
    for (const has_counted of [0, 1]) {
      const entering = lists.map((list) => list.filter((i) => has_counted === 0 || counted[i] !== 0));
      for (const name of Object.keys(STATISTICS) as (keyof typeof STATISTICS)[]) {
        const made = await runKernel(executor, setStatistic, { x, counted, order, start, y: new Float32Array(places).fill(9) }, { places, statistic: SET_STATISTIC[name], has_counted, ddof: 1 });
        close(made.y, setOf.map((set) => (set < 0 ? 9 : STATISTICS[name](entering[set]!.map((i) => x[i]!)))), `${executor.kind} ${name}`);
      }
      const first = await runKernel(executor, setStatistic, { x, counted, order, start, y: new Float32Array(places) }, { places, statistic: SET_STATISTIC.first, has_counted, ddof: 1 });
      expect([...first.y]).toEqual(setOf.map((set, i) => Number(set >= 0 && entering[set]![0] === i)));
    }
  }
});

test('a set of equal values has no spread at all in float32', async () => {
  const places = 100;
  const x = new Float32Array(places).fill(1.1);
  const order = Uint32Array.from({ length: places }, (_, i) => i);
  const start = new Uint32Array(places + 1).fill(places);
  start[0] = 0;
  for (const executor of await testExecutors()) {
    for (const [statistic, expected] of [[SET_STATISTIC.std, 0], [SET_STATISTIC.mean, Math.fround(1.1)]] as const) {
      const made = await runKernel(executor, setStatistic, { x, counted: x, order, start, y: new Float32Array(places) }, { places, statistic, has_counted: 0, ddof: 1 });
      expect(new Set(made.y)).toEqual(new Set([expected]));
    }
  }
});

const along = ODD_SIZES.flatMap(([answers, width, steps, problems]) => (['token', 'step'] as const).map((shape) => [shape, answers, width, steps, problems] as const));

test.each(along)('neighbours and recurrences along the %ss of %i answers, %i tokens, %i steps', async (shape, answers, width, steps, problems) => {
  const made = randomAnswers(answers, width, steps, problems, 5);
  const { mask, step_count, [shape]: x, answer: edge } = made;
  const per_answer = shape === 'token' ? width : steps;
  const places = usedPlaces(made, SHAPE[shape], per_answer);
  const factor = x.map((_, i) => ((i * 37) % 11) / 10);
  const common = { answers, per_answer, shape: SHAPE[shape] };
  const y = () => new Float32Array(x.length).fill(9);
  for (const executor of await testExecutors()) {
    for (const forward of [0, 1]) {
      const beside = new Float64Array(x.length);
      const carried = new Float64Array(x.length);
      places.forEach((used, n) => {
        const line = forward === 1 ? [...used].reverse() : used;
        line.forEach((i, k) => { beside[i] = k + 1 < line.length ? x[line[k + 1]!]! : edge[n]!; });
      });
      const neighbours = await runKernel(executor, neighbour, { x, edge, mask, step_count, y: y() }, { ...common, forward: 1 - forward, has_edge: 1, edge_value: 7 });
      close(neighbours.y, beside, `${executor.kind} neighbour`);
      for (const used of places) {
        const line = forward === 1 ? used : [...used].reverse();
        // each place by its own sum over all places it hears from
        line.forEach((i, k) => {
          for (let from = 0; from <= k; from++) carried[i]! += x[line[from]!]! * line.slice(from + 1, k + 1).reduce((product, j) => product * factor[j]!, 1);
        });
      }
      const sums = await runKernel(executor, carry, { x, factor, mask, step_count, y: y() }, { ...common, forward });
      close(sums.y, carried, `${executor.kind} carry`);
    }
    const numbers = await runKernel(executor, neighbour, { x, edge, mask, step_count, y: y() }, { ...common, forward: 1, has_edge: 0, edge_value: 7 });
    for (const used of places) if (used.length > 0) expect(numbers.y[used.at(-1)!]).toBe(7);
  }
});

test.each(ODD_SIZES)('one number a step of %i answers, %i tokens, %i steps', async (answers, width, steps, problems) => {
  const { token: x, step_of_token, step_count, mask } = randomAnswers(answers, width, steps, problems, 6);
  const STEP: Readonly<Record<PerStepName, (own: readonly number[]) => number>> = {
    sum, mean: STATISTICS.mean, count: (own) => own.length, first: (own) => own[0] ?? 0, last: (own) => own.at(-1) ?? 0,
  };
  for (const executor of await testExecutors()) {
    for (const which of Object.keys(PER_STEP) as PerStepName[]) {
      const made = await runKernel(executor, perStep, { x, step_of_token, step_count, mask, y: new Float32Array(answers * steps).fill(9) }, { answers, width, steps, which: PER_STEP[which] });
      const expected = Array.from(made.y, (_, i) => {
        const [n, step] = [Math.floor(i / steps), i % steps];
        return STEP[which]([...x.keys()].filter((t) => Math.floor(t / width) === n && mask[t] === 1 && step_of_token[t] === step && step < step_count[n]!).map((t) => x[t]!));
      });
      close(made.y, expected, `${executor.kind} ${which}`);
    }
  }
});

test.each([[1, 1, 1], [7, 3, 5], [33, 4, 2]])('probes of %i answers, %i steps, reference answers up to %i tokens', async (answers, steps, length) => {
  const random = RandomStream.of(8, 'problems');
  const logprobs = Float32Array.from({ length: answers * (steps + 2) * length }, () => -2 * random.uniform());
  const tokens = Uint32Array.from({ length: answers }, (_, n) => (n === 2 ? 0 : 1 + random.below(length)));
  const step_count = Uint32Array.from(tokens, () => random.below(steps + 1));
  const MEASURES: Readonly<Record<keyof typeof MEASURE, (own: readonly number[]) => number>> = {
    sum, mean: STATISTICS.mean, expOfSum: (own) => Math.exp(sum(own)), expOfMean: (own) => Math.exp(STATISTICS.mean(own)), meanOfExp: (own) => STATISTICS.mean(own.map(Math.exp)),
  };
  for (const executor of await testExecutors()) {
    for (const entry of Object.keys(ENTRY) as (keyof typeof ENTRY)[]) {
      for (const measure of Object.keys(MEASURE) as (keyof typeof MEASURE)[]) {
        const perAnswer = entry === 'beforeStep' || entry === 'afterStep' ? steps : 1;
        const made = await runKernel(executor, referenceProbe, { logprobs, tokens, step_count, y: new Float32Array(answers * perAnswer).fill(9) }, { answers, steps, length, measure: MEASURE[measure], entry: ENTRY[entry] });
        const expected = Array.from(made.y, (_, i) => {
          const [n, step] = [Math.floor(i / perAnswer), i % perAnswer];
          const slot = { beforeStep: step, afterStep: step + 1, start: 0, whole: steps + 1 }[entry];
          const own = [...logprobs.subarray((n * (steps + 2) + slot) * length)].slice(0, tokens[n]);
          return own.length === 0 || (perAnswer === steps && entry.endsWith('Step') && step >= step_count[n]!) ? 0 : MEASURES[measure](own);
        });
        close(made.y, expected, `${executor.kind} ${entry} ${measure}`);
      }
    }
  }
});

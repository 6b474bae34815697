import { expect, test } from 'vitest';
import type { Executor } from '../../gpu/executor';
import { runKernel, testExecutors } from '../../gpu/testing';
import text from '../../../e2e/fixtures/optimizer.json?raw';
import { expectClose, flat, floats, parseFixture, type Fields } from '../loss/fixtureTesting';
import { adamw, adamwScalars } from './adamw';
import { normFinish } from './normFinish';
import { normPartial } from './normPartial';
import { learningRateAt, type ScheduleKind } from './schedule';

const { cases } = parseFixture(text);
const named = (prefix: string) => cases.filter((one) => one.name.startsWith(prefix));

/** [norm, scale, flag, unused] of the values, through both stages. */
async function normOf(executor: Executor, values: Float32Array<ArrayBuffer>, maximum: number, PARTIALS = 4096): Promise<Float32Array<ArrayBuffer>> {
  const { partials } = await runKernel(executor, normPartial, { values, partials: new Float32Array(2 * PARTIALS) }, { count: values.length, first: 0, PARTIALS });
  const { norm } = await runKernel(executor, normFinish, { partials, norm: new Float32Array(4) }, { count: PARTIALS, maximum });
  return norm as Float32Array<ArrayBuffer>;
}

test.each(named('clip_grad_norm/'))('$name: norm, scale and clipped gradient', async ({ inputs, expected, tolerance }) => {
  const gradients = floats(inputs.grads);
  const empty = () => new Float32Array(gradients.length);
  for (const executor of await testExecutors()) {
    const norm = await normOf(executor, gradients, inputs.max_norm as number);
    expectClose(norm.slice(0, 2), [expected.norm!, expected.scale!], tolerance, executor.kind);
    const { first_moment } = await runKernel(executor, adamw, { parameters: empty(), gradients, first_moment: empty(), second_moment: empty(), norm }, {
      count: gradients.length, ...adamwScalars(1, { learningRate: 0, beta1: 0, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }),
    });
    expectClose(first_moment, expected.clipped, tolerance, `${executor.kind} clipped`);
  }
});

test.each(named('adamw/'))('$name: trajectory of parameters and both moments', async ({ inputs, expected, tolerance }) => {
  const { beta1, beta2, eps, weight_decay, lr } = inputs as Record<string, number>;
  const schedule = inputs.schedule as { kind: ScheduleKind; warmup_steps: number; total_steps: number } | undefined;
  const steps = inputs.grads as readonly Fields[number][];
  for (const executor of await testExecutors()) {
    let parameters = floats(inputs.params);
    let first_moment = new Float32Array(parameters.length);
    let second_moment = new Float32Array(parameters.length);
    for (let k = 0; k < steps.length; k++) {
      const learningRate = learningRateAt({
        kind: schedule?.kind ?? 'constant', baseRate: lr!, warmupSteps: schedule?.warmup_steps ?? 0, totalSteps: schedule?.total_steps ?? 1, leastRatio: 0,
      }, k);
      const gradients = floats(steps[k]);
      const norm = await normOf(executor, gradients, (inputs.max_grad_norm as number | undefined) ?? 0, 64);
      const scalars = adamwScalars(k + 1, { learningRate, beta1: beta1!, beta2: beta2!, epsilon: eps!, weightDecay: weight_decay! });
      const after = await runKernel(executor, adamw, { parameters, gradients, first_moment, second_moment, norm }, { count: parameters.length, ...scalars });
      parameters = after.parameters as typeof parameters;
      first_moment = after.first_moment as typeof first_moment;
      second_moment = after.second_moment as typeof second_moment;
      const at = (key: string) => (expected[key] as readonly Fields[number][])[k];
      expectClose(parameters, at('params_after_each_step'), tolerance.params!, `${executor.kind} parameters ${k}`);
      expectClose(first_moment, at('exp_avg_after_each_step'), tolerance.exp_avg!, `${executor.kind} first moment ${k}`);
      expectClose(second_moment, at('exp_avg_sq_after_each_step'), tolerance.exp_avg_sq!, `${executor.kind} second moment ${k}`);
      expectClose([learningRate], at('lr_each_step'), tolerance.lr!, 'learning rate');
      if (expected.grad_norm_before_clip !== undefined) {
        expectClose([norm[0]!], [flat(expected.grad_norm_before_clip)[k]!], { mode: 'elementwise', rtol: 1e-5, atol: 0 }, `${executor.kind} norm ${k}`);
      }
    }
  }
});

test('the norm of a million entries is within 1e-5, the same bits twice', async () => {
  const values = Float32Array.from({ length: 1_000_003 }, (_, i) => Math.sin(i * 0.37) * (i % 1000 === 0 ? 100 : 1));
  const exact = Math.sqrt(values.reduce((sum, one) => sum + one * one, 0));
  for (const executor of await testExecutors()) {
    const [first, second] = [await normOf(executor, values, 1), await normOf(executor, values, 1)];
    expect(Math.abs(first[0]! - exact) / exact).toBeLessThan(1e-5);
    expect([...second]).toEqual([...first]);
  }
});

test('1e-6 is added to the norm before the division', async () => {
  for (const executor of await testExecutors()) {
    const norm = await normOf(executor, Float32Array.of(0.6e-6, 0, -0.8e-6), 1e-6, 7);
    expectClose(norm, [1e-6, 0.5, 0, 0], { mode: 'elementwise', rtol: 1e-5, atol: 0 }, executor.kind);
  }
});

test('two flat buffers share one partials buffer', async () => {
  for (const executor of await testExecutors()) {
    const one = await runKernel(executor, normPartial, { values: Float32Array.of(3), partials: new Float32Array(28) }, { count: 1, first: 0, PARTIALS: 7 });
    const two = await runKernel(executor, normPartial, { values: Float32Array.of(0, 4), partials: one.partials }, { count: 2, first: 7, PARTIALS: 7 });
    const { norm } = await runKernel(executor, normFinish, { partials: two.partials, norm: new Float32Array(4) }, { count: 14, maximum: 0 });
    expect([...norm]).toEqual([5, 1, 0, 0]);
  }
});

test.each([['NaN', NaN], ['infinity', Infinity], ['minus infinity', -Infinity], ['a norm beyond float32', 3e38]])('%s in the gradient is flagged, and AdamW then changes nothing', async (_, planted) => {
  for (const executor of await testExecutors()) {
    const gradients = new Float32Array(33).fill(0.5);
    gradients[32] = planted;
    const norm = await normOf(executor, gradients, 1, 7);
    expect([...norm.slice(1)]).toEqual([0, 1, 0]);
    const before = () => new Float32Array(33).fill(0.25);
    const after = await runKernel(executor, adamw, { parameters: before(), gradients, first_moment: before(), second_moment: before(), norm }, {
      count: 33, ...adamwScalars(1, { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 }),
    });
    expect(after.parameters).toEqual(before());
    expect(after.first_moment).toEqual(before());
    expect(after.second_moment).toEqual(before());
  }
});

test('padding of zeros stays zero through ten updates with decay', async () => {
  for (const executor of await testExecutors()) {
    let parameters = Float32Array.of(1, 0, 0, -2, 0);
    let [first_moment, second_moment] = [new Float32Array(5), new Float32Array(5)];
    for (let step = 1; step <= 10; step++) {
      const after = await runKernel(executor, adamw, { parameters, gradients: Float32Array.of(1, 0, 0, 2, 0), first_moment, second_moment, norm: Float32Array.of(1, 1, 0, 0) }, {
        count: 5, ...adamwScalars(step, { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 }),
      });
      [parameters, first_moment, second_moment] = [after.parameters, after.first_moment, after.second_moment] as [typeof parameters, typeof parameters, typeof parameters];
    }
    expect(parameters[0]).toBeLessThan(0.2);
    for (const i of [1, 2, 4]) expect([parameters[i], first_moment[i], second_moment[i]]).toEqual([0, 0, 0]);
  }
});

// optimizer: AdamW trajectories, gradient-norm clipping, learning-rate schedules.

import { FormatError } from '../../../formats/formatError';
import type { Executor } from '../../../gpu/executor';
import { runKernel } from '../../../gpu/testing';
import { adamw, adamwScalars } from '../../../kernels/optim/adamw';
import { NORM, normFinish } from '../../../kernels/optim/normFinish';
import { normPartial } from '../../../kernels/optim/normPartial';
import { learningRateAt, SCHEDULE_KINDS, type LearningRateSchedule, type ScheduleKind } from '../../../kernels/optim/schedule';
import { hasAll, NotKnown, type CaseRun, type Family } from '../family';
import type { Fields } from '../fields';
import { readTensor } from '../numberTensor';

const PARTIALS = 64;

export const optimizer: Family = {
  name: 'optimizer',
  recognises: ({ inputs, expected }) =>
    hasAll(inputs, 'params', 'grads') || hasAll(inputs, 'kind', 'base_lr') || (hasAll(inputs, 'grads', 'max_norm') && hasAll(expected, 'norm')),
  isHost: ({ inputs }) => hasAll(inputs, 'kind', 'base_lr'),
  async run(run: CaseRun) {
    if (run.inputs.has('base_lr')) return runSchedule(run);
    return run.inputs.has('params') ? runTrajectory(run) : runClipping(run);
  },
};

function scheduleOf(inputs: Fields, baseRate: number): LearningRateSchedule {
  const kind = inputs.text('kind');
  if (!(SCHEDULE_KINDS as readonly string[]).includes(kind)) throw new NotKnown(`schedule ${kind}`);
  const schedule = {
    kind: kind as ScheduleKind, baseRate, warmupSteps: inputs.has('warmup_steps') ? inputs.whole('warmup_steps', 0) : 0,
    totalSteps: inputs.has('total_steps') ? inputs.whole('total_steps', 0) : 0, leastRatio: inputs.numberOr('min_lr_ratio', 0),
  };
  if (kind !== 'constant' && !inputs.has('total_steps')) throw new FormatError(`${inputs.where}.total_steps`, 'is missing');
  return schedule;
}

async function runSchedule({ inputs, comparison }: CaseRun): Promise<void> {
  const schedule = scheduleOf(inputs, inputs.number('base_lr'));
  comparison.check('lr', Array.from(comparison.tensor('lr').data, (_, k) => learningRateAt(schedule, k)));
}

/** All numbers of a list of tensors (or of one), row-major one after the other, as flat memory holds them. */
function flat(value: unknown, where: string): Float32Array<ArrayBuffer> {
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object')) {
    return Float32Array.from(value.flatMap((one) => [...flat(one, where)]));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !('b64' in value)) return Float32Array.from(Object.values(value).flatMap((one) => [...flat(one, where)]));
  return readTensor(value, where).data;
}

async function normOf(executor: Executor, values: Float32Array<ArrayBuffer>, maximum: number): Promise<Float32Array<ArrayBuffer>> {
  const { partials } = await runKernel(executor, normPartial, { values, partials: new Float32Array(2 * PARTIALS) }, { count: values.length, first: 0, PARTIALS });
  const { norm } = await runKernel(executor, normFinish, { partials, norm: new Float32Array(NORM.length) }, { count: PARTIALS, maximum });
  return norm as Float32Array<ArrayBuffer>;
}

/** The clipped gradient is what AdamW reads; with beta1 = 0 its first moment after a step is exactly that. */
async function runClipping({ inputs, comparison, executor }: CaseRun): Promise<void> {
  const gradients = flat(inputs.raw('grads'), 'inputs.grads');
  const maximum = inputs.number('max_norm');
  if (maximum <= 0) throw new NotKnown(`max_norm ${maximum}`);
  const norm = await normOf(executor, gradients, maximum);
  const empty = (): Float32Array<ArrayBuffer> => new Float32Array(gradients.length);
  const { first_moment } = await runKernel(executor, adamw, { parameters: empty(), gradients, first_moment: empty(), second_moment: empty(), norm }, {
    count: gradients.length, ...adamwScalars(1, { learningRate: 0, beta1: 0, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }),
  });
  comparison.check('norm', norm[NORM.norm]!);
  comparison.check('scale', norm[NORM.scale]!);
  if (comparison.has('clipped')) checkFlat(comparison, 'clipped', first_moment as Float32Array);
}

async function runTrajectory({ inputs, comparison, executor }: CaseRun): Promise<void> {
  let parameters = flat(inputs.raw('params'), 'inputs.params');
  const grads = inputs.raw('grads');
  if (!Array.isArray(grads)) throw new FormatError('inputs.grads', 'must be a list, one entry a step');
  const baseRate = inputs.number('lr');
  const schedule = inputs.has('schedule') ? scheduleOf(inputs.inner('schedule'), baseRate) : undefined;
  const options = { beta1: inputs.number('beta1'), beta2: inputs.number('beta2'), epsilon: inputs.number('eps'), weightDecay: inputs.numberOr('weight_decay', 0) };
  const maximum = inputs.numberOr('max_grad_norm', 0);
  let first_moment = new Float32Array(parameters.length);
  let second_moment = new Float32Array(parameters.length);
  const made = { params: [] as number[], exp_avg: [] as number[], exp_avg_sq: [] as number[], lr: [] as number[], norm: [] as number[] };
  for (let k = 0; k < grads.length; k++) {
    const gradients = flat(grads[k], `inputs.grads[${k}]`);
    if (gradients.length !== parameters.length) throw new FormatError(`inputs.grads[${k}]`, `has ${gradients.length} numbers; there are ${parameters.length} parameters`);
    const learningRate = schedule === undefined ? baseRate : learningRateAt(schedule, k);
    const norm = await normOf(executor, gradients, maximum);
    const scalars = { count: parameters.length, ...adamwScalars(k + 1, { learningRate, ...options }) };
    const after = await runKernel(executor, adamw, { parameters, gradients, first_moment, second_moment, norm }, scalars);
    [parameters, first_moment, second_moment] = [after.parameters, after.first_moment, after.second_moment] as [typeof parameters, typeof parameters, typeof parameters];
    made.params.push(...parameters);
    made.exp_avg.push(...first_moment);
    made.exp_avg_sq.push(...second_moment);
    made.lr.push(learningRate);
    made.norm.push(norm[NORM.norm]!);
  }
  for (const name of ['params', 'exp_avg', 'exp_avg_sq'] as const) checkFlat(comparison, `${name}_after_each_step`, made[name], [name]);
  comparison.check('lr_each_step', made.lr, { toleranceKeys: ['lr'] });
  comparison.check('grad_norm_before_clip', made.norm, { toleranceKeys: ['grad_norm', 'params'] });
}

/** Expected trajectories are nested as the parameters are: one list of tensors a step. */
function checkFlat(comparison: CaseRun['comparison'], path: string, got: ArrayLike<number>, toleranceKeys: readonly string[] = []): void {
  if (comparison.has(path)) comparison.checkNumbers(path, got, flat(comparison.at(path), `expected.${path}`), toleranceKeys);
}

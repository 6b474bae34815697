// One AdamW step over all flat buffers: gradient norm in two stages, clip scale, update. Four dispatches where the
// parameters fit one buffer. A non-finite gradient leaves parameters and moments as they are; the norm buffer says so.

import { planBuffer, type ElementArray, type PlanBuffer } from '../gpu/buffer';
import { floatsOf, type Executor, type PlanRun } from '../gpu/executor';
import { Plan, variable } from '../gpu/plan';
import { adamw, adamwScalars, type AdamwOptions } from '../kernels/optim/adamw';
import { NORM, normFinish } from '../kernels/optim/normFinish';
import { normPartial } from '../kernels/optim/normPartial';
import { FlatTensors } from './parameterLayout';

const PARTIALS = 1024;

export interface StepResult {
  /** before clipping */
  readonly gradientNorm: number;
  /** what the gradient was multiplied by */
  readonly scale: number;
  readonly isNonFinite: boolean;
}

export class Optimizer {
  readonly firstMoment: FlatTensors;
  readonly secondMoment: FlatTensors;
  readonly plan = new Plan('optimizer');
  /** what a step leaves to read, for resultOf() */
  readonly norm: PlanBuffer;

  constructor(parameters: FlatTensors, gradients: FlatTensors) {
    const { layout } = parameters;
    this.firstMoment = new FlatTensors(layout, 'first_moment');
    this.secondMoment = new FlatTensors(layout, 'second_moment');
    this.norm = planBuffer('optimizer.norm', NORM.length);
    const partials = planBuffer('optimizer.partials', 2 * PARTIALS * gradients.buffers.length);
    gradients.buffers.forEach((values, i) => this.plan.call(normPartial, { values, partials }, { count: values.length, first: i * PARTIALS, PARTIALS }));
    this.plan.call(normFinish, { partials, norm: this.norm }, { count: PARTIALS * gradients.buffers.length, maximum: variable('maximum') });
    const names = ['learning_rate', 'decay', 'beta1', 'rest1', 'beta2', 'rest2', 'correction1', 'correction2', 'epsilon'] as const;
    const settings = Object.fromEntries(names.map((name) => [name, variable(name)])) as Record<(typeof names)[number], ReturnType<typeof variable>>;
    parameters.buffers.forEach((buffer, i) => this.plan.call(adamw, {
      parameters: buffer, gradients: gradients.buffers[i]!, first_moment: this.firstMoment.buffers[i]!, second_moment: this.secondMoment.buffers[i]!, norm: this.norm,
    }, { count: buffer.length, ...settings }));
  }

  /** `step` counts from 1; a maximum norm of 0 does not clip. */
  runOf(step: number, options: AdamwOptions, maximumNorm: number): PlanRun {
    return { plan: this.plan, iterations: [{ ...adamwScalars(step, options), maximum: maximumNorm }] };
  }

  resultOf(read: ElementArray | undefined): StepResult {
    const norm = floatsOf(read);
    return { gradientNorm: norm[NORM.norm]!, scale: norm[NORM.scale]!, isNonFinite: norm[NORM.isNonFinite] !== 0 };
  }

  async step(executor: Executor, step: number, options: AdamwOptions, maximumNorm: number): Promise<StepResult> {
    const [norm] = await executor.runAndRead([this.runOf(step, options, maximumNorm)], [this.norm]);
    return this.resultOf(norm);
  }
}

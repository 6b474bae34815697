// A statistic of a value over sets: the tokens or steps of an answer, the answers of a problem (all their tokens pooled,
// where the value has tokens), or the whole batch.

import type { PlanBuffer } from '../../gpu/buffer';
import { combineMoments, OVER, STATISTIC, type Over, type StatisticName } from '../../kernels/credit/combineMoments';
import { answerMoments, MOMENT_FIELDS } from '../../kernels/credit/answerMoments';
import { SHAPE, type ValueShape } from '../../kernels/credit/shapes';
import type { Option } from '../../tasks/task';
import type { CreditBuilder, Handle } from '../builder';

const WORDS: Readonly<Record<StatisticName, string>> = {
  mean: 'mean', std: 'standard deviation', variance: 'variance', sum: 'sum', count: 'number', minimum: 'smallest',
  maximum: 'largest', second: 'second largest', nonZero: 'number of non-zero values',
};
const RESULT: Readonly<Record<Over, ValueShape>> = { answer: 'answer', problem: 'problem', batch: 'scalar' };

export const DDOF: Option = {
  name: 'ddof', label: 'Taken off the count (1 sample, 0 population)', default: 1, minimum: 0, maximum: 1, isInteger: true,
};
export const EPSILON: Option = { name: 'epsilon', label: 'Added to the standard deviation', default: 1e-6, minimum: 0, maximum: 1 };

export interface StatisticText {
  readonly id: string;
  readonly label: string;
  /** values taken off the count under std and variance; 1 = sample, 0 = population */
  readonly ddof?: number;
}

export function statistic(c: CreditBuilder, which: StatisticName, x: Handle, over: Over, { id, label, ddof }: StatisticText): Handle {
  if (x.shape === 'scalar' || x.shape === 'problem') throw new TypeError(`${id}: a statistic needs a value of answers, steps or tokens`);
  if (which === 'second' && x.shape !== 'answer') throw new TypeError(`${id}: the second largest is taken over answers only`);
  const isSpread = which === 'std' || which === 'variance';
  const y = c.output(RESULT[over], {
    id, label, inputs: [x],
    formula: `${WORDS[which]} of {${x.id}} over ${setName(x.shape, over)}${isSpread ? ', divided by (number − {ddof})' : ''}`,
    parameters: isSpread ? { ddof: ddof ?? 1 } : {},
  });
  c.plan.call(
    combineMoments,
    { moments: momentsOf(c, x), problem_of_answer: c.frame.problem, y: y.buffer },
    { sets: y.buffer.length, answers: c.shape.answers, over: OVER[over], statistic: STATISTIC[which], ddof: ddof ?? 1 },
    y.buffer.label,
  );
  return y;
}

const knownMoments = new WeakMap<Handle, PlanBuffer>();

/** A value's moments are computed once, whichever statistics are taken. */
function momentsOf(c: CreditBuilder, x: Handle): PlanBuffer {
  const known = knownMoments.get(x);
  if (known !== undefined) return known;
  const { answers, width, maximumSteps } = c.shape;
  const moments = c.scratch(answers * MOMENT_FIELDS);
  c.plan.call(answerMoments, { x: x.buffer, mask: c.frame.mask, step_count: c.frame.stepCount, moments }, { answers, width, steps: maximumSteps, shape: SHAPE[x.shape] });
  knownMoments.set(x, moments);
  return moments;
}

function setName(shape: 'answer' | 'step' | 'token', over: Over): string {
  const parts = `${shape}s`;
  if (over === 'batch') return `all ${parts} of the batch`;
  if (over === 'answer') return `the answer’s ${parts}`;
  return shape === 'answer' ? 'the problem’s answers' : `all ${parts} of the problem’s answers`;
}

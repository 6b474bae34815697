// What stands at the next or previous step or token of the same answer, and at its end a number or a value of the answer.

import { neighbour as kernel } from '../../kernels/credit/neighbour';
import { SHAPE } from '../../kernels/credit/shapes';
import type { CreditBuilder, Handle } from '../builder';

export interface NeighbourText {
  readonly id: string;
  readonly label: string;
  /** what stands beyond the end: a number, or a value of the answer or coarser */
  readonly edge: number | Handle;
}

export const next = (c: CreditBuilder, x: Handle, text: NeighbourText): Handle => neighbour(c, x, text, true);
export const previous = (c: CreditBuilder, x: Handle, text: NeighbourText): Handle => neighbour(c, x, text, false);

function neighbour(c: CreditBuilder, x: Handle, { id, label, edge }: NeighbourText, isForward: boolean): Handle {
  if (x.shape !== 'token' && x.shape !== 'step') throw new TypeError(`${id}: only tokens and steps have neighbours`);
  const y = c.output(x.shape, {
    id, label, inputs: typeof edge === 'number' ? [x] : [x, edge],
    formula: `{${x.id}} of the ${isForward ? 'next' : 'previous'} ${x.shape}; ${typeof edge === 'number' ? edge : `{${edge.id}}`} where there is none`,
  });
  const own = typeof edge === 'number' ? undefined : c.lift(edge, 'answer');
  const { answers, width, maximumSteps } = c.shape;
  c.plan.call(
    kernel,
    { x: x.buffer, edge: (own ?? x).buffer, mask: c.frame.mask, step_count: c.frame.stepCount, y: y.buffer },
    {
      answers, per_answer: x.shape === 'token' ? width : maximumSteps, shape: SHAPE[x.shape], forward: Number(isForward),
      has_edge: Number(own !== undefined), edge_value: typeof edge === 'number' ? edge : 0,
    },
    y.buffer.label,
  );
  return y;
}

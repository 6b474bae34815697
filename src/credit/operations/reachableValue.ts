// ReST-MCTS*: the quality value after each step, from how many steps are still needed and whether a right answer is in reach.

import { reachableValue as kernel } from '../../kernels/credit/reachableValue';
import type { CreditBuilder, Handle } from '../builder';

export function reachableValue(c: CreditBuilder, rest: Handle, reachable: Handle, { id, label }: { readonly id: string; readonly label: string }): Handle {
  const y = c.output('step', {
    id, label, inputs: [rest, reachable],
    formula: `largest of 0 and v + (1 − v) × {${reachable.id}} / ({${rest.id}} + 1), with v the same of the previous step, 0 before the first`,
  });
  c.plan.call(
    kernel,
    { rest: rest.buffer, reachable: reachable.buffer, step_count: c.frame.stepCount, y: y.buffer },
    { answers: c.shape.answers, steps: c.shape.maximumSteps },
    y.buffer.label,
  );
  return y;
}

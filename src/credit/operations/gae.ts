// Generalised advantage estimation over an answer's tokens, from token rewards and a value model.

import { gae as kernel } from '../../kernels/credit/gae';
import type { CreditBuilder, Handle } from '../builder';

export interface GaeOptions {
  readonly id: string;
  readonly label: string;
  readonly gamma: number;
  readonly lambda: number;
  /** where episodes end inside a row, and the value after the last token; without: nothing follows the last token */
  readonly end?: { readonly terminal: Handle; readonly bootstrap: Handle };
}

export function gae(c: CreditBuilder, rewards: Handle, values: Handle, { id, label, gamma, lambda, end }: GaeOptions): Handle {
  const advantages = c.output('token', {
    id, label, inputs: [rewards, values, ...(end === undefined ? [] : [end.terminal, end.bootstrap])], parameters: { gamma, lambda },
    formula: `{${rewards.id}} + {gamma} × {${values.id}›next} − {${values.id}} + {gamma} × {lambda} × {${id}›next}`,
  });
  c.plan.call(
    kernel,
    {
      rewards: rewards.buffer, values: values.buffer, mask: c.frame.mask,
      terminal: (end?.terminal ?? rewards).buffer, bootstrap: (end?.bootstrap ?? rewards).buffer, advantages: advantages.buffer,
    },
    { answers: c.shape.answers, width: c.shape.width, has_end: Number(end !== undefined), gamma, lambda },
    advantages.buffer.label,
  );
  return advantages;
}

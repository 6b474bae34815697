// The reward of each token: given as a signal, or made from the outcome on the answer's last token, minus the distance
// from the reference policy where klWeight is above 0: R_t = outcome at the end − klWeight × (old − reference log-prob).

import { placeAtEnd } from '../../kernels/credit/placeAtEnd';
import { SHAPE } from '../../kernels/credit/shapes';
import type { Option } from '../../tasks/task';
import type { CreditBuilder, Handle } from '../builder';
import type { SignalName } from '../signals';

export const TOKEN_REWARD_SIGNALS: readonly SignalName[] = ['outcome', 'tokenRewards', 'oldLogprobs', 'referenceLogprobs'];
export const TOKEN_REWARD_OPTIONS: readonly Option[] = [
  { name: 'rewards', label: 'Token rewards', default: 'outcome', choices: ['outcome', 'given'] },
  { name: 'klWeight', label: 'Penalty on leaving the reference', default: 0, minimum: 0, maximum: 10 },
];

/** An answer's number on its last token, or a step's on the step's last token. */
export function atEnd(c: CreditBuilder, x: Handle, id: string, label: string): Handle {
  if (x.shape !== 'answer' && x.shape !== 'step') throw new TypeError(`${id}: only answers and steps have a last token`);
  const y = c.output('token', { id, label, inputs: [x], formula: `{${x.id}} on the last token of the ${x.shape}, else 0` });
  c.plan.call(
    placeAtEnd,
    { x: x.buffer, step_of_token: c.frame.stepOfToken, mask: c.frame.mask, y: y.buffer },
    { answers: c.shape.answers, width: c.shape.width, steps: c.shape.maximumSteps, shape: SHAPE[x.shape] },
    y.buffer.label,
  );
  return y;
}

/** Reads the parameters rewards and klWeight. The row of the token rewards is `R`. */
export function tokenRewards(c: CreditBuilder): Handle {
  if (c.choice('rewards') === 'given') return c.signal('tokenRewards', 'R');
  if (c.number('klWeight') === 0) return atEnd(c, c.signal('outcome'), 'R', 'Reward of the token');
  atEnd(c, c.signal('outcome'), 'outcomeAtEnd', 'Outcome at the end');
  const names = { old: c.signal('oldLogprobs'), reference: c.signal('referenceLogprobs') };
  return c.line('R', 'Reward of the token', '{outcomeAtEnd} − {klWeight} × ({old} − {reference})', { names });
}

// VeRPO's step reward from binary checks: each passed check counts exp(−alpha × pass rate) / (crowd + delta), where the crowd
// is how many checks have about the same pass rate: the sum of exp(−(difference of rates)² / (2 sigma²)), itself included.

import { planBuffer } from '../../gpu/buffer';
import { checkRates } from '../../kernels/credit/checkRates';
import { weightedChecks as kernel } from '../../kernels/credit/weightedChecks';
import type { CreditBuilder, Handle } from '../builder';

/** Reads the parameters alpha, sigma and delta. */
export function weightedChecks(c: CreditBuilder, { id, label }: { readonly id: string; readonly label: string }): Handle {
  const { answers, problems, maximumSteps } = c.shape;
  const kinds = c.shape.checks ?? 0;
  const settings = { alpha: c.number('alpha'), sigma: c.number('sigma'), delta: c.number('delta') };
  const y = c.output('step', {
    id, label, parameters: settings,
    formula: 'sum over the checks that the step passes of exp(−{alpha} × pass rate in the group) / (number of checks passed about as often, within {sigma}, + {delta})',
  });
  const checks = c.input('checks', 'checks', planBuffer('credit/checks', Math.max(1, answers * maximumSteps * kinds)));
  const rates = c.scratch(Math.max(1, problems * kinds));
  const { problem, stepCount } = c.frame;
  c.plan.call(checkRates, { checks, problem_of_answer: problem, step_count: stepCount, rates }, { answers, problems, steps: maximumSteps, kinds });
  c.plan.call(kernel, { checks, rates, problem_of_answer: problem, step_count: stepCount, y: y.buffer }, { answers, steps: maximumSteps, kinds, ...settings }, y.buffer.label);
  return y;
}

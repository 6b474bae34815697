// Which signals a run can give its credit method, and which of them the method asks for with these parameters.

import { findMethod } from '../../credit/methods';
import { SIGNALS, type SignalName } from '../../credit/signals';
import { traceCredit } from '../../credit/trace';
import type { RunConfiguration } from '../configuration';

/** made by the phases of every run */
const ALWAYS: readonly SignalName[] = ['outcome', 'correct', 'stepCorrect', 'oldLogprobs', 'critiques', 'steps'];

export function creditNeeds({ method, methodParameters }: RunConfiguration): readonly SignalName[] {
  return traceCredit(findMethod(method), methodParameters, { answers: 1, width: 1, problems: 1, maximumSteps: 1, critiques: 1 }).needs;
}

export const needsValueModel = (configuration: RunConfiguration): boolean => creditNeeds(configuration).includes('values');

/** Throws a RangeError with a sentence for a person. */
export function refuseUnmetNeeds(configuration: RunConfiguration, hasValueModel: boolean): void {
  const { method, loss } = configuration;
  for (const need of creditNeeds(configuration)) {
    if (ALWAYS.includes(need) || (need === 'values' && hasValueModel) || (need === 'referenceLogprobs' && loss.klKind !== 'none')) continue;
    if (need === 'values') throw new RangeError(`Method ${method} needs a value model, and none trains here; npm run lab -- train has one.`);
    if (need === 'referenceLogprobs') throw new RangeError(`Method ${method} needs the reference policy's log-probabilities: choose a loss.klKind other than none.`);
    const meaning = need in SIGNALS ? ` (${SIGNALS[need as keyof typeof SIGNALS].meaning})` : '';
    throw new RangeError(`Method ${method} with these parameters needs the signal ${need}${meaning}, which runs here do not make.`);
  }
}

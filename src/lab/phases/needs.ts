// Whether a run can give its credit method the signals it asks for, said before anything is built.

import { findMethod } from '../../credit/methods';
import { taskFamily } from '../../tasks';
import type { RunConfiguration } from '../configuration';
import { creditNeeds, unmetNeed } from '../signals';

export const needsValueModel = ({ method, methodParameters }: RunConfiguration): boolean => creditNeeds(findMethod(method), methodParameters).includes('values');

/** Throws a RangeError with a sentence for a person. */
export function refuseUnmetNeeds(configuration: RunConfiguration, hasValueModel: boolean): void {
  const task = taskFamily(configuration.task).create(configuration.taskOptions);
  const sentence = unmetNeed(findMethod(configuration.method), configuration.methodParameters, { configuration, task, hasValueModel });
  if (sentence !== undefined) throw new RangeError(sentence);
}

// What was changed of a run on its way, in words: "learning rate 0.0003", "2 numbers changed before its gradient".

import type { Intervention } from '../lab/interventions';
import { formatShort } from './format';

/** `options`: the settings' labels, where they are known. */
export function changeWords(intervention: Intervention, options: readonly { readonly name: string; readonly label: string }[] | undefined): string {
  if (intervention.kind === 'edits') {
    const { length } = intervention.edits;
    return `${length === 1 ? 'a number was' : `${length} numbers were`} changed by hand before its gradient`;
  }
  return Object.entries(intervention.settings)
    .map(([name, value]) => `${options?.find((one) => one.name === name)?.label.toLowerCase() ?? name} ${formatShort(value)}`).join(', ');
}

// The one reader of a credit method's parameters: fills in defaults, and refuses what it does not know.

import type { Option, OptionValues } from '../tasks/task';

/** All parameters with their values. Throws RangeError naming the method, the parameter and its bounds. */
export function readParameters(method: string, options: readonly Option[], given: OptionValues = {}): OptionValues {
  for (const name of Object.keys(given)) {
    if (!options.some((option) => option.name === name)) {
      const known = options.map((option) => option.name).join(', ') || 'none';
      throw new RangeError(`method ${method} has no parameter "${name}"; its parameters are: ${known}`);
    }
  }
  return Object.fromEntries(options.map((option) => {
    const value = Object.hasOwn(given, option.name) ? given[option.name] : option.default;
    return [option.name, checked(method, option, value)];
  }));
}

function checked(method: string, option: Option, value: unknown): number | string {
  if (option.choices !== undefined) {
    if (typeof value === 'string' && option.choices.includes(value)) return value;
    throw new RangeError(`${method}: ${option.name} = ${String(value)} is not one of ${option.choices.join(', ')}`);
  }
  const minimum = option.minimum ?? -Infinity;
  const maximum = option.maximum ?? Infinity;
  const isKind = option.isInteger === true ? Number.isInteger(value) : Number.isFinite(value);
  if (typeof value === 'number' && isKind && value >= minimum && value <= maximum) return value;
  throw new RangeError(`${method}: ${option.name} = ${String(value)} is not a ${option.isInteger === true ? 'whole ' : ''}number from ${minimum} to ${maximum}`);
}

// The one reader of a task's options: whitelists names, checks types and bounds, fills in defaults.

import type { Option, OptionValues } from './task';

/** `owner` names the thing in messages, e.g. "task chain". Throws RangeError naming the option. */
export function readOptions(owner: string, options: readonly Option[], given: OptionValues = {}): OptionValues {
  for (const name of Object.keys(given)) {
    if (!options.some((option) => option.name === name)) {
      throw new RangeError(`${owner} has no option ${name}; it has ${options.map((option) => option.name).join(', ')}`);
    }
  }
  return Object.fromEntries(options.map((option) => [option.name, readOption(owner, option, Object.hasOwn(given, option.name) ? given[option.name] : undefined)]));
}

function readOption(owner: string, option: Option, value: unknown): number | string {
  if (value === undefined) return option.default;
  const fail = (rule: string) => new RangeError(`${owner}: option ${option.name} = ${JSON.stringify(value)} ${rule}`);
  if (typeof option.default === 'string') {
    if (typeof value !== 'string') throw fail('is not a text');
    if (option.choices !== undefined && !option.choices.includes(value)) throw fail(`is not one of ${option.choices.join(', ')}`);
    return value;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) throw fail('is not a number');
  if (option.isInteger === true && !Number.isInteger(value)) throw fail('is not a whole number');
  if (option.minimum !== undefined && value < option.minimum) throw fail(`is below ${option.minimum}`);
  if (option.maximum !== undefined && value > option.maximum) throw fail(`is above ${option.maximum}`);
  return value;
}

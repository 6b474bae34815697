// The options that decide a run, on a command line: --preset, --method, --seed, and --set for every other setting.

import type { RunConfiguration } from '../lab/configuration';
import { PRESETS } from '../lab/presets';
import { readConfiguration } from '../lab/readConfiguration';
import { SETTINGS } from '../lab/settings';
import { textOf, wholeNumberOf, type OptionSpecification, type ParsedArguments } from './arguments';
import { UsageError } from './usageError';

export const RUN_OPTIONS = {
  preset: { value: 'NAME', help: PRESETS.map((one) => one.name).join(', ') },
  method: { value: 'NAME', help: 'credit method, e.g. grpo or capo' },
  seed: { value: 'N', help: 'seed of everything random (1)' },
  set: { value: 'NAME=VALUE', help: 'any other setting, e.g. optimizer.learningRate=3e-4, methodParameters.W=2, taskOptions.modulus=0', mayRepeat: true },
} satisfies Readonly<Record<string, OptionSpecification>>;

/** Throws UsageError with what is wrong. */
export function configurationOf(args: ParsedArguments): RunConfiguration {
  try {
    return readConfiguration(givenFields(args));
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** A run that goes on keeps its configuration: what is given besides must say the same. Throws UsageError. */
export function refuseContradictions(args: ParsedArguments, configuration: RunConfiguration, file: string): void {
  for (const [name, value] of Object.entries(givenFields(args)).flatMap(([name, value]) => leaves(name, value))) {
    const stored = name.split('.').reduce<unknown>((held, part) => (typeof held === 'object' && held !== null && Object.hasOwn(held, part) ? held[part as never] : undefined), configuration);
    if (stored === undefined) throw new UsageError(`the run in ${file} has no setting ${name}`);
    if (stored !== value) throw new UsageError(`the run in ${file} has ${name} = ${JSON.stringify(stored)}; it cannot go on with ${JSON.stringify(value)}`);
  }
}

const leaves = (name: string, value: unknown): (readonly [string, unknown])[] =>
  (typeof value === 'object' && value !== null ? Object.entries(value).map(([inner, one]) => [`${name}.${inner}`, one] as const) : [[name, value]]);

function givenFields(args: ParsedArguments): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const assignment of args.get('set') ?? []) assign(fields, assignment);
  for (const name of ['preset', 'method'] as const) {
    const value = textOf(args, name);
    if (value !== undefined) fields[name] = value;
  }
  const seed = wholeNumberOf(args, 'seed', 0, 2 ** 32 - 1);
  if (seed !== undefined) fields['seed'] = seed;
  return fields;
}

/** `group.name=value` or `name=value`. What looks like a number is one, but where a text is wanted. */
function assign(fields: Record<string, unknown>, assignment: string): void {
  const match = /^(\w+)(?:\.(\w+))?=(.*)$/s.exec(assignment);
  if (match === null) throw new UsageError(`--set ${JSON.stringify(assignment)} is not NAME=VALUE`);
  const [, first, second, text] = match as unknown as [string, string, string | undefined, string];
  const path = second === undefined ? first : `${first}.${second}`;
  const wantsText = SETTINGS.some((one) => one.name === path && one.choices !== undefined) || path === 'taskOptions.operators';
  const value = wantsText || text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
  if (second === undefined) {
    Object.defineProperty(fields, first, { value, enumerable: true, configurable: true, writable: true });
    return;
  }
  const held = Object.hasOwn(fields, first) ? fields[first] : undefined;
  const group = typeof held === 'object' && held !== null ? held : {};
  Object.defineProperty(group, second, { value, enumerable: true, configurable: true, writable: true });
  Object.defineProperty(fields, first, { value: group, enumerable: true, configurable: true, writable: true });
}

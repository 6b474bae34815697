// `--name value` and `--name=value`. A command lists the options it knows; a repeated option is an error unless the
// command says that it may repeat.

import { UsageError } from './usageError';

export interface OptionSpecification {
  /** shown in the help, e.g. 'N' */
  readonly value: string;
  readonly help: string;
  readonly mayRepeat?: boolean;
}

export type ParsedArguments = ReadonlyMap<string, readonly string[]>;

export function parseArguments(args: readonly string[], options: Readonly<Record<string, OptionSpecification>>): ParsedArguments {
  const found = new Map<string, string[]>();
  for (let i = 0; i < args.length; i++) {
    const match = /^--([\w-]+)(?:=([\s\S]*))?$/.exec(args[i]!);
    if (match === null) throw new UsageError(`unexpected argument ${JSON.stringify(args[i])}`);
    const name = match[1]!;
    if (!Object.hasOwn(options, name)) throw new UsageError(`unknown option --${name}; known options: ${Object.keys(options).map((one) => `--${one}`).join(' ')}`);
    const next = args[i + 1];
    const value = match[2] ?? (next === undefined || next.startsWith('--') ? undefined : args[++i]);
    if (value === undefined || value === '') throw new UsageError(`--${name} needs a value (${options[name]!.value})`);
    const values = found.get(name) ?? [];
    if (values.length > 0 && options[name]!.mayRepeat !== true) throw new UsageError(`--${name} is given twice`);
    found.set(name, [...values, value]);
  }
  return found;
}

export const textOf = (args: ParsedArguments, name: string): string | undefined => args.get(name)?.[0];

export function wholeNumberOf(args: ParsedArguments, name: string, minimum: number, maximum: number): number | undefined {
  const text = textOf(args, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < minimum || value > maximum) throw new UsageError(`--${name} ${text} is not a whole number from ${minimum} to ${maximum}`);
  return value;
}

export function choiceOf<const T extends string>(args: ParsedArguments, name: string, choices: readonly T[]): T | undefined {
  const text = textOf(args, name);
  if (text === undefined || (choices as readonly string[]).includes(text)) return text as T | undefined;
  throw new UsageError(`--${name} ${text} is not one of ${choices.join(', ')}`);
}

export function helpOf(usage: string, options: Readonly<Record<string, OptionSpecification>>): string {
  const width = Math.max(...Object.entries(options).map(([name, { value }]) => name.length + value.length + 3));
  const lines = Object.entries(options).map(([name, { value, help }]) => `  ${`--${name} ${value}`.padEnd(width)}  ${help}`);
  return [`npm run lab -- ${usage}`, ...lines].join('\n');
}

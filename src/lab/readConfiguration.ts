// The one reader of a run's configuration, for text from a URL, a file, a form or a command line: a preset's values,
// overridden by what is given. Unknown names, wrong types and values out of bounds are a RangeError naming the option.

import { findMethod } from '../credit/methods';
import { readParameters } from '../credit/parameters';
import { taskFamily } from '../tasks';
import type { Option, OptionValues } from '../tasks/task';
import { keepsReference, type RunConfiguration } from './configuration';
import { findPreset, PRESETS } from './presets';
import { SETTINGS } from './settings';

type Fields = Readonly<Record<string, unknown>>;
const TEXTS = ['preset', 'task', 'policy', 'method'] as const;
const VALUES = ['taskOptions', 'methodParameters'] as const;
/** more answers an update than this do not come back in one read */
const MOST_ANSWERS = 16_384;

export function readConfiguration(given: unknown): RunConfiguration {
  const fields = asFields(given, 'configuration');
  refuseUnknown(fields, [...TEXTS, ...VALUES, ...SETTINGS.map(({ name }) => name.split('.')[0]!)], 'configuration');
  const texts = Object.fromEntries(TEXTS.map((name) => [name, textField(fields, name)]));
  const base = findPreset(texts['preset'] ?? PRESETS[0]!.name).configuration;
  const task = taskFamily(texts['task'] ?? base.task);
  const method = findMethod(texts['method'] ?? base.method);
  const policy = texts['policy'] ?? base.policy;
  if (!/^[\w-]{1,64}$/.test(policy)) throw new RangeError(`policy = ${JSON.stringify(policy)} is not the name of a folder under public/models`);
  const configuration = {
    preset: base.preset,
    task: task.name,
    taskOptions: task.create({ ...(task.name === base.task ? base.taskOptions : {}), ...valuesField(fields, 'taskOptions') }).options,
    policy,
    method: method.name,
    methodParameters: readParameters(method.name, method.parameters, { ...(method.name === base.method ? base.methodParameters : {}), ...valuesField(fields, 'methodParameters') }),
    ...readSettings(fields, base),
  } as RunConfiguration;
  checkTogether(configuration);
  return configuration;
}

function readSettings(fields: Fields, base: RunConfiguration): Fields {
  const result: Record<string, unknown> = {};
  for (const group of new Set(SETTINGS.flatMap(({ name }) => (name.includes('.') ? [name.split('.')[0]!] : [])))) {
    const inGroup = fields[group] === undefined ? {} : asFields(fields[group], group);
    const members = SETTINGS.filter(({ name }) => name.startsWith(`${group}.`));
    refuseUnknown(inGroup, members.map(({ name }) => name.slice(group.length + 1)), group);
    const fallback = base[group as keyof RunConfiguration] as unknown as Fields;
    result[group] = Object.fromEntries(members.map((option) => {
      const name = option.name.slice(group.length + 1);
      return [name, checked(option, own(inGroup, name) ?? fallback[name])];
    }));
  }
  for (const option of SETTINGS.filter(({ name }) => !name.includes('.'))) {
    result[option.name] = checked(option, own(fields, option.name) ?? base[option.name as keyof RunConfiguration]);
  }
  return result;
}

function checked(option: Option, value: unknown): number | string {
  const fail = (rule: string) => new RangeError(`${option.name} = ${JSON.stringify(value)} ${rule}`);
  if (option.choices !== undefined) {
    if (typeof value !== 'string' || !option.choices.includes(value)) throw fail(`is not one of ${option.choices.join(', ')}`);
    return value;
  }
  if (option.pattern !== undefined) {
    if (typeof value !== 'string' || !new RegExp(option.pattern.source).test(value)) throw fail(`is not ${option.pattern.says}`);
    return value;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) throw fail('is not a number');
  if (option.isInteger === true && !Number.isInteger(value)) throw fail('is not a whole number');
  if (value < option.minimum! || value > option.maximum!) throw fail(`is not between ${option.minimum} and ${option.maximum}`);
  return value;
}

function checkTogether({ problemsPerUpdate, answersPerProblem, loss, optimizer }: RunConfiguration): void {
  const answers = problemsPerUpdate * answersPerProblem;
  if (answers > MOST_ANSWERS) throw new RangeError(`problemsPerUpdate x answersPerProblem = ${answers} is above ${MOST_ANSWERS}`);
  if (loss.minibatches > answers) throw new RangeError(`loss.minibatches = ${loss.minibatches} is above the ${answers} answers of an update`);
  if (loss.dualClip !== 0 && loss.dualClip <= 1) throw new RangeError(`loss.dualClip = ${loss.dualClip} must be 0 (off) or above 1`);
  if (!keepsReference({ loss }) && loss.klWeight !== 0) throw new RangeError(`loss.klWeight = ${loss.klWeight} needs loss.klKind k1, k2 or k3`);
  if (optimizer.schedule !== 'constant' && optimizer.scheduleUpdates <= optimizer.warmupUpdates) {
    throw new RangeError(`optimizer.scheduleUpdates = ${optimizer.scheduleUpdates} must be above optimizer.warmupUpdates = ${optimizer.warmupUpdates}`);
  }
}

function asFields(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(`${where} is not an object`);
  return value as Fields;
}

function refuseUnknown(fields: Fields, known: readonly string[], where: string): void {
  const names = [...new Set(known)];
  const unknown = Object.keys(fields).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new RangeError(`${where} has no option ${JSON.stringify(unknown)}; it has ${names.join(', ')}`);
}

const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);

function textField(fields: Fields, name: string): string | undefined {
  const value = own(fields, name);
  if (value !== undefined && typeof value !== 'string') throw new RangeError(`${name} = ${JSON.stringify(value)} is not a text`);
  return value;
}

/** Task options and method parameters; their owners check the names and bounds. */
function valuesField(fields: Fields, name: string): OptionValues {
  const value = own(fields, name);
  return value === undefined ? {} : (asFields(value, name) as OptionValues);
}

// A run's configuration in a link: the name of its preset and what differs from it. The reader takes nothing on trust: names
// must stand in the worker's catalogue, numbers are brought into their bounds, and each change is told. Neither the address
// nor the key of a judge elsewhere is part of a configuration, so no link can hold one.

import type { RunConfiguration } from '../lab/configuration';
import type { Option, OptionValues } from '../tasks/task';
import type { Catalogue } from '../workers/protocol';
import { boundsText, valueOf, withValue } from './configurationStore';
import { quoted, type LinkFields } from './link/fields';
import { KEYS, PARAMETER_PREFIX, settingKey, TASK_PREFIX } from './link/keys';

const DECIMAL = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/;

export type RecipeFields = readonly (readonly [key: string, value: string])[];

/** What a configuration adds to its preset, in an order that does not depend on the configuration's own. */
export function writeRecipe(catalogue: Catalogue, configuration: RunConfiguration): RecipeFields {
  const preset = catalogue.presets.find(({ name }) => name === configuration.preset) ?? catalogue.presets[0];
  if (preset === undefined) return [];
  const base = preset.configuration;
  const method = catalogue.methods.find(({ name }) => name === configuration.method);
  const task = catalogue.tasks.find(({ name }) => name === configuration.task);
  const names = ([['task', KEYS.task], ['policy', KEYS.policy], ['method', KEYS.method]] as const)
    .flatMap(([name, key]) => (configuration[name] === base[name] ? [] : [[key, configuration[name]] as const]));
  const methodBase = configuration.method === base.method ? base.methodParameters : {};
  const taskBase = configuration.task === base.task ? base.taskOptions : {};
  return [
    [KEYS.preset, preset.name],
    ...names,
    ...changed(task?.options, configuration.taskOptions, taskBase, TASK_PREFIX),
    ...changed(method?.parameters, configuration.methodParameters, methodBase, PARAMETER_PREFIX),
    ...catalogue.settings.flatMap((option) => {
      // older runs lack settings that came later: those mean their default
      const value = valueOf(configuration, option.name) ?? option.default;
      return value === (valueOf(base, option.name) ?? option.default) ? [] : [[settingKey(option.name), String(value)] as const];
    }),
  ];
}

function changed(options: readonly Option[] | undefined, values: OptionValues, base: OptionValues, prefix: string): RecipeFields {
  return (options ?? []).flatMap(({ name, default: usual }) => {
    const value = own(values, name) ?? usual;
    return value === (own(base, name) ?? usual) ? [] : [[`${prefix}${name}`, String(value)] as const];
  });
}

export function isSameRecipe(catalogue: Catalogue, first: RunConfiguration, second: RunConfiguration): boolean {
  return JSON.stringify(writeRecipe(catalogue, first)) === JSON.stringify(writeRecipe(catalogue, second));
}

/** Undefined where the link holds no recipe at all. */
export function readRecipe(fields: LinkFields, catalogue: Catalogue): RunConfiguration | undefined {
  let isGiven = false;
  const take = (key: string): string | undefined => {
    const value = fields.take(key);
    isGiven ||= value !== undefined;
    return value;
  };
  const named = <Entry>(key: string, entries: readonly Entry[], nameOf: (entry: Entry) => string): Entry | undefined => {
    const value = take(key);
    const found = entries.find((entry) => nameOf(entry) === value);
    if (value !== undefined && found === undefined) fields.ignore(`${key} = ${quoted(value)} is not known here.`);
    return found;
  };
  const preset = named(KEYS.preset, catalogue.presets, ({ name }) => name) ?? catalogue.presets[0];
  if (preset === undefined) return undefined;
  const base = preset.configuration;
  const task = named(KEYS.task, catalogue.tasks, ({ name }) => name)?.name ?? base.task;
  const policy = named(KEYS.policy, catalogue.presets, ({ configuration }) => configuration.policy)?.configuration.policy ?? base.policy;
  const method = named(KEYS.method, catalogue.methods, ({ name }) => name)?.name ?? base.method;
  const values = (options: readonly Option[] | undefined, from: OptionValues, prefix: string): OptionValues =>
    Object.fromEntries((options ?? []).map((option) => [option.name, readOption(option, `${prefix}${option.name}`, take(`${prefix}${option.name}`), own(from, option.name), fields)]));
  let configuration: RunConfiguration = {
    ...base, task, policy, method,
    taskOptions: values(catalogue.tasks.find(({ name }) => name === task)?.options, task === base.task ? base.taskOptions : {}, TASK_PREFIX),
    methodParameters: values(catalogue.methods.find(({ name }) => name === method)?.parameters, method === base.method ? base.methodParameters : {}, PARAMETER_PREFIX),
  };
  for (const option of catalogue.settings) {
    const key = settingKey(option.name);
    const value = readOption(option, key, take(key), valueOf(base, option.name), fields);
    if (value !== valueOf(base, option.name)) configuration = withValue(configuration, option.name.split('.'), value);
  }
  for (const [prefix, owner] of [[PARAMETER_PREFIX, `method ${method}`], [TASK_PREFIX, `task ${task}`]] as const) {
    for (const key of fields.startingWith(prefix)) {
      take(key);
      fields.ignore(`${quoted(key)} is no parameter of ${owner}.`);
    }
  }
  return isGiven ? configuration : undefined;
}

function readOption(option: Option, key: string, text: string | undefined, fallback: number | string | undefined, fields: LinkFields): number | string {
  const usual = fallback ?? option.default;
  if (text === undefined) return usual;
  const refuse = (rule: string): number | string => {
    fields.ignore(`${key} = ${quoted(text)} ${rule}; ${usual} is used.`);
    return usual;
  };
  if (option.choices !== undefined) return option.choices.includes(text) ? text : refuse(`is not one of ${option.choices.join(', ')}`);
  if (option.pattern !== undefined) return new RegExp(option.pattern.source).test(text) ? text : refuse(`is not ${option.pattern.says}`);
  if (typeof option.default === 'string') return refuse('cannot be given in a link');
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) return refuse('is not a number');
  const whole = option.isInteger === true ? Math.round(value) : value;
  const inside = Math.min(option.maximum ?? Infinity, Math.max(option.minimum ?? -Infinity, whole));
  if (inside !== value) fields.ignore(`${key} = ${quoted(text)} is not ${option.isInteger === true ? 'a whole number ' : ''}${boundsText(option)}; ${inside} is used.`);
  return inside;
}

function own(values: OptionValues, name: string): number | string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

// The setup panel's values: a preset's configuration with a person's edits, each checked against the bounds that the
// worker's catalogue gives. A value that is out of bounds stays in its field with a sentence and is not used.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunConfiguration } from '../lab/configuration';
import type { Option, OptionValues } from '../tasks/task';
import type { Catalogue } from '../workers/protocol';

export interface ConfigurationState {
  readonly catalogue: Catalogue | null;
  readonly configuration: RunConfiguration | null;
  /** the setup that the page itself chose: while it stands, no person has made another */
  readonly own: RunConfiguration | null;
  /** what the live run was started with */
  readonly applied: RunConfiguration | null;
  /** text of edited fields as typed, by path; kept even when it is refused */
  readonly drafts: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
}

export type ConfigurationStore = StoreApi<ConfigurationState>;

export function createConfigurationStore(): ConfigurationStore {
  return createStore<ConfigurationState>(() => ({ catalogue: null, configuration: null, own: null, applied: null, drafts: {}, errors: {} }));
}

export function acceptCatalogue(store: ConfigurationStore, catalogue: Catalogue): void {
  store.setState({ catalogue, configuration: catalogue.opening, own: catalogue.opening, drafts: {}, errors: {} });
}

/** The setup is that of the run file on screen, unless a person has made another. A run of something that is not offered here leaves it. */
export function followRecorded(store: ConfigurationStore, recorded: RunConfiguration): void {
  const { catalogue, configuration, own, applied, drafts } = store.getState();
  if (catalogue === null || applied !== null || configuration !== own || Object.keys(drafts).length > 0) return;
  const isOffered = (entries: readonly { readonly name: string }[], name: string): boolean => entries.some((entry) => entry.name === name);
  if (!isOffered(catalogue.presets, recorded.preset) || !isOffered(catalogue.tasks, recorded.task) || !isOffered(catalogue.methods, recorded.method)) return;
  store.setState({ configuration: recorded, own: recorded });
}

export function choosePreset(store: ConfigurationStore, name: string): void {
  const preset = store.getState().catalogue?.presets.find((candidate) => candidate.name === name);
  if (preset !== undefined) store.setState({ configuration: preset.configuration, drafts: {}, errors: {} });
}

/** The setup of a run that goes on. */
export function adoptConfiguration(store: ConfigurationStore, configuration: RunConfiguration): void {
  store.setState({ configuration, applied: configuration, drafts: {}, errors: {} });
}

/** Another method has other parameters: they start at their defaults. */
export function chooseMethod(store: ConfigurationStore, name: string): void {
  const { catalogue, configuration, drafts, errors } = store.getState();
  const method = catalogue?.methods.find((candidate) => candidate.name === name);
  if (method === undefined || configuration === null) return;
  const methodParameters: OptionValues = Object.fromEntries(method.parameters.map((option) => [option.name, option.default]));
  const isKept = ([path]: [string, string]): boolean => !path.startsWith('methodParameters.');
  store.setState({
    configuration: { ...configuration, method: name, methodParameters },
    drafts: Object.fromEntries(Object.entries(drafts).filter(isKept)), errors: Object.fromEntries(Object.entries(errors).filter(isKept)),
  });
}

/** `path` is where in the configuration the option lives, such as 'methodParameters.W'. */
export function editOption(store: ConfigurationStore, path: string, option: Option, text: string): void {
  const { configuration, drafts, errors } = store.getState();
  if (configuration === null) return;
  const parsed = parseOption(option, text);
  const { [path]: _draft, ...otherDrafts } = drafts;
  const { [path]: _error, ...otherErrors } = errors;
  if (typeof parsed === 'object') {
    store.setState({ drafts: { ...otherDrafts, [path]: text }, errors: { ...otherErrors, [path]: parsed.message } });
  } else {
    store.setState({ configuration: withValue(configuration, path.split('.'), parsed), drafts: { ...otherDrafts, [path]: text }, errors: otherErrors });
  }
}

export function valueOf(configuration: RunConfiguration, path: string): number | string | undefined {
  let node: unknown = configuration;
  for (const key of path.split('.')) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
    node = (node as Record<string, unknown>)[key];
  }
  return typeof node === 'number' || typeof node === 'string' ? node : undefined;
}

/** Whether such a run keeps a reference policy beside the one that trains. */
export function hasReference({ loss }: RunConfiguration): boolean {
  return loss.klKind !== 'none';
}

/** Paths at which two configurations differ. */
export function differences(first: RunConfiguration, second: RunConfiguration): string[] {
  return [...new Set([...leaves(first), ...leaves(second)])].filter((path) => valueOf(first, path) !== valueOf(second, path));
}

export function parseOption(option: Option, text: string): number | string | { readonly message: string } {
  if (option.choices !== undefined) {
    return option.choices.includes(text) ? text : { message: `${option.label} must be one of ${option.choices.join(', ')}.` };
  }
  if (option.pattern !== undefined && !new RegExp(option.pattern.source).test(text)) return { message: `${option.label} must be ${option.pattern.says}.` };
  if (typeof option.default === 'string') return text;
  const value = text.trim() === '' ? Number.NaN : Number(text.trim().replace('−', '-').replace(',', '.'));
  if (!Number.isFinite(value)) return { message: `${option.label} must be a number.` };
  // a thousand written 1,000 must not pass for 1
  if (option.isInteger === true && (!Number.isInteger(value) || text.includes(','))) return { message: `${option.label} must be a whole number.` };
  if (value < (option.minimum ?? -Infinity) || value > (option.maximum ?? Infinity)) return { message: `${option.label} must be ${boundsText(option)}.` };
  return value;
}

export function boundsText({ minimum, maximum }: Option): string {
  if (minimum !== undefined && maximum !== undefined) return `from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum !== undefined ? `at most ${maximum}` : 'any number';
}

export function withValue<Node extends object>(node: Node, [key, ...rest]: readonly string[], value: number | string): Node {
  if (key === undefined) return node;
  const child: unknown = Object.hasOwn(node, key) ? (node as Record<string, unknown>)[key] : undefined;
  const next = rest.length === 0 ? value : withValue(typeof child === 'object' && child !== null ? child : {}, rest, value);
  return { ...node, [key]: next };
}

function leaves(node: object, prefix = ''): string[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    (typeof value === 'object' && value !== null ? leaves(value, `${prefix}${key}.`) : [`${prefix}${key}`]));
}

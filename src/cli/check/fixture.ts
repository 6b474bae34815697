// Reads files of the reference format "rl-fixture/1" (e2e/fixtures/README.md). A file is one case or a list of cases;
// a case may name a batch of shared input arrays, or write "= NAME" for an input it shares with another case of the file.
// What is malformed is told per case.

import { FormatError, shown } from '../../formats/formatError';
import { Fields } from './fields';
import { readTolerances, type Tolerances } from './tolerance';

export const FIXTURE_FORMAT = 'rl-fixture/1';

export interface FixtureCase {
  readonly name: string;
  /** text that says what is meant: name, description and conventions of case and file */
  readonly text: string;
  /** path of the file, for the line and for files named by inputs */
  readonly path: string;
  /** of a case of credit.json: the credit method and its parameters */
  readonly method?: { readonly name: string; readonly params: Readonly<Record<string, unknown>> };
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tolerances: Tolerances;
  /** fields of the case beyond the format's own */
  readonly surplus: readonly string[];
}

export type ParsedCase = { readonly name: string; readonly fixture: FixtureCase } | { readonly name: string; readonly error: FormatError };

const OWN_FIELDS = ['name', 'set', 'format', 'description', 'conventions', 'note', 'notes', 'batches', 'inputs', 'expected', 'tolerance'];
/** of a case that names a credit method */
const METHOD_FIELDS = ['method', 'params', 'batch'];

export function readFixtureFile(root: Readonly<Record<string, unknown>>, path: string): ParsedCase[] {
  const cases = root['cases'];
  if (cases === undefined) return [parseCase(root, root, path)];
  if (!Array.isArray(cases)) throw new FormatError('cases', `must be a list, is ${shown(cases)}`);
  if (cases.length === 0) throw new FormatError('cases', 'is empty');
  return cases.map((one: unknown) => parseCase(one, root, path));
}

function parseCase(json: unknown, root: Readonly<Record<string, unknown>>, path: string): ParsedCase {
  const name = nameOf(json) ?? nameOf(root) ?? 'unnamed';
  try {
    const fields = objectAt(json, 'case');
    const hasMethod = !isNothing(fields['method']);
    const surplus = Object.keys(fields).filter((key) => !OWN_FIELDS.includes(key) && !(hasMethod && METHOD_FIELDS.includes(key)) && !isNothing(fields[key]));
    const text = [name, fields['description'], fields['conventions'], root['name'], root['description']].map((one) => (Array.isArray(one) ? one.join(' ') : String(one ?? ''))).join('\n');
    const batch = hasMethod ? fields['batch'] : undefined;
    // a case without inputs of its own names a batch, or belongs to a family that keeps them elsewhere; families decide
    const own = isNothing(fields['inputs']) && (!isNothing(batch) || surplus.length > 0) ? {} : objectAt(fields['inputs'], 'inputs');
    const inputs = withNeighbours(withBatch(isNothing(batch) ? own : { ...own, batch }, root), root);
    const expected = objectAt(fields['expected'], 'expected');
    const method = hasMethod ? { name: textAt(fields['method'], 'method'), params: isNothing(fields['params']) ? {} : objectAt(fields['params'], 'params') } : undefined;
    return { name, fixture: { name, text, path, inputs, expected, tolerances: readTolerances(fields['tolerance'] ?? root['tolerance']), surplus, ...(method !== undefined && { method }) } };
  } catch (error) {
    if (error instanceof FormatError) return { name, error };
    throw error;
  }
}

/** The case's inputs with those of the batch it names. */
function withBatch(inputs: Readonly<Record<string, unknown>>, root: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (isNothing(inputs['batch'])) return inputs;
  const { batch: name, ...own } = inputs;
  const batches = objectAt(root['batches'], 'batches');
  if (typeof name !== 'string' || !Object.hasOwn(batches, name)) throw new FormatError('inputs.batch', `names batch ${shown(name)}, which is not there`);
  const batch = objectAt(batches[name], `batches.${name}`);
  const both = Object.keys(own).find((key) => Object.hasOwn(batch, key));
  if (both !== undefined) throw new FormatError(`inputs.${both}`, `is in batch ${name} too`);
  return { ...batch, ...own };
}

/** Inputs that are "= NAME" stand for the same input of the file's case of that name. */
function withNeighbours(inputs: Readonly<Record<string, unknown>>, root: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => {
    const name = typeof value === 'string' ? /^= (.+)$/.exec(value)?.[1] : undefined;
    if (name === undefined) return [key, value];
    const cases: readonly unknown[] = Array.isArray(root['cases']) ? root['cases'] : [];
    const other = cases.find((one) => nameOf(one) === name);
    if (other === undefined) throw new FormatError(`inputs.${key}`, `names case ${shown(name)}, which is not there`);
    const shared = objectAt(objectAt(other, `case ${name}`)['inputs'], `inputs of ${name}`);
    if (!Object.hasOwn(shared, key) || typeof shared[key] === 'string') throw new FormatError(`inputs.${key}`, `is not given by case ${shown(name)}`);
    return [key, shared[key]];
  }));
}

export const isNothing = (value: unknown): boolean => value === undefined || value === null;

function nameOf(json: unknown): string | undefined {
  const name = typeof json === 'object' && json !== null && 'name' in json ? json.name : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function textAt(value: unknown, where: string): string {
  if (typeof value !== 'string') throw new FormatError(where, `must be text, is ${shown(value)}`);
  return value;
}

function objectAt(value: unknown, where: string): Readonly<Record<string, unknown>> {
  return new Fields(value, where).all;
}

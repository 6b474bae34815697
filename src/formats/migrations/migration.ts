// Older versions of run files and saved states, brought up to now: a chain of small steps, one file a version. Steps work on
// JSON from outside that nobody has checked yet, so they change what they know and leave the rest to the reader.

import { FormatError, shown } from '../formatError';
import { from1to2 } from './from1to2';

export interface Step {
  /** {header, names, past} of a run file */
  head(json: unknown): unknown;
  /** the record of one update */
  update(json: unknown): unknown;
  /** the JSON in a saved state */
  state(json: unknown): unknown;
}

export interface Migration extends Step { readonly from: number }

/** The first takes version 1 to 2, and so on. */
const STEPS: readonly Step[] = [from1to2];
const CURRENT = STEPS.length + 1;

/** From `creditscope-run/2`, say. Throws a FormatError for another format and for versions of the future. */
export function versionOf(format: unknown, name: string, where: string): number {
  const version = typeof format === 'string' && format.startsWith(`${name}/`) ? Number(format.slice(name.length + 1)) : NaN;
  if (!Number.isSafeInteger(version) || version < 1) throw new FormatError(where, `must be ${name}/${CURRENT}, is ${shown(format)}`);
  if (version > CURRENT) throw new FormatError(where, `is ${shown(format)}, of a newer Creditscope; this one reads up to ${name}/${CURRENT}`);
  return version;
}

/** All steps from a version to now. */
export function migrationFrom(from: number): Migration {
  const steps = STEPS.slice(from - 1);
  const through = (part: keyof Step) => (json: unknown): unknown => steps.reduce((value, step) => step[part](value), json);
  return { from, head: through('head'), update: through('update'), state: through('state') };
}

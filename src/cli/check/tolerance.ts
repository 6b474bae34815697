// Tolerances of the reference format. elementwise: |got - expected| <= atol + rtol * |expected|; tensor_max: the same
// with the largest |expected| of the tensor. An error is told as a share of what is allowed: above 1 is a failure.

import { FormatError, shown } from '../../formats/formatError';

export interface Tolerance {
  readonly mode: 'elementwise' | 'tensor_max';
  readonly rtol: number;
  readonly atol: number;
  /** "require 99.5% of entries within 5e-5" */
  readonly quota?: { readonly share: number; readonly within: number };
}

/** One for all keys, or one a key. */
export type Tolerances = { readonly all: Tolerance } | { readonly byKey: Readonly<Record<string, Tolerance>> };

export function readTolerances(json: unknown): Tolerances {
  const fields = asFields(json, 'tolerance');
  if (typeof fields['mode'] === 'string' || 'rtol' in fields || 'atol' in fields) return { all: readTolerance(fields, 'tolerance') };
  // a note beside the keys is text for a person
  const entries = Object.entries(fields).filter(([, value]) => typeof value !== 'string');
  return { byKey: Object.fromEntries(entries.map(([key, value]) => [key, readTolerance(asFields(value, `tolerance.${key}`), `tolerance.${key}`)])) };
}

function readTolerance(fields: Readonly<Record<string, unknown>>, where: string): Tolerance {
  const { mode, rtol, atol, note, ...rest } = fields;
  if (mode !== 'elementwise' && mode !== 'tensor_max') throw new FormatError(`${where}.mode`, `${shown(mode)} is neither elementwise nor tensor_max`);
  const surplus = Object.keys(rest);
  if (surplus.length > 0) throw new FormatError(where, `has unknown field ${shown(surplus[0])}`);
  const quota = typeof note === 'string' ? /require ([\d.]+) ?% of (?:the )?entries within ([\d.]+(?:e-?\d+)?)/i.exec(note) : null;
  return { mode, rtol: share(rtol, `${where}.rtol`), atol: share(atol, `${where}.atol`), ...(quota === null ? {} : { quota: { share: Number(quota[1]) / 100, within: Number(quota[2]) } }) };
}

function share(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw new FormatError(where, `must be a number from 0, is ${shown(value)}`);
  return value;
}

function asFields(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FormatError(where, `must be an object, is ${shown(value)}`);
  return value as Record<string, unknown>;
}

export interface WorstError {
  /** error over what is allowed; Infinity where a number is not one, or differs and nothing is allowed */
  readonly share: number;
  readonly detail: string;
}

/** `counts` says which entries are compared (default all). Entry texts name the entry with the worst error. */
export function worstError(got: ArrayLike<number>, expected: ArrayLike<number>, tolerance: Tolerance, counts?: ArrayLike<number>): WorstError {
  if (got.length !== expected.length) return { share: Infinity, detail: `${got.length} numbers computed, ${expected.length} expected` };
  const compared = Array.from({ length: expected.length }, (_, i) => i).filter((i) => counts === undefined || counts[i] !== 0);
  const largest = compared.reduce((most, i) => (Number.isFinite(expected[i]) ? Math.max(most, Math.abs(expected[i]!)) : most), 0);
  let worst: WorstError = { share: 0, detail: '' };
  let outside = 0;
  for (const i of compared) {
    const difference = distance(got[i]!, expected[i]!);
    const allowed = tolerance.atol + tolerance.rtol * (tolerance.mode === 'tensor_max' ? largest : Math.abs(expected[i]!));
    if (tolerance.quota !== undefined && difference > tolerance.quota.within) outside++;
    const ratio = difference === 0 ? 0 : Number.isFinite(difference) && allowed > 0 ? difference / allowed : Infinity;
    if (ratio > worst.share) worst = { share: ratio, detail: `entry ${i}: ${got[i]} instead of ${expected[i]}` };
  }
  if (tolerance.quota !== undefined && compared.length > 0) {
    const ratio = outside / compared.length / (1 - tolerance.quota.share);
    if (ratio > Math.max(1, worst.share)) worst = { share: ratio, detail: `${outside} of ${compared.length} entries differ by more than ${tolerance.quota.within}` };
  }
  return worst;
}

function distance(got: number, expected: number): number {
  if (Number.isNaN(expected)) return Number.isNaN(got) ? 0 : Infinity;
  if (got === expected) return 0;
  const difference = Math.abs(got - expected);
  return Number.isNaN(difference) ? Infinity : difference;
}

// The numbers of a recorded run as its file has them, read without any of the page's code: what views show is compared with these.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../src/cli/install.mjs';

interface Packed { readonly unit: number; readonly values: string }
interface FileRow { readonly id: string; readonly shape: string; readonly values: Packed }
interface FileUpdate {
  readonly line: { readonly update: number; readonly reward: number; readonly gradNorm: number; readonly gradNormByLayer: readonly number[]; readonly seconds: Readonly<Record<string, number>> };
  readonly sample: { readonly problems_P: readonly { readonly prompt: string }[]; readonly answers: number; readonly width: number; readonly problem_N: string; readonly tokens_NT: string; readonly lengths_N: string; readonly finished_N: string };
  readonly score: { readonly outcome_N: Packed; readonly oldLogprobs_NT: Packed };
  readonly critique: { readonly steps_NK: readonly (readonly (readonly number[])[])[]; readonly critiques_Nk: readonly (readonly (readonly number[] | null)[])[] };
  readonly credit: { readonly rows: readonly FileRow[]; readonly advantages_NT: Packed };
  readonly gradient: { readonly coefficient_NT: Packed; readonly ratio_NT: Packed; readonly isClipped_NT: string };
}
export interface RecordedFile { readonly names: { readonly alphabet: readonly string[] }; readonly updates: readonly FileUpdate[] }

export function recordedFile(): RecordedFile {
  return JSON.parse(readFileSync(join(projectRoot, 'public/runs/default.json'), 'utf8')) as RecordedFile;
}

/** "3*2,7" is 3, 3, 7. In single precision, as records are. */
export function unpacked(packed: string | Packed): number[] {
  const [text, unit] = typeof packed === 'string' ? [packed, 1] : [packed.values, packed.unit];
  return text.split(',').flatMap((part) => {
    const [value, times = '1'] = part.split('*');
    return Array.from({ length: Number(times) }, () => Math.fround(Number(value) * unit));
  });
}

/** As people would write it by the page's rule: three significant digits, a true minus sign. */
export function written(value: number): string {
  if (value === 0) return '0';
  const magnitude = Number(Math.abs(value).toPrecision(3));
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(magnitude)));
  const text = magnitude < 1e-3 ? magnitude.toExponential(2).replace('e-', 'e−') : magnitude.toFixed(decimals);
  return (value < 0 ? '−' : '') + text;
}

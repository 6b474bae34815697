// For tests: one call of every kernel that has a wasm SIMD body, at sizes that leave every kind of remainder and are
// large enough to be shared among threads, and what a body makes of them.

import type { ElementArray } from '../../gpu/buffer';
import type { CpuExecutor } from '../../gpu/cpuExecutor';
import type { Kernel, Scalars } from '../../gpu/kernel';
import { runKernel } from '../../gpu/testing';
import { matmulNn } from '../linalg/matmulNn';
import { matmulNt } from '../linalg/matmulNt';
import { matmulTn } from '../linalg/matmulTn';
import { attention } from '../transformer/attention';
import { attentionDecode } from '../transformer/attentionDecode';
import { attentionGradKeyValue } from '../transformer/attentionGradKeyValue';
import { attentionGradQuery } from '../transformer/attentionGradQuery';
import { swiglu } from '../transformer/swiglu';
import { swigluGrad } from '../transformer/swigluGrad';

interface Case { readonly name: string; readonly kernel: Kernel; readonly arrays: Readonly<Record<string, ElementArray>>; readonly scalars: Scalars }

const values = (count: number, phase: number): Float32Array<ArrayBuffer> => Float32Array.from({ length: count }, (_, i) => Math.sin(i * 1.7 + phase));
/** Some keys are padding, the first of a sequence among them. */
const mask = (count: number): Uint32Array<ArrayBuffer> => Uint32Array.from({ length: count }, (_, i) => Number(i % 7 !== 0));
const caseOf = (kernel: object, arrays: Case['arrays'], scalars: Scalars): Case =>
  ({ name: `${(kernel as Kernel).name} ${Object.entries(scalars).map(([name, value]) => `${name} ${value}`).join(', ')}`, kernel: kernel as Kernel, arrays, scalars });

function matmuls([rows, IN, OUT]: readonly [number, number, number]): Case[] {
  const [x, w, dy, bias, residual] = [values(rows * IN, 0), values(OUT * IN, 1), values(rows * OUT, 2), values(OUT, 3), values(rows * OUT, 4)];
  return [
    ...[0, 1].map((has) => caseOf(matmulNt, { x, w, bias, residual, y: values(rows * OUT, 5) }, { rows, IN, OUT, HAS_BIAS: has, HAS_RESIDUAL: has })),
    ...[0, 1].map((accumulate) => caseOf(matmulNn, { dy, w, dx: values(rows * IN, 6) }, { rows, accumulate, IN, OUT })),
    caseOf(matmulTn, { dy, x, dw: values(OUT * IN, 7) }, { rows, IN, OUT }),
  ];
}

function attentions([batch, length, HEADS, KV_HEADS, HEAD_DIM]: readonly [number, number, number, number, number]): Case[] {
  const [queries, keys, rows] = [batch * length * HEADS * HEAD_DIM, batch * length * KV_HEADS * HEAD_DIM, batch * length];
  const [q, k, v, key_mask, d_o] = [values(queries, 0), values(keys, 1), values(keys, 2), mask(rows), values(queries, 3)];
  // log-sum of the scores and d_o . o a row: any numbers will do here
  const statistics = values(2 * rows * HEADS, 4);
  const scalars = { batch, length, HEADS, KV_HEADS, HEAD_DIM };
  const oneRow = { rows: batch, position: length - 1, HEADS, KV_HEADS, HEAD_DIM, CAPACITY: length };
  return [
    caseOf(attention, { q, k, v, key_mask, o: values(queries, 5), statistics }, scalars),
    caseOf(attentionGradQuery, { q, k, v, key_mask, statistics, d_o, dq: values(queries, 6) }, scalars),
    caseOf(attentionGradKeyValue, { q, k, v, key_mask, statistics, d_o, dk: values(keys, 7), dv: values(keys, 8) }, scalars),
    caseOf(attentionDecode, { q: values(batch * HEADS * HEAD_DIM, 0), k_cache: k, v_cache: v, key_mask, o: values(batch * HEADS * HEAD_DIM, 5) }, oneRow),
  ];
}

const [gate, up, dy] = [values(20_003, 0), values(20_003, 1), values(20_003, 2)];

export const SIMD_CASES: readonly Case[] = [
  ...([[50, 36, 44], [7, 331, 93], [301, 65, 17], [600, 5, 24]] as const).flatMap(matmuls),
  ...([[3, 33, 4, 2, 10], [7, 41, 3, 1, 16], [33, 29, 6, 3, 5]] as const).flatMap(attentions),
  caseOf(swiglu, { gate, up, y: values(20_003, 3) }, { count: 20_003 }),
  caseOf(swigluGrad, { gate, up, dy, dgate: values(20_003, 3), dup: values(20_003, 4) }, { count: 20_003 }),
];

/** What every case leaves in its arrays. */
export async function resultsOf(executor: CpuExecutor): Promise<Readonly<Record<string, Readonly<Record<string, ElementArray>>>>> {
  const results: Record<string, Record<string, ElementArray>> = {};
  for (const { name, kernel, arrays, scalars } of SIMD_CASES) results[name] = await runKernel(executor, kernel, arrays, scalars);
  return results;
}

// Rows of a sampled batch: whole, the first few, or those of a mini-batch.

import type { Task } from '../tasks/task';
import type { AnswerBatch } from './policyModel';
import type { SampleRecord } from './record';
import { encode } from './tokens';

export function answerBatch(task: Task, sample: SampleRecord, rows: readonly number[] = everyRow(sample)): AnswerBatch {
  const prompts_P = sample.problems_P.map((problem) => encode(task.alphabet, problem.prompt));
  return {
    prompts_N: rows.map((n) => prompts_P[sample.problem_N[n]!]!),
    tokens_NT: gatherRows(sample.tokens_NT, sample.width, rows),
    lengths_N: Uint32Array.from(rows, (n) => sample.lengths_N[n]!),
  };
}

export const everyRow = (sample: SampleRecord): number[] => Array.from({ length: sample.answers }, (_, n) => n);

export function tokensOf(sample: Pick<SampleRecord, 'tokens_NT' | 'lengths_N' | 'width'>, n: number): Uint32Array {
  return sample.tokens_NT.subarray(n * sample.width, n * sample.width + sample.lengths_N[n]!);
}

export function gatherRows<A extends Float32Array | Uint32Array>(values_NT: A, width: number, rows: readonly number[]): A {
  const gathered = new (values_NT.constructor as new (length: number) => A)(rows.length * width);
  rows.forEach((n, i) => gathered.set(values_NT.subarray(n * width, (n + 1) * width), i * width));
  return gathered;
}

export function scatterRows(from: ArrayLike<number>, to_NT: Float32Array | Uint8Array, width: number, rows: readonly number[]): void {
  rows.forEach((n, i) => { for (let t = 0; t < width; t++) to_NT[n * width + t] = from[i * width + t]!; });
}

/** Consecutive micro-batches of at most `most` answers. */
export function* cutBatch(batch: AnswerBatch, width: number, most: number): Generator<{ readonly batch: AnswerBatch; readonly from: number; readonly rows: number }> {
  const total = batch.prompts_N.length;
  for (let from = 0; from < total; from += most) {
    const rows = Math.min(most, total - from);
    yield {
      from, rows,
      batch: {
        prompts_N: batch.prompts_N.slice(from, from + rows),
        tokens_NT: batch.tokens_NT.subarray(from * width, (from + rows) * width),
        lengths_N: batch.lengths_N.subarray(from, from + rows),
      },
    };
  }
}

/** Calls back for every token that is really there, with its flat index. */
export function forEachToken(lengths_N: ArrayLike<number>, width: number, visit: (index: number, n: number, t: number) => void): void {
  for (let n = 0; n < lengths_N.length; n++) for (let t = 0; t < lengths_N[n]!; t++) visit(n * width + t, n, t);
}

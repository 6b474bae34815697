// The adapter's best rate at matrix products: every variant of the three matmul kernels, at two sizes by custom
// and at those of the step's linear layers.

import { planBuffer } from '../gpu/buffer';
import type { OpenDevice } from '../gpu/device';
import type { Bindings, Kernel, ScalarTypes } from '../gpu/kernel';
import { Plan } from '../gpu/plan';
import { WebGpuExecutor } from '../gpu/webgpuExecutor';
import { matmulNn } from '../kernels/linalg/matmulNn';
import { matmulNt } from '../kernels/linalg/matmulNt';
import { matmulTn } from '../kernels/linalg/matmulTn';
import { medianTime, timed } from './timing';

export interface MatmulRate {
  readonly kernel: string;
  readonly variant: string;
  /** rows x IN x OUT */
  readonly size: string;
  readonly gigaflops: number;
}

/** rows, IN, OUT */
export type MatmulSize = readonly [number, number, number];
export const CUSTOMARY_SIZES: readonly MatmulSize[] = [[1024, 128, 512], [1024, 1024, 1024]];

/** A submit of many calls takes about this long; a variant so slow that one call takes longer is run twice. */
const BUDGET_MS = 150;
const REPETITIONS = 3;
/** On a large GPU these are done long before; what a submit itself costs then still counts little. */
const MOST_CALLS = 2000;

/** `onResult` hears of each as it is made. */
export async function matmulRates(open: OpenDevice, sizes: readonly MatmulSize[], onResult: (rate: MatmulRate) => void): Promise<MatmulRate[]> {
  const kernels = [matmulNt, matmulNn, matmulTn] as unknown as readonly Kernel[];
  const executor = new WebGpuExecutor(open);
  const rates: MatmulRate[] = [];
  for (const size of sizes) {
    for (const kernel of kernels) {
      for (const variant of kernel.variants) {
        const [rows, IN, OUT] = size;
        if (variant.supports?.({ IN, OUT }) === false) continue;
        const ms = await callTime(executor, { ...kernel, variants: [variant] }, size);
        const rate = { kernel: kernel.name, variant: variant.name, size: size.join('x'), gigaflops: (2 * rows * IN * OUT) / ms / 1e6 };
        rates.push(rate);
        onResult(rate);
      }
    }
  }
  return rates;
}

export function bestRate(rates: readonly MatmulRate[]): MatmulRate {
  return rates.reduce((best, one) => (one.gigaflops > best.gigaflops ? one : best));
}

/** Median, as a step's time is one: on a shared machine the two must see the same load. */
async function callTime(executor: WebGpuExecutor, kernel: Kernel<Bindings, ScalarTypes, ScalarTypes>, [rows, IN, OUT]: MatmulSize): Promise<number> {
  const lengths: Record<string, number> = { x: rows * IN, w: OUT * IN, bias: OUT, residual: rows * OUT, y: rows * OUT, dy: rows * OUT, dx: rows * IN, dw: OUT * IN };
  const buffers = Object.fromEntries(Object.keys(kernel.bindings).map((name) => [name, planBuffer(name, lengths[name]!)]));
  const scalars = { rows, IN, OUT, HAS_BIAS: 0, HAS_RESIDUAL: 0, accumulate: 0 };
  const planOf = async (calls: number): Promise<Plan> => {
    const plan = new Plan(kernel.name);
    for (let i = 0; i < calls; i++) plan.call(kernel, buffers, scalars);
    await executor.prepare(plan);
    return plan;
  };
  const one = await planOf(1);
  for (const buffer of Object.values(buffers)) executor.write(buffer, Float32Array.from({ length: buffer.length }, (_, i) => Math.sin(12.9898 * i)));
  await executor.run(one);
  const once = await timed(() => executor.run(one));
  let perCall = once;
  // the first guess counts what a submit costs as the call's own time, so a short submit is made longer, twice
  for (let calls = 1, guess = 0; guess < 3 && calls * perCall < BUDGET_MS / 2 && calls < MOST_CALLS; guess++) {
    calls = Math.max(2, Math.min(MOST_CALLS, Math.floor(BUDGET_MS / perCall)));
    const many = await planOf(calls);
    perCall = (await medianTime(() => executor.run(many), REPETITIONS, 10 * BUDGET_MS)) / calls;
  }
  executor.release(...Object.values(buffers));
  return perCall;
}

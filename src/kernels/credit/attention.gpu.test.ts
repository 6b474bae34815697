// Attention summaries on both executors against their definition, on maps that are distributions over the past.

import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import { RandomStream } from '../../random/threefry';
import { attentionDistance } from './attentionDistance';
import { attentionSummary } from './attentionSummary';

const sum = (values: number[]): number => values.reduce((total, one) => total + one, 0);
const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

test.each([[1, 1, 1, 1, 1], [3, 5, 33, 20, 1], [7, 8, 19, 19, 2]])('%i answers, %i heads, %i positions, answers up to %i tokens, %i heads a kind', async (answers, heads, length, width, chosen) => {
  const random = RandomStream.of(17, 'problems');
  const maps = new Float32Array(answers * heads * length * length);
  for (let row = 0; row < answers * heads * length; row++) {
    const weights = range(0, (row % length) + 1).map(() => random.uniform() ** 4);
    weights.forEach((weight, s) => { maps[row * length + s] = weight / sum(weights); });
  }
  const first = Uint32Array.from({ length: answers }, () => random.below(Math.max(1, length - width + 1)));
  const past = Uint32Array.from(first, (from, n) => (n === 1 ? from : Math.min(length, from + 1 + random.below(width))));
  const at = (n: number, h: number, t: number, s: number): number => maps[((n * heads + h) * length + t) * length + s]!;
  const far = range(0, answers).map((n) => range(0, heads).map((h) => {
    const own = range(first[n]!, past[n]!);
    return own.length === 0 ? 0 : sum(own.map((t) => sum(range(0, t + 1).map((s) => at(n, h, t, s) * (t - s))))) / own.length;
  }));
  // any heads will do here: the first ones are local, the last ones global
  const rank_near = Float32Array.from({ length: answers * heads }, (_, i) => i % heads);
  const rank_far = rank_near.map((one) => heads - 1 - one);
  const [window, from_ahead, to_ahead] = [3, 2, 4];
  for (const executor of await testExecutors()) {
    const { distance } = await runKernel(executor, attentionDistance, { maps, first, past, distance: new Float32Array(answers * heads).fill(9) }, { answers, heads, length });
    far.flat().forEach((expected, i) => expect(Math.abs(distance[i]! - expected)).toBeLessThan(1e-5 * length));
    const { waad, fai } = await runKernel(executor, attentionSummary, {
      maps, rank_near, rank_far, first, past, waad: new Float32Array(answers * width).fill(9), fai: new Float32Array(answers * width).fill(9),
    }, { answers, heads, length, width, chosen, window, from_ahead, to_ahead });
    for (const n of range(0, answers)) {
      for (const column of range(0, width)) {
        const p = first[n]! + column;
        const isInside = p < past[n]!;
        const back = isInside ? sum(range(0, chosen).map((h) => sum(range(0, p + 1).map((s) => at(n, h, p, s) * Math.min(p - s, window))))) / chosen : 0;
        const later = isInside ? range(p + from_ahead, Math.min(past[n]!, p + to_ahead + 1)) : [];
        const ahead = later.length === 0 ? 0 : sum(range(heads - chosen, heads).map((h) => sum(later.map((t) => at(n, h, t, p))) / later.length)) / chosen;
        expect(Math.abs(waad[n * width + column]! - back), `${executor.kind} waad ${n} ${column}`).toBeLessThan(1e-5);
        expect(Math.abs(fai[n * width + column]! - ahead), `${executor.kind} fai ${n} ${column}`).toBeLessThan(1e-5);
      }
    }
  }
});

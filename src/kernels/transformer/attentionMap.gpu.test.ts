// The weights, summed over the values, must give what attention gives; rows sum to one; other layers' maps stay.

import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import { RandomStream } from '../../random/threefry';
import { attention } from './attention';
import { attentionMap } from './attentionMap';

test.each([[1, 1, 1, 1, 2], [2, 7, 2, 2, 4], [3, 33, 4, 2, 16]])('%i sequences of %i, %i heads on %i, width %i', async (batch, length, HEADS, KV_HEADS, HEAD_DIM) => {
  const random = RandomStream.of(23, 'problems');
  const normal = (size: number) => Float32Array.from({ length: size }, () => 4 * random.uniform() - 2);
  const rows = batch * length;
  const [q, k, v] = [normal(rows * HEADS * HEAD_DIM), normal(rows * KV_HEADS * HEAD_DIM), normal(rows * KV_HEADS * HEAD_DIM)];
  // padding before, and for the last sequence nothing but padding
  const key_mask = Uint32Array.from({ length: rows }, (_, i) => (i % length >= (Math.floor(i / length) * 2) % length && (batch < 3 || i < rows - length) ? 1 : 0));
  const MAPS = HEADS + 3;
  for (const executor of await testExecutors()) {
    const { o, statistics } = await runKernel(executor, attention, { q, k, v, key_mask, o: new Float32Array(q.length), statistics: new Float32Array(rows * HEADS * 2) }, { batch, length, HEADS, KV_HEADS, HEAD_DIM });
    const { maps } = await runKernel(executor, attentionMap, { q, k, key_mask, statistics, maps: new Float32Array(batch * MAPS * length * length).fill(7) }, { batch, length, offset: 2, HEADS, KV_HEADS, HEAD_DIM, MAPS });
    for (let b = 0; b < batch; b++) for (let map = 0; map < MAPS; map++) for (let t = 0; t < length; t++) {
      const weights = Array.from((maps as Float32Array).subarray(((b * MAPS + map) * length + t) * length, ((b * MAPS + map) * length + t + 1) * length));
      const head = map - 2;
      if (head < 0 || head >= HEADS) {
        expect(weights.every((one) => one === 7)).toBe(true);
        continue;
      }
      const isSeen = key_mask.subarray(b * length, b * length + t + 1).includes(1);
      expect(weights.reduce((sum, one) => sum + one, 0)).toBeCloseTo(isSeen ? 1 : 0, 4);
      for (let d = 0; d < HEAD_DIM; d++) {
        const mixed = weights.reduce((sum, one, s) => sum + one * v[((b * length + s) * KV_HEADS + Math.floor(head / (HEADS / KV_HEADS))) * HEAD_DIM + d]!, 0);
        expect(Math.abs(mixed - o[((b * length + t) * HEADS + head) * HEAD_DIM + d]!), `${executor.kind} ${b} ${head} ${t} ${d}`).toBeLessThan(1e-4);
      }
    }
  }
});

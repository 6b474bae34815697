// The independent forward here is the textbook one: a full matrix of scores, masked entries at -Infinity, softmax, times V.

import { describe, test } from 'vitest';
import { attention } from './attention';
import { attentionDecode } from './attentionDecode';
import { attentionGradDelta } from './attentionGradDelta';
import { attentionGradKeyValue } from './attentionGradKeyValue';
import { attentionGradQuery } from './attentionGradQuery';
import { assertClose, centralDifferences, everyBody, seededFloats, weightedSum } from './everyBodyTesting';

interface Shape { readonly batch: number; readonly length: number; readonly HEADS: number; readonly KV_HEADS: number; readonly HEAD_DIM: number }
type Numbers = ArrayLike<number>;

function textbook(q: Numbers, k: Numbers, v: Numbers, mask: Numbers, { batch, length, HEADS, KV_HEADS, HEAD_DIM }: Shape) {
  const output: number[] = [];
  const logsumexp: number[] = [];
  for (let row = 0; row < batch * length; row++) for (let head = 0; head < HEADS; head++) {
    const from = row - (row % length);
    const vector = (x: Numbers, r: number, heads: number, h: number) => Array.from({ length: HEAD_DIM }, (_, d) => x[(r * heads + h) * HEAD_DIM + d]!);
    const query = vector(q, row, HEADS, head);
    const kvHead = Math.floor(head * KV_HEADS / HEADS);
    const scores = Array.from({ length }, (_, s) => (from + s > row || mask[from + s] === 0
      ? -Infinity
      : vector(k, from + s, KV_HEADS, kvHead).reduce((sum, one, d) => sum + one * query[d]!, 0) / Math.sqrt(HEAD_DIM)));
    const sum = scores.reduce((total, one) => total + Math.exp(one), 0);
    logsumexp.push(sum === 0 ? 0 : Math.log(sum));
    const blend = new Array<number>(HEAD_DIM).fill(0);
    scores.forEach((score, s) => vector(v, from + s, KV_HEADS, kvHead).forEach((one, d) => { blend[d]! += sum === 0 ? 0 : Math.exp(score) / sum * one; }));
    output.push(...blend);
  }
  return { output, logsumexp };
}

/** Sequence 0 is left-padded, sequence 1 has holes, sequence 2 is all masked, sequence 3 is right-padded, others are whole. */
function maskOf({ batch, length }: Shape): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: batch * length }, (_, row) => {
    const [b, t] = [Math.floor(row / length), row % length];
    if (batch === 1) return 1;
    if (b === 0) return t < length / 3 ? 0 : 1;
    if (b === 1) return t % 3 === 1 ? 0 : 1;
    if (b === 2) return 0;
    return b === 3 && t > length / 2 ? 0 : 1;
  });
}

function inputs(shape: Shape) {
  const rows = shape.batch * shape.length;
  const wide = rows * shape.HEADS * shape.HEAD_DIM;
  const narrow = rows * shape.KV_HEADS * shape.HEAD_DIM;
  return {
    q: seededFloats(wide, 1).map((one) => 3 * one), k: seededFloats(narrow, 2), v: seededFloats(narrow, 3), d_o: seededFloats(wide, 4),
    key_mask: maskOf(shape), o: new Float32Array(wide), statistics: new Float32Array(rows * shape.HEADS * 2).fill(-9),
  };
}

const shape = (batch: number, length: number, HEADS: number, KV_HEADS: number, HEAD_DIM: number): Shape => ({ batch, length, HEADS, KV_HEADS, HEAD_DIM });
const even = (x: Numbers) => Array.from(x).filter((_, i) => i % 2 === 0);
const odd = (x: Numbers) => Array.from(x).filter((_, i) => i % 2 === 1);
const name = ({ batch, length, HEADS, KV_HEADS, HEAD_DIM }: Shape) => `batch ${batch}, length ${length}, heads ${HEADS}/${KV_HEADS} of ${HEAD_DIM}`;

const FORWARD = [shape(1, 1, 1, 1, 4), shape(4, 7, 4, 2, 4), shape(5, 33, 4, 4, 16), shape(4, 6, 6, 2, 16), shape(4, 10, 6, 3, 6), shape(3, 9, 3, 1, 8), shape(2, 35, 2, 1, 64), shape(3, 5, 3, 3, 2), shape(3, 7, 4, 2, 32), shape(2, 34, 3, 3, 32)];
describe.each(FORWARD.map((one) => [name(one), one] as const))('%s', (_, sizes) => {
  const { d_o, ...arrays } = inputs(sizes);
  const expected = textbook(arrays.q, arrays.k, arrays.v, arrays.key_mask, sizes);

  test('forward equals the textbook softmax', async () => {
    await everyBody(attention, arrays, { ...sizes }, ({ o, statistics }, body) => {
      assertClose(o, expected.output, 3e-6, `${body}: o`);
      assertClose(even(statistics), expected.logsumexp, 3e-6, `${body}: logsumexp`);
      assertClose(odd(statistics), odd(statistics).map(() => -9), 0, `${body}: second statistic untouched`);
    });
  });

  test('decoding with a cache equals the last row of full attention', async () => {
    const { batch, length, HEADS, KV_HEADS, HEAD_DIM } = sizes;
    const CAPACITY = length + 3;
    // Each sequence's keys at the front of its cache; the unused slots hold numbers that must not be read.
    const cached = (x: Numbers, width: number, rest: number) => Array.from({ length: batch * CAPACITY * width }, (__, i) => {
      const slot = Math.floor(i / width) % CAPACITY;
      return slot < length ? x[(Math.floor(i / (width * CAPACITY)) * length + slot) * width + (i % width)]! : rest;
    });
    const lastRows = (x: Numbers, width: number) => Array.from({ length: batch * width }, (__, i) => x[((Math.floor(i / width) + 1) * length - 1) * width + (i % width)]!);
    const width = HEADS * HEAD_DIM;
    const decode = {
      q: Float32Array.from(lastRows(arrays.q, width)),
      k_cache: Float32Array.from(cached(arrays.k, KV_HEADS * HEAD_DIM, 50)),
      v_cache: Float32Array.from(cached(arrays.v, KV_HEADS * HEAD_DIM, 50)),
      key_mask: Uint32Array.from(cached(arrays.key_mask, 1, 1)),
      o: new Float32Array(batch * width),
    };
    const scalars = { rows: batch, position: length - 1, HEADS, KV_HEADS, HEAD_DIM, CAPACITY };
    await everyBody(attentionDecode, decode, scalars, ({ o }, body) => assertClose(o, lastRows(expected.output, width), 3e-6, `${body}: o`));
  });

  test('the shared part of the backward pass is d_o.o', async () => {
    const { batch, length, HEADS, HEAD_DIM } = sizes;
    const o = Float32Array.from(expected.output);
    const delta = Array.from({ length: batch * length * HEADS }, (__, i) => {
      const [from, to] = [i * HEAD_DIM, (i + 1) * HEAD_DIM];
      return weightedSum(d_o.subarray(from, to), o.subarray(from, to));
    });
    await everyBody(attentionGradDelta, { d_o, o, statistics: arrays.statistics }, { rows: batch * length, HEADS, HEAD_DIM }, ({ statistics }, body) => {
      assertClose(odd(statistics), delta, 3e-6, `${body}: delta`);
      assertClose(even(statistics), delta.map(() => -9), 0, `${body}: first statistic untouched`);
    });
  });
});

const BACKWARD = [shape(1, 1, 1, 1, 4), shape(4, 5, 4, 2, 4), shape(2, 5, 2, 2, 16), shape(2, 4, 3, 1, 16), shape(4, 5, 6, 3, 6), shape(3, 6, 3, 1, 8), shape(1, 3, 2, 1, 64), shape(2, 3, 2, 1, 32)];
test.each(BACKWARD.map((one) => [name(one), one] as const))('gradients against central differences: %s', async (_, sizes) => {
  const { q, k, v, key_mask, d_o } = inputs(sizes);
  const { output, logsumexp } = textbook(q, k, v, key_mask, sizes);
  const { HEAD_DIM } = sizes;
  const statistics = Float32Array.from({ length: logsumexp.length * 2 }, (__, i) => {
    const at = Math.floor(i / 2) * HEAD_DIM;
    return i % 2 === 0 ? logsumexp[i / 2]! : weightedSum(d_o.subarray(at, at + HEAD_DIM), output.slice(at, at + HEAD_DIM));
  });
  const given = { q, k, v, key_mask, statistics, d_o };
  const loss = (a: Numbers, b: Numbers, c: Numbers) => weightedSum(textbook(a, b, c, key_mask, sizes).output, d_o);
  const expected_dq = centralDifferences((at) => loss(at, k, v), q);
  const expected_dk = centralDifferences((at) => loss(q, at, v), k);
  const expected_dv = centralDifferences((at) => loss(q, k, at), v);
  const stale = (x: Float32Array) => new Float32Array(x.length).fill(-7); // all of it is overwritten
  await everyBody(attentionGradQuery, { ...given, dq: stale(q) }, { ...sizes }, ({ dq }, body) => assertClose(dq, expected_dq, 1e-5, `${body}: dq`));
  await everyBody(attentionGradKeyValue, { ...given, dk: stale(k), dv: stale(v) }, { ...sizes }, ({ dk, dv }, body) => {
    assertClose(dk, expected_dk, 1e-5, `${body}: dk`);
    assertClose(dv, expected_dv, 1e-5, `${body}: dv`);
  });
});

test('scores far apart neither overflow nor lose the largest key', async () => {
  const arrays = {
    q: Float32Array.of(100, 100, 100), k: Float32Array.of(-5, 5, 4), v: Float32Array.of(1, 2, 3),
    key_mask: Uint32Array.of(1, 1, 1), o: new Float32Array(3), statistics: new Float32Array(6),
  };
  await everyBody(attention, arrays, { batch: 1, length: 3, HEADS: 1, KV_HEADS: 1, HEAD_DIM: 1 }, ({ o, statistics }, body) => {
    assertClose(o, [1, 2, 2], 1e-6, `${body}: o`);
    assertClose(even(statistics), [-500, 500, 500], 1e-6, `${body}: logsumexp`);
  });
});

import { expect, test } from 'vitest';
import llama from '../../../e2e/fixtures/model_llama_untied_gqa.json';
import qwen2 from '../../../e2e/fixtures/model_qwen2_tied_bias.json';
import { assertClose, everyBody, seededFloats } from './everyBodyTesting';
import { rope } from './rope';

/** Angles of the published formula, position * theta^(-2d / headDim): cosines, then sines, a row a position. */
function tableOf(positions: number, headDim: number, theta: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: positions * headDim }, (_, i) => {
    const d = i % headDim;
    const angle = Math.floor(i / headDim) * theta ** (-2 * (d % (headDim / 2)) / headDim);
    return d < headDim / 2 ? Math.cos(angle) : Math.sin(angle);
  });
}

function decoded({ b64 }: { b64: string }): Float32Array {
  return new Float32Array(Uint8Array.from(atob(b64), (one) => one.charCodeAt(0)).buffer);
}

test.each([['llama', llama], ['qwen2', qwen2]] as const)('turns unit vectors into the cosines and sines of the %s fixture', async (_, fixture) => {
  const { rope_cos, rope_sin } = fixture.expected.intermediates_row0;
  const { head_dim: HEAD_DIM, rope_theta } = fixture.inputs.config;
  const rows = fixture.inputs.position_ids[0]!.length;
  const half = HEAD_DIM / 2;
  const x = Float32Array.from({ length: rows * HEAD_DIM }, (__, i) => (i % HEAD_DIM < half ? 1 : 0)); // (1, 0) turns into (cos, sin)
  const arrays = { x, positions: Int32Array.from(fixture.inputs.position_ids[0]!), table: tableOf(rows, HEAD_DIM, rope_theta), y: new Float32Array(x.length) };
  const [cosines, sines] = [decoded(rope_cos), decoded(rope_sin)];
  const expected = Float32Array.from({ length: x.length }, (__, i) => {
    const [row, d] = [Math.floor(i / HEAD_DIM), i % HEAD_DIM];
    return d < half ? cosines[row * half + d]! : sines[row * half + d - half]!;
  });
  await everyBody(rope, arrays, { rows, offset: 0, sign: 1, HEADS: 1, HEAD_DIM }, ({ y }, body) => assertClose(y, expected, 2e-6, body));
});

test.each([[1, 1, 2], [7, 3, 6], [33, 4, 16], [5, 2, 64]])('%i rows, %i heads of %i: a rotation, undone by sign -1', async (rows, HEADS, HEAD_DIM) => {
  const x = seededFloats(rows * HEADS * HEAD_DIM, 1);
  const positions = Int32Array.from({ length: rows }, (_, row) => row - 3); // below zero counts as zero
  const offset = 2;
  const table = tableOf(rows + 2, HEAD_DIM, 10000);
  const half = HEAD_DIM / 2;
  // Complex numbers: multiply (low + i high) by e^(i angle).
  const expected = Float64Array.from(x, (_, i) => {
    const d = i % HEAD_DIM;
    const first = i - d + (d % half);
    const angle = Math.max(0, Math.floor(i / (HEADS * HEAD_DIM)) - 3 + offset) * 10000 ** (-2 * (d % half) / HEAD_DIM);
    const size = Math.hypot(x[first]!, x[first + half]!);
    const turned = Math.atan2(x[first + half]!, x[first]!) + angle;
    return size * (d < half ? Math.cos(turned) : Math.sin(turned));
  });
  const scalars = { rows, offset, HEADS, HEAD_DIM };
  const y = new Float32Array(x.length);
  await everyBody(rope, { x, positions, table, y }, { ...scalars, sign: 1 }, (after, body) => assertClose(after.y, expected, 3e-6, body));
  const turned = Float32Array.from(expected);
  await everyBody(rope, { x: turned, positions, table, y }, { ...scalars, sign: -1 }, (after, body) => assertClose(after.y, x, 3e-6, `${body}, back`));
  expect(x.some((one, i) => Math.abs(one - turned[i]!) > 0.1) || rows === 1).toBe(true);
});

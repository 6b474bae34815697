import { expect, test } from 'vitest';
import { cacheAppend } from './cacheAppend';
import { everyBody } from './everyBodyTesting';
import { takeSpan } from './takeSpan';
import { takeSpanGrad } from './takeSpanGrad';

/** Numbers that say where they come from: sequence, position, column. */
const place = (b: number, t: number, c: number): number => b * 10000 + t * 100 + c + 1;

const filled = (sequences: number, length: number, width: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: sequences * length * width }, (_, i) => place(Math.floor(i / (length * width)), Math.floor(i / width) % length, i % width));

test.each([[1, 1, 0, 1, 1], [3, 7, 2, 4, 5], [5, 9, 8, 1, 8], [2, 33, 11, 22, 12]])(
  'take_span: batch %i, length %i, start %i, span %i, width %i',
  async (batch, length, start, span, WIDTH) => {
    const scalars = { batch, length, start, span, WIDTH };
    await everyBody(takeSpan, { x: filled(batch, length, WIDTH), y: new Float32Array(batch * span * WIDTH) }, scalars, ({ y }, body) => {
      for (let b = 0; b < batch; b++) for (let t = 0; t < span; t++) for (let c = 0; c < WIDTH; c++) {
        expect(y[(b * span + t) * WIDTH + c], `${body} [${b},${t},${c}]`).toBe(place(b, start + t, c));
      }
    });
    const dx = new Float32Array(batch * length * WIDTH).fill(-7); // all of it is overwritten
    await everyBody(takeSpanGrad, { dy: filled(batch, span, WIDTH), dx }, scalars, (after, body) => {
      for (let b = 0; b < batch; b++) for (let t = 0; t < length; t++) for (let c = 0; c < WIDTH; c++) {
        const inside = t >= start && t < start + span;
        expect(after.dx[(b * length + t) * WIDTH + c], `${body} [${b},${t},${c}]`).toBe(inside ? place(b, t - start, c) : 0);
      }
    });
  },
);

test.each([[1, 1, 0, 1, 1, 1], [6, 3, 2, 3, 5, 4], [4, 1, 6, 1, 7, 6], [4, 3, 5, 2, 7, 8]])(
  'cache_append: %i rows, length %i at %i, repeat %i, capacity %i, width %i',
  async (rows, length, position, repeat, CAPACITY, WIDTH) => {
    const cache = new Float32Array(rows * CAPACITY * WIDTH).fill(-7);
    const scalars = { rows, length, position, repeat, CAPACITY, WIDTH };
    await everyBody(cacheAppend, { source: filled(rows / repeat, length, WIDTH), cache }, scalars, (after, body) => {
      for (let n = 0; n < rows; n++) for (let slot = 0; slot < CAPACITY; slot++) for (let c = 0; c < WIDTH; c++) {
        const t = slot - position;
        const expected = t >= 0 && t < length ? place(Math.floor(n / repeat), t, c) : -7;
        expect(after.cache[(n * CAPACITY + slot) * WIDTH + c], `${body} [${n},${slot},${c}]`).toBe(expected);
      }
    });
  },
);

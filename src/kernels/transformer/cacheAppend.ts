// Writes new keys or values behind those already in the cache: cache[n, position + t] = source[floor(n / repeat), t].
// repeat > 1 hands one prompt's keys to all answers of its group. Slots past the capacity are not written.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/transformer/cache_append.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/cache_append_vec4.wgsl?raw';

export const cacheAppend = defineKernel({
  name: 'transformer/cache_append',
  bindings: { source: read('f32'), cache: readWrite('f32') },
  uniforms: { rows: 'u32', length: 'u32', position: 'u32', repeat: 'u32' },
  constants: { CAPACITY: 'u32', WIDTH: 'u32' },
  variants: [
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['source', 'cache'],
      supports: ({ WIDTH }) => WIDTH! % 4 === 0,
      workgroups: ({ rows, length, WIDTH }) => grid(rows! * length! * WIDTH! / 4),
    },
    { name: 'simple', wgsl, workgroups: ({ rows, length, WIDTH }) => grid(rows! * length! * WIDTH!) },
  ],
  twin({ source, cache }, { rows, length, position, repeat, CAPACITY, WIDTH }) {
    const kept = Math.max(0, Math.min(length, CAPACITY - position)) * WIDTH;
    for (let n = 0; n < rows; n++) {
      const from = Math.floor(n / repeat) * length * WIDTH;
      cache.set(source.subarray(from, from + kept), Math.min(n * CAPACITY + position, (n + 1) * CAPACITY) * WIDTH);
    }
  },
});

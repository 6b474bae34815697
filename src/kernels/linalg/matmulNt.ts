// Linear layer: y = x w^T (+ bias) (+ residual), weights as Hugging Face stores them, [OUT, IN].
// bias and residual are bound always; where HAS_BIAS or HAS_RESIDUAL is 0 any f32 buffer will do and is not read.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import { multiplyModule } from '../simd/multiply';
import { blockGrid } from './blockGrid';
import { addStridedProduct } from './stridedProduct';
import simple from '../../../shaders/linalg/matmul_nt.wgsl?raw';
import tile from '../../../shaders/linalg/matmul_nt_tile.wgsl?raw';
import blocked from '../../../shaders/linalg/matmul_nt_vec4.wgsl?raw';

export const matmulNt = defineKernel({
  name: 'linalg/matmul_nt',
  bindings: { x: read('f32'), w: read('f32'), bias: read('f32'), residual: read('f32'), y: readWrite('f32') },
  uniforms: { rows: 'u32' },
  constants: { IN: 'u32', OUT: 'u32', HAS_BIAS: 'u32', HAS_RESIDUAL: 'u32' },
  variants: [
    {
      name: 'vec4',
      wgsl: blocked,
      vec4: ['x', 'w'],
      uniformConstants: ['IN', 'OUT'],
      preferredOn: 'fallback',
      supports: ({ IN }) => IN! % 4 === 0,
      workgroups: ({ rows, OUT }) => blockGrid(Math.ceil(rows! / 16) * Math.ceil(OUT! / 8)),
    },
    {
      name: 'tile',
      wgsl: tile,
      preferredOn: 'hardware',
      workgroups: ({ rows, OUT }) => [Math.ceil(OUT! / 32), Math.ceil(rows! / 32), 1],
    },
    { name: 'simple', wgsl: simple, workgroups: ({ rows, OUT }) => grid(rows! * OUT!) },
  ],
  twin({ x, w, bias, residual, y }, { rows, IN, OUT, HAS_BIAS, HAS_RESIDUAL }) {
    const outputs = y.subarray(0, rows * OUT);
    outputs.fill(0);
    addStridedProduct(outputs, { data: x, outer: IN, inner: 1 }, { data: w, outer: IN, inner: 1 }, rows, OUT, IN);
    if (HAS_BIAS !== 0) for (let i = 0; i < outputs.length; i++) outputs[i]! += bias[i % OUT]!;
    if (HAS_RESIDUAL !== 0) for (let i = 0; i < outputs.length; i++) outputs[i]! += residual[i]!;
  },
  simd: {
    module: multiplyModule,
    run(context, { x, w, bias, residual, y }, { rows, IN, OUT, HAS_BIAS, HAS_RESIDUAL }) {
      const transposed = context.scratch(IN * OUT * 4);
      context.spread(multiplyModule, 'transpose', { parts: OUT, operations: OUT * IN }, w, transposed, OUT, IN);
      const outputs = context.floats(y, rows * OUT);
      if (HAS_RESIDUAL !== 0) outputs.set(context.floats(residual, rows * OUT));
      if (HAS_BIAS !== 0) {
        const biases = context.floats(bias, OUT);
        for (let i = 0; i < outputs.length; i++) outputs[i] = (HAS_RESIDUAL !== 0 ? outputs[i]! : 0) + biases[i % OUT]!;
      }
      const work = { parts: Math.ceil(rows / 4), operations: rows * IN * OUT };
      context.spread(multiplyModule, 'multiply', work, x, IN * 4, 4, transposed, OUT * 4, y, OUT * 4, rows, OUT, IN, Number(HAS_BIAS !== 0 || HAS_RESIDUAL !== 0));
    },
  },
});

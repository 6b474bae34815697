// Rotary position, half-split layout ("rotate_half"): pair (d, d + HEAD_DIM/2) of each head turns by the angle of
// position max(0, positions[row] + offset). sign -1 turns back, which is the gradient.
// Bindings: x [rows, HEADS, HEAD_DIM], positions [rows], table [P, HEAD_DIM] (cosines, then sines) in; y like x out.
// Uniforms: rows, offset, sign. One invocation a pair. Twin: src/kernels/transformer/rope.ts

const HALF: u32 = HEAD_DIM / 2u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.rows * HEADS * HALF) { return; }
  let d = i % HALF;
  let first = i / HALF * HEAD_DIM + d;
  let at = u32(max(0, positions[i / (HEADS * HALF)] + uniforms.offset)) * HEAD_DIM + d;
  let cosine = table[at];
  let sine = uniforms.sign * table[at + HALF];
  let low = x[first];
  let high = x[first + HALF];
  y[first] = low * cosine - high * sine;
  y[first + HALF] = high * cosine + low * sine;
}

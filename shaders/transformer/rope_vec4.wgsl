// Rotary position, half-split layout ("rotate_half"), four pairs an invocation (HEAD_DIM a multiple of 8; x, table and
// y are vec4f): pair (d, d + HEAD_DIM/2) turns by the angle of position max(0, positions[row] + offset).
// Bindings: x [rows, HEADS, HEAD_DIM], positions [rows], table [P, HEAD_DIM] (cosines, then sines) in; y like x out.
// Uniforms: rows, offset, sign (-1 turns back, the gradient). Twin: src/kernels/transformer/rope.ts

const QUADS: u32 = HEAD_DIM / 4u;
const HALF: u32 = QUADS / 2u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.rows * HEADS * HALF) { return; }
  let d = i % HALF;
  let first = i / HALF * QUADS + d;
  let at = u32(max(0, positions[i / (HEADS * HALF)] + uniforms.offset)) * QUADS + d;
  let cosine = table[at];
  let sine = uniforms.sign * table[at + HALF];
  let low = x[first];
  let high = x[first + HALF];
  y[first] = low * cosine - high * sine;
  y[first + HALF] = high * cosine + low * sine;
}

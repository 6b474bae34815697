// cos and sin of rotary embeddings, made in float64 on the host: WGSL promises sin and cos only to 2^-11.
// Row p: cos(p * theta^(-2i/headDim)) for i < headDim/2, then the sines.

export function ropeTable(positions: number, headDim: number, theta: number): Float32Array<ArrayBuffer> {
  const half = headDim / 2;
  const table = new Float32Array(positions * headDim);
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < half; i++) {
      // Frequencies are rounded to float32 first, as PyTorch keeps them.
      const angle = position * Math.fround(theta ** ((-2 * i) / headDim));
      table[position * headDim + i] = Math.cos(angle);
      table[position * headDim + half + i] = Math.sin(angle);
    }
  }
  return table;
}

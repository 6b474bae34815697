// The third bodies of attention, forward, backward and over a cache, and of SwiGLU: wasm SIMD in AssemblyScript.
// Scores of one query are kept in a scratch row, so no T x T matrix is stored here either. Head widths that are not a
// multiple of four end in a scalar tail. Strides are in bytes. The work of every function is cut into parts, of which it
// does those from first to end: any cut gives the same bits. Twins: src/kernels/transformer.

// The host's logarithm: AssemblyScript's own keeps its tables in static memory, where the executor's buffers lie.
// @ts-ignore: decorator
@external("env", "log")
declare function hostLog(x: f64): f64;

/** exp of four floats: 2^n times a polynomial on [-ln2/2, ln2/2] (Cephes expf; relative error about 1e-7); NaN stays. */
// @ts-ignore: decorator
@inline
function exp4(x: v128): v128 {
  x = f32x4.min(f32x4.max(x, f32x4.splat(-87.3)), f32x4.splat(88.3));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let y = f32x4.splat(1.9875691500e-4);
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1.3981999507e-3));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(8.3334519073e-3));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(4.1665795894e-2));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1.6666665459e-1));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(5.0000001201e-1));
  y = f32x4.add(f32x4.add(f32x4.mul(y, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(y, power);
}

// @ts-ignore: decorator
@inline
function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, width: i32): f32 {
  let sums = f32x4.splat(0);
  let d = 0;
  for (; d + 4 <= width; d += 4) sums = f32x4.add(sums, f32x4.mul(v128.load(a + (d << 2)), v128.load(b + (d << 2))));
  let sum = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
  for (; d < width; d++) sum += load<f32>(a + (d << 2)) * load<f32>(b + (d << 2));
  return sum;
}

/** to += factor * from */
// @ts-ignore: decorator
@inline
function addScaled(to: usize, from: usize, factor: f32, width: i32): void {
  const factors = f32x4.splat(factor);
  let d = 0;
  for (; d + 4 <= width; d += 4) v128.store(to + (d << 2), f32x4.add(v128.load(to + (d << 2)), f32x4.mul(factors, v128.load(from + (d << 2)))));
  for (; d < width; d++) store<f32>(to + (d << 2), load<f32>(to + (d << 2)) + factor * load<f32>(from + (d << 2)));
}

/** One query over `count` keys; returns the log of the sum of exponentials, 0 where no key is valid. */
function attendOne(q: usize, k: usize, v: usize, stride: usize, mask: usize, count: i32, o: usize, width: i32, scale: f32, scores: usize): f32 {
  let largest: f32 = -Infinity;
  let found = false;
  for (let s = 0; s < count; s++) {
    if (load<u32>(mask + (s << 2)) == 0) continue;
    const score = dot(q, k + s * stride, width) * scale;
    store<f32>(scores + (s << 2), score);
    if (!(score <= largest)) largest = score;
    found = true;
  }
  memory.fill(o, 0, width << 2);
  if (!found) return 0;
  let total: f32 = 0;
  for (let s = 0; s < count; s += 4) {
    v128.store(scores + (s << 2), exp4(f32x4.sub(v128.load(scores + (s << 2)), f32x4.splat(largest))));
    for (let i = s; i < min(s + 4, count); i++) {
      if (load<u32>(mask + (i << 2)) == 0) continue;
      const weight = load<f32>(scores + (i << 2));
      total += weight;
      addScaled(o, v + i * stride, weight, width);
    }
  }
  for (let d = 0; d < width; d++) store<f32>(o + (d << 2), load<f32>(o + (d << 2)) / total);
  return largest + <f32>hostLog(total);
}

/** A part is one head of one sequence; `scores` holds length + 4 floats for each. */
export function attention(
  q: usize, k: usize, v: usize, keyMask: usize, o: usize, statistics: usize,
  length: i32, heads: i32, kvHeads: i32, width: i32, scores: usize, first: i32, end: i32,
): void {
  const scale: f32 = 1 / Mathf.sqrt(<f32>width);
  const group = heads / kvHeads;
  const stride = <usize>(kvHeads * width) << 2;
  scores += <usize>(first * (length + 4)) << 2;
  for (let part = first; part < end; part++) {
    const b = part / heads, head = part % heads;
    const keys = <usize>((b * length * kvHeads + head / group) * width) << 2;
    for (let t = 0; t < length; t++) {
      const row = (b * length + t) * heads + head;
      const at = <usize>(row * width) << 2;
      const sum = attendOne(q + at, k + keys, v + keys, stride, keyMask + (<usize>(b * length) << 2), t + 1, o + at, width, scale, scores);
      store<f32>(statistics + (<usize>row << 3), sum);
    }
  }
}

/** A part is one head of one row; `scores` holds position + 5 floats for each. */
export function attentionDecode(
  q: usize, kCache: usize, vCache: usize, keyMask: usize, o: usize,
  position: i32, heads: i32, kvHeads: i32, width: i32, capacity: i32, scores: usize, first: i32, end: i32,
): void {
  const scale: f32 = 1 / Mathf.sqrt(<f32>width);
  const group = heads / kvHeads;
  const stride = <usize>(kvHeads * width) << 2;
  scores += <usize>(first * (position + 5)) << 2;
  for (let part = first; part < end; part++) {
    const row = part / heads, head = part % heads;
    const at = <usize>(part * width) << 2;
    const keys = <usize>((row * capacity * kvHeads + head / group) * width) << 2;
    attendOne(q + at, kCache + keys, vCache + keys, stride, keyMask + (<usize>(row * capacity) << 2), min(position + 1, capacity), o + at, width, scale, scores);
  }
}

/** A part is one head of one sequence. */
export function attentionGradQuery(
  q: usize, k: usize, v: usize, keyMask: usize, statistics: usize, dO: usize, dq: usize,
  length: i32, heads: i32, kvHeads: i32, width: i32, first: i32, end: i32,
): void {
  const scale: f32 = 1 / Mathf.sqrt(<f32>width);
  const group = heads / kvHeads;
  const stride = <usize>(kvHeads * width) << 2;
  for (let part = first; part < end; part++) {
    const b = part / heads, head = part % heads;
    const keys = <usize>((b * length * kvHeads + head / group) * width) << 2;
    for (let t = 0; t < length; t++) {
      const row = (b * length + t) * heads + head;
      const at = <usize>(row * width) << 2;
      const logSum = load<f32>(statistics + (<usize>row << 3));
      const delta = load<f32>(statistics + (<usize>row << 3), 4);
      memory.fill(dq + at, 0, width << 2);
      for (let s = 0; s <= t; s++) {
        if (load<u32>(keyMask + (<usize>(b * length + s) << 2)) == 0) continue;
        const key = keys + s * stride;
        const weight = exp1(dot(q + at, k + key, width) * scale - logSum);
        addScaled(dq + at, k + key, weight * (dot(dO + at, v + key, width) - delta) * scale, width);
      }
    }
  }
}

/** A part is one key-value head of one sequence. */
export function attentionGradKeyValue(
  q: usize, k: usize, v: usize, keyMask: usize, statistics: usize, dO: usize, dk: usize, dv: usize,
  length: i32, heads: i32, kvHeads: i32, width: i32, first: i32, end: i32,
): void {
  const scale: f32 = 1 / Mathf.sqrt(<f32>width);
  const group = heads / kvHeads;
  for (let part = first; part < end; part++) {
    const b = part / kvHeads, kvHead = part % kvHeads;
    for (let s = 0; s < length; s++) {
      const key = <usize>(((b * length + s) * kvHeads + kvHead) * width) << 2;
      memory.fill(dk + key, 0, width << 2);
      memory.fill(dv + key, 0, width << 2);
      if (load<u32>(keyMask + (<usize>(b * length + s) << 2)) == 0) continue;
      for (let t = s; t < length; t++) {
        for (let member = 0; member < group; member++) {
          const row = (b * length + t) * heads + kvHead * group + member;
          const at = <usize>(row * width) << 2;
          const weight = exp1(dot(q + at, k + key, width) * scale - load<f32>(statistics + (<usize>row << 3)));
          const dScore = weight * (dot(dO + at, v + key, width) - load<f32>(statistics + (<usize>row << 3), 4)) * scale;
          addScaled(dk + key, q + at, dScore, width);
          addScaled(dv + key, dO + at, weight, width);
        }
      }
    }
  }
}

/** y = silu(gate) * up. A part is four numbers; the scalar tail lies in the last part alone. */
export function swiglu(gate: usize, up: usize, y: usize, count: i32, first: i32, end: i32): void {
  const one = f32x4.splat(1);
  count = min(count, end << 2);
  let i = first << 2;
  for (; i + 4 <= count; i += 4) {
    const g = v128.load(gate + (i << 2));
    const s = f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(g))));
    v128.store(y + (i << 2), f32x4.mul(f32x4.mul(g, s), v128.load(up + (i << 2))));
  }
  for (; i < count; i++) {
    const g = load<f32>(gate + (i << 2));
    store<f32>(y + (i << 2), (g / (1 + exp1(-g))) * load<f32>(up + (i << 2)));
  }
}

/** dgate = dy * up * s * (1 + gate * (1 - s)), dup = dy * gate * s, s = sigmoid(gate). Parts as above. */
export function swigluGrad(gate: usize, up: usize, dy: usize, dgate: usize, dup: usize, count: i32, first: i32, end: i32): void {
  const one = f32x4.splat(1);
  count = min(count, end << 2);
  let i = first << 2;
  for (; i + 4 <= count; i += 4) {
    const g = v128.load(gate + (i << 2));
    const d = v128.load(dy + (i << 2));
    const s = f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(g))));
    const slope = f32x4.mul(s, f32x4.add(one, f32x4.mul(g, f32x4.sub(one, s))));
    v128.store(dgate + (i << 2), f32x4.mul(f32x4.mul(d, v128.load(up + (i << 2))), slope));
    v128.store(dup + (i << 2), f32x4.mul(d, f32x4.mul(g, s)));
  }
  for (; i < count; i++) {
    const g = load<f32>(gate + (i << 2));
    const d = load<f32>(dy + (i << 2));
    const s: f32 = 1 / (1 + exp1(-g));
    store<f32>(dgate + (i << 2), d * load<f32>(up + (i << 2)) * s * (1 + g * (1 - s)));
    store<f32>(dup + (i << 2), d * g * s);
  }
}

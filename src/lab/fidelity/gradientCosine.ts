// The cosine between two policy gradients that are sums over problems, and of every resample of the problems. All products between
// problems are made once: cos = sum_pq g_p.G_q / sqrt(sum_pq g_p.g_q  sum_pq G_p.G_q) with p, q running through the resample.

/** One flat gradient a problem. */
export type ProblemGradients = readonly Float32Array[];

/** [problems, problems] */
export function products(a: ProblemGradients, b: ProblemGradients): Float64Array {
  return Float64Array.from(a.flatMap((one) => b.map((other) => dot(one, other))));
}

export function cosineOf(ab_PP: Float64Array, aa_PP: Float64Array, bb_PP: Float64Array, problems: ArrayLike<number>): number {
  const size = Math.round(Math.sqrt(ab_PP.length));
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < problems.length; i++) {
    for (let j = 0; j < problems.length; j++) {
      const at = problems[i]! * size + problems[j]!;
      ab += ab_PP[at]!;
      aa += aa_PP[at]!;
      bb += bb_PP[at]!;
    }
  }
  // no gradient points nowhere: as far from the truth as a right angle
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

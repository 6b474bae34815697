// Counter-based random numbers: Threefry-2x32, 20 rounds (Salmon et al., "Parallel random numbers: as easy as
// 1, 2, 3", SC 2011). A number depends only on its coordinates, never on what was drawn before, so the GPU, the
// CPU and a resumed run draw the same. shaders/sampling/draw_token.wgsl holds the same rounds.
//
// Coordinates: (seed, purpose, update) give a stream key; (row, position) within the stream give a draw.

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const PARITY = 0x1bd11bda;

/** What a stream of random numbers is for. The number is part of every recorded run: never renumber. */
const PURPOSE = { initialWeights: 1, problems: 2, sampling: 3, critique: 4, minibatches: 5, supervision: 6, testSampling: 7, testProblems: 8, truth: 9, bootstrap: 10, signals: 11, trueGradient: 12, judgeLessons: 13 } as const;
export type Purpose = keyof typeof PURPOSE;

export type Words = readonly [number, number];

/** One block of Threefry-2x32-20: two 32-bit words from a two-word key and a two-word counter. */
export function threefry(key: Words, counter: Words): Words {
  const keys = [key[0] >>> 0, key[1] >>> 0, (PARITY ^ key[0] ^ key[1]) >>> 0];
  let x = (counter[0] + keys[0]!) >>> 0;
  let y = (counter[1] + keys[1]!) >>> 0;
  for (let round = 0; round < 20; round++) {
    const rotation = ROTATIONS[round % 8]!;
    x = (x + y) >>> 0;
    y = ((y << rotation) | (y >>> (32 - rotation))) >>> 0;
    y = (y ^ x) >>> 0;
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      x = (x + keys[injection % 3]!) >>> 0;
      y = (y + keys[(injection + 1) % 3]! + injection) >>> 0;
    }
  }
  return [x, y];
}

/** The key of the stream for one purpose and one update of a run. */
export function streamKey(seed: number, purpose: Purpose, update: number): Words {
  return threefry([seed >>> 0, PURPOSE[purpose]], [update >>> 0, 0]);
}

/** Uniform in [0, 1) with 24 bits, exact in float32. */
export function uniformAt(key: Words, row: number, position: number): number {
  return (threefry(key, [row >>> 0, position >>> 0])[0] >>> 8) * 2 ** -24;
}

/** A sequential reader of one stream, for host code that draws many numbers in a fixed order. */
export class RandomStream {
  private position = 0;

  constructor(private readonly key: Words, private readonly row = 0) {}

  static of(seed: number, purpose: Purpose, update = 0, row = 0): RandomStream {
    return new RandomStream(streamKey(seed, purpose, update), row);
  }

  uniform(): number {
    return uniformAt(this.key, this.row, this.position++);
  }

  /** Integer in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Standard normal by Box-Muller. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }
}

// Which answers make up each mini-batch of each epoch: a seeded permutation cut into nearly equal parts. A single
// mini-batch of all answers keeps their order.

import { RandomStream } from '../random/threefry';

/** [epochs][minibatches][answers of it] */
export function minibatchOrder(answers: number, epochs: number, minibatches: number, seed: number, update: number): number[][][] {
  return Array.from({ length: epochs }, (_, epoch) => {
    const order = Array.from({ length: answers }, (_, n) => n);
    if (minibatches > 1) shuffle(order, RandomStream.of(seed, 'minibatches', update, epoch));
    return Array.from({ length: minibatches }, (_, i) => order.slice(Math.floor((i * answers) / minibatches), Math.floor(((i + 1) * answers) / minibatches)));
  });
}

/** Fisher and Yates. */
function shuffle(order: number[], random: RandomStream): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}

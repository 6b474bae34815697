// Stops a run whose numbers have left the real line, and says where that showed first.

import type { Searched } from './policyModel';

export class NonFiniteError extends Error {
  constructor(readonly tensor: string, readonly update: number, readonly index: number) {
    super(`Update ${update}: ${tensor} holds a number that is not finite (at ${index}). The run has stopped.`);
    this.name = 'NonFiniteError';
  }
}

/** Throws NonFiniteError when the model was found to hold a NaN or an infinity. */
export function refuseNonFinite({ nonFinite }: Searched, update: number): void {
  if (nonFinite !== undefined) throw new NonFiniteError(nonFinite.tensor, update, nonFinite.index);
}

/** The same for numbers that already came to the host. */
export function refuseNonFiniteNumbers(tensor: string, values: ArrayLike<number>, update: number): void {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) throw new NonFiniteError(tensor, update, i);
}

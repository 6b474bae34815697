// Several methods and the truth on the live run's policy, between two updates, and what the page hears of it.

import { ResourceLost } from '../gpu/resourceLost';
import { readCompareWish, type CompareWish } from '../lab/fidelity/readCompareWish';
import type { Run } from '../lab/run';
import type { EventBody } from './protocol';
import { sentence } from './sentence';
import { transferables } from './transferables';

export interface ComparingParts {
  isCancelled(): Promise<boolean>;
  /** whether the page may hear how far it is */
  isDue(): boolean;
  post(event: EventBody, transfer?: ArrayBuffer[]): void;
}

/** Rejects only where a device or its memory was lost: that is the run's affair too. */
export async function compareMethods(run: Run, wish: CompareWish, { isCancelled, isDue, post }: ComparingParts): Promise<void> {
  try {
    const { batch, request } = readCompareWish(wish);
    const comparison = await run.compare(batch, request, {
      isCancelled,
      onProgress: (stage, done, total, rollouts) => { if (isDue()) post({ kind: 'comparing', stage, done, total, rollouts }); },
    });
    post({ kind: 'compared', update: run.updates, comparison }, [...transferables(comparison)]);
  } catch (error) {
    post({ kind: 'comparisonEnded', message: sentence(error) });
    if (error instanceof ResourceLost) throw error;
  }
}

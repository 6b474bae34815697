// Before each token: how unlikely the least likely token so far was when it was sampled, as a log-probability; 0 before
// the first. A step that goes wrong is seldom the policy's own favourite, so this is the plainest sign that one has gone
// wrong, and the only one that a value model can read at once: to find a wrong sum by itself it would have to learn to
// check sums, from one bit an answer.

import type { SampleRecord } from './record';
import { forEachToken } from './rows';

/** [N, T], 0 or below. */
export function doubts({ samplerLogprobs_NT, lengths_N, width }: Pick<SampleRecord, 'samplerLogprobs_NT' | 'lengths_N' | 'width'>): Float32Array {
  const doubts_NT = new Float32Array(samplerLogprobs_NT.length);
  forEachToken(lengths_N, width, (i, _, t) => {
    if (t > 0) doubts_NT[i] = Math.min(doubts_NT[i - 1]!, samplerLogprobs_NT[i - 1]!);
  });
  return doubts_NT;
}

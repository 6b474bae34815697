// The credit that training would see: 0 for answers that the method keeps out of the loss.

import type { CreditRecord, SampleRecord } from '../record';

export function trainedCredit({ rows, rowMask, advantages_NT }: Pick<CreditRecord, 'rows' | 'rowMask' | 'advantages_NT'>, { width }: Pick<SampleRecord, 'width'>): Float32Array {
  const kept_N = rows.find(({ id }) => id === rowMask)?.values;
  return kept_N === undefined ? advantages_NT : advantages_NT.map((one, i) => (kept_N[Math.floor(i / width)] === 0 ? 0 : one));
}

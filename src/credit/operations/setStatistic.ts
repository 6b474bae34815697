// A statistic of a value over the sets of a partition, read at every place of the set: the mean outcome of the answers that
// share a prefix, the mean return of the steps from one state. `counted` leaves places out of the statistic (where it is 0),
// not out of the reading.

import { planBuffer } from '../../gpu/buffer';
import { SET_STATISTIC, setStatistic as kernel, type SetStatisticName } from '../../kernels/credit/setStatistic';
import type { CreditBuilder, Handle } from '../builder';
import { PARTITIONS, type PartitionName } from '../hostSignals/partitions';

const WORDS: Readonly<Record<Exclude<SetStatisticName, 'first'>, string>> = {
  mean: 'mean', std: 'standard deviation', variance: 'variance', sum: 'sum', count: 'number', minimum: 'smallest', maximum: 'largest',
  nonZero: 'number of non-zero values',
};

export interface SetStatisticText {
  readonly id: string;
  readonly label: string;
  /** values taken off the count under std and variance; 1 = sample, 0 = population */
  readonly ddof?: number;
  /** 0 where a place does not enter the statistic; of the partition's shape or coarser */
  readonly counted?: Handle;
}

/** x may be coarser than the partition's places: it is then read at each of them. */
export function setStatistic(c: CreditBuilder, which: SetStatisticName, x: Handle, over: PartitionName, { id, label, ddof = 1, counted }: SetStatisticText): Handle {
  const { shape, words, needs } = PARTITIONS[over];
  const isSpread = which === 'std' || which === 'variance';
  const only = counted === undefined ? '' : ` where {${counted.id}} is not 0`;
  const y = c.output(shape, {
    id, label, inputs: counted === undefined ? [x] : [x, counted],
    formula: which === 'first' ? `1 at the first of ${words}${only}, with {${x.id}} there` : `${WORDS[which]} of {${x.id}} over ${words}${only}${isSpread ? ', divided by (number − {ddof})' : ''}`,
    parameters: isSpread ? { ddof } : {},
  });
  const places = c.sizeOf(shape);
  const lifted = c.lift(x, shape);
  const entering = counted === undefined ? undefined : c.lift(counted, shape);
  c.plan.clear(y.buffer);
  c.plan.call(
    kernel,
    {
      x: lifted.buffer, counted: (entering ?? lifted).buffer,
      order: c.input(needs, `${over}Order`, planBuffer(`credit/${over}Order`, places, 'u32')),
      start: c.input(needs, `${over}Start`, planBuffer(`credit/${over}Start`, places + 1, 'u32')),
      y: y.buffer,
    },
    { places, statistic: SET_STATISTIC[which], has_counted: Number(entering !== undefined), ddof },
    y.buffer.label,
  );
  return y;
}

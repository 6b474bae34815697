// The allocation is discrete: computed once, on the host.

import { allocateRollouts, groupValue } from '../../../../credit/knapsack';
import { FormatError } from '../../../../formats/formatError';
import { readNumber } from '../../numberTensor';
import type { CreditMethodReader } from '../creditCase';

export const knapsack: CreditMethodReader = {
  fixtureMethod: 'knapsack',
  isHost: true,
  compute(params, inputs) {
    const rates = inputs.raw('success_rates');
    if (!Array.isArray(rates)) throw new FormatError('inputs.success_rates', 'must be a list');
    const read = rates.map((one: unknown) => {
      const rate = one === null ? null : Math.fround(readNumber(one, 'inputs.success_rates'));
      if (rate !== null && !(rate >= 0 && rate <= 1)) throw new FormatError('inputs.success_rates', `holds ${rate}; rates from 0 to 1 are needed`);
      return rate;
    });
    const allocation = allocateRollouts(read, {
      n: params.whole('n', 1, 4096), minimum: params.whole('n_min', 1, 4096), maximum: params.whole('n_max', 1, 4096), confidence: params.number('confidence'),
    });
    const objective = read.reduce<number>((sum, rate, i) => sum + (rate === null ? 0 : groupValue(rate, allocation[i]!)), 0);
    return Promise.resolve({ allocation, objective: [objective] });
  },
};

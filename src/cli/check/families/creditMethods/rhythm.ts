// top is a fraction as two whole numbers; a tau is a number or the word median.

import { FormatError } from '../../../../formats/formatError';
import type { Fields } from '../../fields';
import type { CreditMethodReader } from '../creditCase';
import { readChoice } from './readChoice';

export const rhythm: CreditMethodReader = {
  fixtureMethod: 'rhythm',
  read(params) {
    const top = params.raw('top');
    if (!Array.isArray(top) || top.length !== 2 || !top.every((one) => Number.isInteger(one))) throw new FormatError('params.top', 'must be two whole numbers');
    const mode = readChoice(params, 'mode', { local: 'local', global: 'global', coupled: 'coupled' });
    return {
      method: 'rhythm',
      parameters: {
        mode, amp: params.number('amp'), top: top[0] as number, topOf: top[1] as number, applyTo: readChoice(params, 'apply_to', { nonnegative: 'nonnegative', all: 'all' }),
        ddof: params.numberOr('ddof', 1), epsilon: params.numberOr('eps', 1e-6),
        ...(mode === 'coupled' && { k: params.number('k'), a: params.number('a'), ...tau(params, 'tau_w', 'waadLimit', 'tauW'), ...tau(params, 'tau_d', 'jumpLimit', 'tauD') }),
      },
      rows: { gain: 'gain' },
    };
  },
};

const tau = (params: Fields, name: string, choice: string, parameter: string): Record<string, number | string> =>
  (typeof params.raw(name) === 'string' ? { [choice]: readChoice(params, name, { median: 'median' }) } : { [choice]: 'given', [parameter]: params.number(name) });

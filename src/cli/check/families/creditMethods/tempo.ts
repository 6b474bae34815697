import type { CreditMethodReader } from '../creditCase';
import { readChoice } from './readChoice';

export const tempo: CreditMethodReader = {
  fixtureMethod: 'tempo',
  read: (params) => ({
    method: 'tempo',
    parameters: { epsilon: params.number('eps'), ddof: params.numberOr('ddof', 1), scale: readChoice(params, 'td_scale', { std: 'std', none: 'none' }) },
    rows: { prefix_values: 'V' },
  }),
};

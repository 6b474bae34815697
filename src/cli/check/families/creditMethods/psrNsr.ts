import type { CreditMethodReader } from '../creditCase';
import { readChoice } from './readChoice';

export const psrNsr: CreditMethodReader = {
  fixtureMethod: 'psr_nsr',
  read: (params) => ({
    method: 'psr_nsr',
    parameters: { mode: readChoice(params, 'mode', { psr: 'psr', nsr: 'nsr', w_reinforce: 'w_reinforce' }), lambda: params.numberOr('lambda', 0.1) },
    rows: { rows_kept: 'kept' },
  }),
};

import type { CreditMethodReader } from '../creditCase';
import { readChoice } from './readChoice';

export const igpo: CreditMethodReader = {
  fixtureMethod: 'igpo',
  read: (params) => ({
    method: 'igpo', parameters: { align: readChoice(params, 'align', { step: 'step', token: 'token' }), gamma: params.numberOr('gamma', 1) },
    rows: { step_rewards: 'r', step_returns: 'returns' },
  }),
};

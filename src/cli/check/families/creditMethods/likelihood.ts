import type { CreditMethodReader } from '../creditCase';

export const likelihood: CreditMethodReader = {
  fixtureMethod: 'likelihood',
  read: (params) => ({ method: 'likelihood', parameters: { reward: params.text('reward') }, rows: { rewards: 'R' } }),
};

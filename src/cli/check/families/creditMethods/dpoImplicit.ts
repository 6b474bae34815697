import type { CreditMethodReader } from '../creditCase';

export const dpoImplicit: CreditMethodReader = {
  fixtureMethod: 'dpo_implicit',
  read: (params) => ({ method: 'dpo_implicit', parameters: { beta: params.number('beta') }, rows: { sequence_reward: 'total' } }),
};

import type { CreditMethodReader } from '../creditCase';

export const gae: CreditMethodReader = {
  fixtureMethod: 'gae',
  read: (params) => ({
    method: 'ppo', parameters: { gamma: params.number('gamma'), lambda: params.number('lam') },
    rows: { advantages_raw: 'raw', returns: 'returns' },
  }),
};

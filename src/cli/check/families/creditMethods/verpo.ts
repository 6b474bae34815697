import type { CreditMethodReader } from '../creditCase';

export const verpo: CreditMethodReader = {
  fixtureMethod: 'verpo',
  read: (params) => ({
    method: 'verpo',
    parameters: { alpha: params.number('alpha'), beta: params.number('beta'), sigma: params.number('sigma'), delta: params.number('delta'), gamma: params.number('gamma') },
    rows: { turn_rewards: 'turn' },
  }),
};

import type { CreditMethodReader } from '../creditCase';

export const istar: CreditMethodReader = {
  fixtureMethod: 'istar',
  read: (params) => ({
    method: 'istar', parameters: { beta: params.number('beta'), alpha: params.number('alpha'), ddof: params.numberOr('ddof', 1), epsilon: params.number('eps') },
    rows: { step_rewards: 'r', prm_pair_loss: 'loss' },
  }),
};

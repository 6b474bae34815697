import type { CreditMethodReader } from '../creditCase';

export const restMcts: CreditMethodReader = {
  fixtureMethod: 'rest_mcts',
  read: () => ({ method: 'rest_mcts', parameters: {}, rows: { step_values: 'v' } }),
};

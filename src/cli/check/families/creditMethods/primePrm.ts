// The loss of PRIME's reward model is two rows of PRIME's program.

import type { CreditMethodReader } from '../creditCase';

export const primePrm: CreditMethodReader = {
  fixtureMethod: 'prime_prm',
  read: (params) => ({ method: 'prime', parameters: { beta: params.number('beta') }, rows: { prm_prob_correct: 'probability', prm_loss: 'loss' } }),
};

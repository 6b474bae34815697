import type { CreditMethodReader } from '../creditCase';

export const vinePpo: CreditMethodReader = {
  fixtureMethod: 'vineppo',
  read: () => ({ method: 'vineppo', parameters: {}, rows: { values_filled: 'V', step_advantages: 'stepA', advantages_raw: 'raw' } }),
};

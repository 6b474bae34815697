import type { CreditMethodReader } from '../creditCase';

export const rlpr: CreditMethodReader = {
  fixtureMethod: 'rlpr',
  read: (params) => ({ method: 'rlpr', parameters: { formatWeight: params.number('format_weight'), epsilon: params.number('eps') }, rows: { rewards: 'R' } }),
};

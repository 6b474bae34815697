import type { CreditMethodReader } from '../creditCase';

export const sar: CreditMethodReader = {
  fixtureMethod: 'sar',
  read: (params) => ({ method: 'sar', parameters: { alpha: params.number('alpha'), ddof: params.numberOr('ddof', 1), epsilon: params.number('eps') }, rows: { rewards: 'R' } }),
};

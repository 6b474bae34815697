import type { CreditMethodReader } from '../creditCase';

export const tpGrpo: CreditMethodReader = {
  fixtureMethod: 'tp_grpo',
  read: (params) => ({ method: 'tp_grpo', parameters: { alpha: params.number('alpha'), ddof: params.numberOr('ddof', 1), epsilon: params.number('eps') }, rows: { outcome_z: 'o' } }),
};

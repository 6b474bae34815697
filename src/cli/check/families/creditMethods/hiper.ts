import type { CreditMethodReader } from '../creditCase';

export const hiper: CreditMethodReader = {
  fixtureMethod: 'hiper',
  read: (params) => ({
    method: 'hiper',
    parameters: {
      gamma: params.number('gamma'), lambda: params.number('lam'), lambdaSegment: params.number('lam_seg'), keepPenalty: params.numberOr('keep_penalty', 0),
      normalise: params.flagOr('normalise', false) ? 'yes' : 'no',
    },
    rows: { advantage_low: 'low', advantage_high: 'high', advantage_term: 'term' },
  }),
};

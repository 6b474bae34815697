// A percentile names the variant that marks uncertain tokens; without it the planning tokens are marked.

import type { CreditMethodReader, ProgramCase } from '../creditCase';
import { readChoice } from './readChoice';

export const hicra: CreditMethodReader = {
  fixtureMethod: 'hicra',
  read(params): ProgramCase {
    const isUncertain = params.has('percentile');
    return {
      method: 'hicra',
      parameters: {
        alpha: params.number('alpha'), base: readChoice(params, 'base', { mean: 'mean', std: 'std' }), marks: isUncertain ? 'uncertain' : 'planned',
        percentile: params.numberOr('percentile', 70), ddof: params.numberOr('ddof', 1), epsilon: params.numberOr('eps', 1e-6),
      },
      rows: isUncertain ? { entropy_threshold: 'threshold' } : {},
    };
  },
};

import type { CreditMethodReader } from '../creditCase';
import { readChoice } from './readChoice';

export const branchGrpo: CreditMethodReader = {
  fixtureMethod: 'branchgrpo',
  read: (params) => ({
    method: 'branchgrpo',
    parameters: {
      depth: readChoice(params, 'depth', { token: 'token', step: 'step' }), epsilon: params.number('eps'), minimumStd: params.number('min_std'), clip: params.number('clip'),
    },
    rows: {},
  }),
};

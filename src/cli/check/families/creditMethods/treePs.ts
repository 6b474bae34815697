import type { CreditMethodReader } from '../creditCase';
import { readChoice } from './readChoice';

export const treePs: CreditMethodReader = {
  fixtureMethod: 'treeps',
  read: (params) => ({ method: 'treeps', parameters: { nodes: readChoice(params, 'nodes', { token: 'token', step: 'step' }) }, rows: {} }),
};

import type { CreditMethodReader } from '../creditCase';
import { readGroupOfOne } from './groupOfOne';

export const rloo: CreditMethodReader = {
  fixtureMethod: 'rloo',
  read: (params) => ({ method: 'rloo', parameters: { groupOfOne: readGroupOfOne(params) }, rows: {} }),
};

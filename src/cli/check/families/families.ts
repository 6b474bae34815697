// The families that `lab check` knows. A case that none or several recognise is skipped.

import type { Family } from '../family';
import { advantages } from './advantages';
import { dtypeTables } from './dtypeTables';
import { klInRewards } from './klInRewards';
import { optimizer } from './optimizer';
import { policyLosses } from './policyLosses';
import { sampling } from './sampling';
import { valueLosses } from './valueLosses';

export const FAMILIES: readonly Family[] = [dtypeTables, optimizer, sampling, policyLosses, valueLosses, klInRewards, advantages];

// The families that `lab check` knows. A case that none or several recognise is skipped.

import type { Family } from '../family';
import { advantages } from './advantages';
import { dtypeTables } from './dtypeTables';
import { grpoStep } from './grpoStep';
import { huggingFace } from './huggingFace';
import { klInRewards } from './klInRewards';
import { models } from './models';
import { optimizer } from './optimizer';
import { policyLosses } from './policyLosses';
import { sampling } from './sampling';
import { valueLosses } from './valueLosses';

export const FAMILIES: readonly Family[] = [dtypeTables, optimizer, sampling, policyLosses, valueLosses, klInRewards, advantages, models, huggingFace, grpoStep];

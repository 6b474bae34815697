// The families that `lab check` knows. A case that none or several recognise is skipped.

import type { Family } from '../family';
import type { FixtureCase } from '../fixture';
import { advantages } from './advantages';
import { credit } from './credit';
import { dtypeTables } from './dtypeTables';
import { grpoStep } from './grpoStep';
import { huggingFace } from './huggingFace';
import { klInRewards } from './klInRewards';
import { models } from './models';
import { optimizer } from './optimizer';
import { policyLosses } from './policyLosses';
import { sampling } from './sampling';
import { valueLosses } from './valueLosses';

const FAMILIES: readonly Family[] = [dtypeTables, optimizer, sampling, policyLosses, valueLosses, klInRewards, advantages, models, huggingFace, grpoStep];

/** A case that names a credit method is of that family alone: its batch holds fields of others. */
export const familiesOf = (fixture: FixtureCase): readonly Family[] => (fixture.method === undefined ? FAMILIES.filter((one) => one.recognises(fixture)) : [credit]);

// The param group_of_one: 'zero', or 'raw' where the answer keeps its own reward.

import type { Fields } from '../../fields';
import { readChoice } from './readChoice';

export const readGroupOfOne = (params: Fields): string => readChoice(params, 'group_of_one', { zero: 'zero', raw: 'keep' });

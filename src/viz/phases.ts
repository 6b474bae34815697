// The phases of an update in order, with the names people read.

import type { Phase } from '../lab/record';

export const PHASE_TITLES: Readonly<Record<Phase, string>> = {
  sample: 'Sample', score: 'Score', critique: 'Critique', credit: 'Credit', gradient: 'Gradient', update: 'Update',
};

export const PHASES = Object.keys(PHASE_TITLES) as readonly Phase[];

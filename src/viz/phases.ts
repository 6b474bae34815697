// The phases of an update in order, with the names people read, and what of the page each of them concerns.

import type { Phase } from '../lab/record';

export const PHASE_TITLES: Readonly<Record<Phase, string>> = {
  sample: 'Sample', score: 'Score', critique: 'Critique', credit: 'Credit', gradient: 'Gradient', update: 'Update',
};

export const PHASES = Object.keys(PHASE_TITLES) as readonly Phase[];

/** Parts of the page that a phase can light; each marks itself with `data-panel`. */
export type PanelName = 'problem' | 'answers' | 'critique' | 'votes' | 'credit' | 'channels' | 'likely' | 'curves';

export interface PhaseView {
  readonly lights: readonly PanelName[];
  /** which way its numbers come over an answer: written from left to right, credit flows back from the end */
  readonly flows: 'forward' | 'backward' | 'none';
  /** what it has made a number of each token of */
  readonly channel?: string;
}

export const PHASE_VIEWS: Readonly<Record<Phase, PhaseView>> = {
  sample: { lights: ['problem', 'answers'], flows: 'forward' },
  score: { lights: ['answers', 'channels'], flows: 'none', channel: 'reward' },
  critique: { lights: ['critique', 'votes'], flows: 'forward' },
  credit: { lights: ['answers', 'credit'], flows: 'backward', channel: 'advantage' },
  gradient: { lights: ['answers', 'channels'], flows: 'none', channel: 'coefficient' },
  update: { lights: ['likely', 'curves'], flows: 'none', channel: 'change' },
};

// A third of a second in which a phase's numbers are seen to arrive: the lit panels flash, and over the answers the tokens
// appear in the direction in which the numbers came. Only while stepping phase by phase; not where motion is unwanted; any key ends it.

import { useEffect } from 'react';
import { PHASE_VIEWS } from '../../viz/phases';
import type { Phase } from '../../lab/record';

const DURATION_MS = 320;
const WHOLE = 'inset(-8px)';
const NOTHING_YET = { forward: 'inset(-8px 100% -8px -8px)', backward: 'inset(-8px -8px -8px 100%)' };

export function usePhaseFlow(phase: Phase, position: number, isByPhase: boolean): void {
  useEffect(() => {
    if (!isByPhase || matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
    const running = playFlow(phase);
    const skip = (): void => { for (const animation of running) animation.finish(); };
    addEventListener('keydown', skip, true);
    return () => {
      removeEventListener('keydown', skip, true);
      for (const animation of running) animation.cancel();
    };
  }, [phase, position, isByPhase]);
}

function playFlow(phase: Phase): Animation[] {
  const timing = { duration: DURATION_MS, easing: 'ease-out', id: 'phaseFlow' };
  const flashes = [...document.querySelectorAll('[data-panel].isLit')].map((panel) => panel.animate([{ outlineWidth: '6px', outlineOffset: '4px' }, {}], timing));
  const { flows } = PHASE_VIEWS[phase];
  const grid = flows === 'none' ? null : document.querySelector('[data-panel="answers"] [role=grid]');
  return grid === null || flows === 'none' ? flashes : [...flashes, grid.animate([{ clipPath: NOTHING_YET[flows] }, { clipPath: WHOLE }], { ...timing, easing: 'linear' })];
}

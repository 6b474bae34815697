// One panel at a time may fill the window. Which one is marked on the panel and on the page around it, and maximised.css does the rest: the
// others stay as they are and out of reach, so that coming back finds them, their sizes and where they were scrolled to unchanged.

import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const PANEL = 'data-maximised';
const PAGE = 'data-has-maximised';

const maximised = createStore<{ readonly panel: Element | null; readonly left: Element | null }>(() => ({ panel: null, left: null }));

/** Back: it was the last to fill the window. */
export type Size = 'own' | 'maximised' | 'back';

export function useSize(of: Element | null): Size {
  return useStore(maximised, ({ panel, left }) => (of === null ? 'own' : of === panel ? 'maximised' : of === left ? 'back' : 'own'));
}

export function maximise(panel: Element): void {
  endMaximised();
  panel.setAttribute(PANEL, '');
  panel.closest('.page')?.setAttribute(PAGE, '');
  maximised.setState({ panel, left: null });
}

/** False where none was. */
export function endMaximised(): boolean {
  const { panel } = maximised.getState();
  if (panel === null) return false;
  panel.removeAttribute(PANEL);
  // a panel that has left the page has no page around it
  document.querySelector(`[${PAGE}]`)?.removeAttribute(PAGE);
  maximised.setState({ panel: null, left: panel });
  return true;
}

/** The panel that has the focus, else the stage; only panels with a menu can be left again by who has no keyboard. */
export function toggleMaximised(): void {
  const focused = document.activeElement?.closest('.panel:has(.panelMenu)') ?? document.querySelector('.stage');
  if (!endMaximised() && focused !== null) maximise(focused);
}

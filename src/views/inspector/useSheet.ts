// On a small screen the inspector stands below the answers, out of sight. When a person chooses a token it comes up as a sheet at the lower
// edge instead (sheets.css); a link that opens at a token leaves it where it is. While the setup is up it waits: one sheet at a time.

import { useEffect, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import { useSession } from '../app/SessionContext';

export interface Sheet {
  readonly isOpen: boolean;
  /** lets the token go; the answers have the focus again, and stay where they are */
  close(): void;
}

export function useSheet(inspector: RefObject<HTMLElement | null>): Sheet {
  const { run, setupPanel } = useSession();
  const [isChosen, setIsChosen] = useState(false);
  const isOpen = useStore(setupPanel, ({ isUp }) => isChosen && !isUp);
  useEffect(() => {
    const listening = new AbortController();
    let isActing = false;
    for (const act of ['click', 'keydown']) document.addEventListener(act, () => {
      isActing = true;
      // once all who hear of it have done what they do
      setTimeout(() => { isActing = false; });
    }, { capture: true, signal: listening.signal });
    const unsubscribe = run.subscribe(({ selection }, before) => {
      if (selection !== before.selection) setIsChosen(selection !== null && isActing);
    });
    return () => {
      listening.abort();
      unsubscribe();
    };
  }, [run]);
  useEffect(() => {
    // what was chosen must not lie under it
    if (isOpen && inspector.current !== null && getComputedStyle(inspector.current).position === 'fixed') selectedChip()?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isOpen, inspector]);
  const close = (): void => {
    selectedChip()?.focus({ preventScroll: true });
    const top = scrollY;
    run.setState({ selection: null, term: null });
    // the grid brings its first token into sight
    requestAnimationFrame(() => scrollTo({ top }));
  };
  return { isOpen, close };
}

function selectedChip(): HTMLElement | null {
  return document.querySelector('[role=gridcell][aria-selected=true]');
}

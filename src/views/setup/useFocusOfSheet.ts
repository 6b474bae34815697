// Opening the sheet takes the focus to it, and the arrows then scroll it: a field of it would ask for the keyboard on the screen.
// Putting it down brings the focus back to where it was, unless it has gone elsewhere by itself. Escape puts it down from its
// fields too, in which the page's own keys rest.

import { useEffect, type RefObject } from 'react';
import { putDown, type SetupPanelStore } from '../../state/setupPanel';

interface Parts {
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly sheet: RefObject<HTMLElement | null>;
}

export function useFocusOfSheet(setupPanel: SetupPanelStore, isUp: boolean, { button, sheet }: Parts): void {
  useEffect(() => {
    const [opener, left] = [button.current, sheet.current];
    if (!isUp || left === null) return undefined;
    const { activeElement: before } = document;
    left.focus({ preventScroll: true });
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && putDown(setupPanel)) event.preventDefault();
    };
    left.addEventListener('keydown', onKeyDown);
    return () => {
      left.removeEventListener('keydown', onKeyDown);
      const { activeElement: now, body } = document;
      if (now !== null && now !== body && !left.contains(now)) return;
      if (before instanceof HTMLElement && before !== body) before.focus({ preventScroll: true });
      // where that was is gone or out of sight
      if (document.activeElement !== before) opener?.focus({ preventScroll: true });
    };
  }, [setupPanel, isUp, button, sheet]);
}

// A button that opens a small panel under itself. Closed by Escape, by pressing elsewhere, and by leaving it with the keyboard.

import { useEffect, useRef, useState, type ReactNode } from 'react';

interface MenuProps {
  readonly label: ReactNode;
  readonly hint?: string;
  /** towards the left, where it stands at the right edge */
  readonly opensLeft?: boolean;
  children(close: () => void): ReactNode;
}

export function Menu({ label, hint, opensLeft = false, children }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => setIsOpen(false);
  useEffect(() => {
    const menu = details.current;
    if (!isOpen || menu === null) return undefined;
    const listening = new AbortController();
    const { signal } = listening;
    const isOutside = (target: EventTarget | null): boolean => target instanceof Node && !menu.contains(target);
    document.addEventListener('pointerdown', ({ target }) => { if (isOutside(target)) setIsOpen(false); }, { signal });
    menu.addEventListener('focusout', ({ relatedTarget }) => { if (isOutside(relatedTarget)) setIsOpen(false); }, { signal });
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      // Escape would clear the selection too
      event.preventDefault();
      setIsOpen(false);
      menu.querySelector('summary')?.focus();
    }, { signal });
    return () => listening.abort();
  }, [isOpen]);
  return (
    <details ref={details} className={opensLeft ? 'menu opensLeft' : 'menu'} open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary title={hint}>{label}</summary>
      {isOpen ? <div className="menuPanel">{children(close)}</div> : null}
    </details>
  );
}

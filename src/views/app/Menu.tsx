// A button that opens a small panel under itself, over whatever is there. Closed by Escape, by pressing elsewhere, by leaving it with
// the keyboard, and when what it hangs on is scrolled away.

import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';

interface MenuProps {
  readonly label: ReactNode;
  readonly hint?: string;
  /** its right edge under the button's, where it stands at the right of the page */
  readonly opensLeft?: boolean;
  children(close: () => void): ReactNode;
}

/** px to the edges of the window */
const MARGIN = 8;

export function Menu({ label, hint, opensLeft = false, children }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => setIsOpen(false);
  useLayoutEffect(() => {
    const [button, opened] = [details.current?.querySelector('summary'), panel.current];
    if (!isOpen || button === undefined || button === null || opened === null) return;
    const { left, right, bottom, top } = button.getBoundingClientRect();
    const { width, height } = opened.getBoundingClientRect();
    const isBelow = bottom + height + MARGIN < innerHeight || top < innerHeight - bottom;
    // what is enlarged measures its places in its own, larger pixels
    const zoom = opened.currentCSSZoom ?? 1;
    opened.style.left = `${Math.max(MARGIN, Math.min(opensLeft ? right - width : left, document.documentElement.clientWidth - width - MARGIN)) / zoom}px`;
    opened.style.top = `${(isBelow ? bottom + 4 : Math.max(MARGIN, top - height - 4)) / zoom}px`;
    opened.style.maxHeight = `${(isBelow ? innerHeight - bottom - MARGIN - 4 : top - MARGIN) / zoom}px`;
  }, [isOpen, opensLeft]);
  useEffect(() => {
    const menu = details.current;
    if (!isOpen || menu === null) return undefined;
    const listening = new AbortController();
    const { signal } = listening;
    const isOutside = (target: EventTarget | null): boolean => target instanceof Node && !menu.contains(target);
    document.addEventListener('pointerdown', ({ target }) => { if (isOutside(target)) setIsOpen(false); }, { signal });
    document.addEventListener('scroll', ({ target }) => { if (target instanceof Node && target.contains(menu)) setIsOpen(false); }, { signal, capture: true });
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
    <details ref={details} className="menu" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary title={hint}>{label}</summary>
      {isOpen ? <div ref={panel} className="menuPanel">{children(close)}</div> : null}
    </details>
  );
}

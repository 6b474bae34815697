// A dialog with a title and a way out, open while the page says so. Its contents exist only while it is open.

import { useEffect, useId, useRef, type ReactNode } from 'react';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly isWide?: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

export function Dialog({ title, isOpen, isWide = false, onClose, children }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
    else if (!isOpen && dialog.current?.open === true) dialog.current.close();
  }, [isOpen]);
  return (
    // Escape: the page knows at once, because the browser tells of a closed dialog only later, and a key pressed meanwhile may open it again.
    // A file input within tells of its own cancelling.
    <dialog
      ref={dialog} className={isWide ? 'dialog isWide' : 'dialog'} aria-labelledby={id}
      onCancel={({ target, currentTarget }) => { if (target === currentTarget) onClose(); }}
      onClose={({ currentTarget }) => { if (!currentTarget.open) onClose(); }}
    >
      {isOpen ? (
        <>
          <div className="dialogHead">
            <h2 id={id}>{title}</h2>
            <button type="button" onClick={onClose}>Close</button>
          </div>
          {children}
        </>
      ) : <h2 id={id} hidden>{title}</h2>}
    </dialog>
  );
}

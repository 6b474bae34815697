// A text to take along: in a field, and copied by a button. Where the browser lets no page copy, the text is selected instead.

import { useId, useRef, useState } from 'react';

interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  /** of the button */
  readonly action: string;
  /** of a dialog: its button has the focus when that opens, so that Enter copies */
  readonly isFirst?: boolean;
}

export function CopyField({ label, text, action, isFirst = false }: CopyFieldProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState({ text: '', words: '' });
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(text);
    if (!isCopied) field.current?.select();
    setSaid({ text, words: isCopied ? 'Copied.' : 'This browser lets no page copy here. The link is selected: copy it with the keyboard or the menu.' });
  };
  return (
    <div className="copyField">
      <label htmlFor={id}>{label}</label>
      <div className="copyRow">
        <input ref={field} id={id} type="text" readOnly value={text} onFocus={(event) => event.target.select()} />
        {/* as an attribute: React's own autoFocus comes before the dialog is shown */}
        <button ref={(button) => { button?.toggleAttribute('autofocus', isFirst); }} type="button" className="primary" onClick={() => void copy()}>{action}</button>
      </div>
      <p className="fieldNote" role="status">{said.text === text ? said.words : ''}</p>
    </div>
  );
}

/** False where the browser refuses: without https the clipboard is no page's. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

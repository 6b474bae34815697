// A part of the page that a teacher's link may lock or take away. What is locked stays readable, and says why it cannot be changed.

import type { ReactNode } from 'react';
import { stateOfControl } from '../../state/link/linkStore';
import type { ControlId } from '../../state/link/controls';
import { useLink } from './SessionContext';

const LOCKED_WORDS = 'Locked by the link that this page was opened with';

/** `id` undefined: no link can change this one. */
export function Control({ id, children }: { readonly id: ControlId | undefined; readonly children: ReactNode }) {
  const state = useLink((link) => (id === undefined ? 'show' : stateOfControl(link, id)));
  switch (state) {
    case 'show': return children;
    case 'hide': return null;
    case 'lock': return <fieldset className="locked" disabled title={LOCKED_WORDS}><legend className="spoken">{LOCKED_WORDS}</legend>{children}</fieldset>;
    default: return state satisfies never;
  }
}

// Fields that the settings of every language model share: a labelled field, numbers with their bounds, and what it is asked.

import { createContext, useContext, type ReactNode } from 'react';
import type { AskedFields } from '../../state/judgeStore';

/** What ids of fields begin with, so that the same settings can be on the page twice. */
export const IdScope = createContext('');

export function useIds(): (name: string) => string {
  const scope = useContext(IdScope);
  return (name) => `${scope}${name}`;
}

export function Field({ id, label, children }: { readonly id: string; readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

interface NumberFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly bounds: readonly [number, number];
  onEdit(text: string): void;
}

export function NumberField({ id, label, value, bounds: [least, most], onEdit }: NumberFieldProps) {
  const isOutOfBounds = value.trim() === '' || !(Number(value) >= least && Number(value) <= most);
  return (
    <Field id={id} label={label}>
      <input id={id} type="number" step="any" value={value} aria-invalid={isOutOfBounds} onChange={(event) => onEdit(event.target.value)} />
      {isOutOfBounds ? <p className="fieldError">From {least} to {most}.</p> : null}
    </Field>
  );
}

export function PromptFields({ fields, onEdit }: { readonly fields: AskedFields; onEdit(change: Partial<AskedFields>): void }) {
  const idOf = useIds();
  return (
    <>
      <Field id={idOf('judgeSystem')} label="System prompt"><textarea id={idOf('judgeSystem')} rows={8} value={fields.system} onChange={(event) => onEdit({ system: event.target.value })} /></Field>
      <Field id={idOf('judgeUser')} label="Prompt; {problem}, {rules}, {steps} and {reference} are filled in"><textarea id={idOf('judgeUser')} rows={8} value={fields.user} onChange={(event) => onEdit({ user: event.target.value })} /></Field>
      {fields.user.includes('{steps}') ? null : <p className="fieldError">The prompt must say {'{steps}'} where the numbered steps are to stand.</p>}
      <p className="checkField"><input id={idOf('judgeReference')} type="checkbox" checked={fields.showsReference} onChange={(event) => onEdit({ showsReference: event.target.checked })} /> <label htmlFor={idOf('judgeReference')}>Show it the right final answer</label></p>
    </>
  );
}

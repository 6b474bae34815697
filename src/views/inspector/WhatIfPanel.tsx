// What if: changes to the verdicts and numbers under the selected token. Everything after them in the credit program follows at once,
// on this page only.

import { useId, useState, type FormEvent } from 'react';
import type { CreditRow } from '../../lab/record';
import type { PartialUpdate } from '../../viz/channel';
import { geometryOf, valueAt, type Place } from '../../viz/creditGeometry';
import { critiqueMark } from '../../viz/critiqueMark';
import { formatShort } from '../../viz/format';
import { useSession } from '../app/SessionContext';
import type { Shown } from '../app/useShown';

interface WhatIfProps { readonly shown: Shown; readonly place: Place; readonly row: number }

export function WhatIfPanel({ shown, place, row }: WhatIfProps) {
  const title = useId();
  const session = useSession();
  const { update } = shown;
  if (update.credit === undefined || update.score === undefined) return null;
  const isRight = update.score.outcome_N[place.answer]! > 0;
  return (
    <section aria-labelledby={title} className="whatIfPanel">
      <h3 id={title}>What if …</h3>
      <p className="whatIfChoices">
        <button type="button" onClick={() => session.whatIf.edit({ kind: 'outcome', answer: place.answer, value: isRight ? 0 : 1 })}>… answer {row + 1} were {isRight ? 'wrong' : 'right'}</button>
      </p>
      <Votes shown={shown} place={place} />
      <NumberField key={`${place.answer} ${place.token}`} update={update} place={place} />
    </section>
  );
}

function Votes({ shown: { update }, place }: Pick<WhatIfProps, 'shown' | 'place'>) {
  const session = useSession();
  const critiques = update.critique?.critiques_Nk[place.answer] ?? [];
  const { step } = critiqueMark(update, place);
  if (step < 0 || critiques.length === 0) return null;
  return (
    <p className="whatIfChoices" role="group" aria-label={`Critiques of step ${step + 1}`}>
      {critiques.map((flags, critique) => {
        if (flags === null) return <span key={critique} className="muted">critique {critique + 1} is missing</span>;
        const isFlagged = flags.includes(step);
        return (
          <button key={critique} type="button" onClick={() => session.whatIf.edit({ kind: 'flag', answer: place.answer, critique, step, isFlagged: !isFlagged })}>
            … critique {critique + 1} called this step {isFlagged ? 'fine' : 'wrong'}
          </button>
        );
      })}
    </p>
  );
}

/** Any line of the program that has a number here; the token's reward first, where there is one. */
function NumberField({ update, place }: { readonly update: PartialUpdate; readonly place: Place }) {
  const id = useId();
  const session = useSession();
  const geometry = geometryOf(update);
  const rows = update.credit!.rows.filter((one) => !Number.isNaN(valueAt(one, geometry, place)));
  const [line, setLine] = useState(() => startLine(rows));
  const [typed, setTyped] = useState<string | null>(null);
  const row = rows.find((one) => one.id === line);
  if (row === undefined) return null;
  const now = valueAt(row, geometry, place);
  const value = typed === null || typed.trim() === '' ? Number.NaN : Number(typed.trim().replace('−', '-').replace(',', '.'));
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!Number.isFinite(value)) return;
    session.whatIf.edit({ kind: 'number', row: row.id, ...place, value });
    setTyped(null);
  };
  return (
    <form className="whatIfNumber" onSubmit={onSubmit}>
      <label className="spoken" htmlFor={`${id}line`}>Line of the credit program</label>
      <select id={`${id}line`} value={line} onChange={(event) => { setLine(event.target.value); setTyped(null); }}>
        {rows.map((one) => <option key={one.id} value={one.id}>… {one.label}</option>)}
      </select>
      <label htmlFor={`${id}value`}>were</label>
      <input id={`${id}value`} type="text" inputMode="decimal" size={7} value={typed ?? formatShort(now)} aria-invalid={typed !== null && !Number.isFinite(value)} onChange={(event) => setTyped(event.target.value)} />
      <button type="submit" disabled={!Number.isFinite(value)}>Set</button>
      {row.shape === 'token' ? null : <span className="muted">for the whole {row.shape === 'scalar' ? 'batch' : row.shape}</span>}
    </form>
  );
}

function startLine(rows: readonly CreditRow[]): string {
  return (rows.find(({ shape }, index) => shape === 'token' && index < rows.length - 1) ?? rows[0])?.id ?? '';
}

// Which updates the curves show: two numbers, for who does not drag along a curve, and the way back to the whole run.

import { useState } from 'react';
import type { UpdateRange } from '../../viz/curveLayout';

interface CurveZoomProps {
  readonly range: UpdateRange | undefined;
  readonly last: number;
  onZoom(range: UpdateRange | undefined): void;
}

export function CurveZoom({ range, last, onZoom }: CurveZoomProps) {
  if (last < 2) return null;
  const [from, to] = range ?? [0, last];
  return (
    <div className="curveZoom" role="group" aria-label="Zoom of the curves" title="Shift and drag along a curve zooms too">
      <span>Curves</span>
      <UpdateField label="from" value={from} least={0} most={to - 1} onNumber={(next) => onZoom([next, to])} />
      <UpdateField label="to" value={to} least={from + 1} most={last} onNumber={(next) => onZoom([from, next])} />
      {range === undefined ? null : <button type="button" onClick={() => onZoom(undefined)}>Whole run</button>}
    </div>
  );
}

interface UpdateFieldProps { readonly label: string; readonly value: number; readonly least: number; readonly most: number; onNumber(value: number): void }

/** Keeps what is being typed until it is a number in bounds. */
function UpdateField({ label, value, least, most, onNumber }: UpdateFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const change = (text: string): void => {
    setTyped(text);
    const next = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isInteger(next) && next >= least && next <= most) onNumber(next);
  };
  return <label>{label} <input type="number" min={least} max={most} value={typed ?? String(value)} onChange={(event) => change(event.target.value)} onBlur={() => setTyped(null)} /></label>;
}

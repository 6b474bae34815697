// How near a method came, in one line beside its name; intervals on hover here, and in the table below.

import type { FidelityRow } from '../../lab/fidelity/fidelity';
import { formatShort } from '../../viz/format';
import { intervalText, MEASURES } from '../../viz/fidelityMeasures';

export function FidelityLine({ row }: { readonly row: FidelityRow }) {
  const shown = MEASURES.filter(({ id }) => id !== 'rmse' && row.scores[id] !== null);
  return (
    <span className="fidelityLine" title={shown.map(({ id, label }) => `${label}: ${intervalText(row.scores[id])}`).join('\n')}>
      {shown.map(({ id, short }) => <span key={id}><span className="muted">{short}</span> {formatShort(Number(row.scores[id]!.value.toFixed(2)))}</span>)}
    </span>
  );
}

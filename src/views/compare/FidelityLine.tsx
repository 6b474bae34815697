// How near a method came, in one line beside its name; intervals on hover here, and in the table below.

import type { FidelityRow, FidelityTable } from '../../lab/fidelity/fidelity';
import { intervalParts, MEASURES, shownScore } from '../../viz/fidelityMeasures';

export function FidelityLine({ row, coverage }: { readonly row: FidelityRow; readonly coverage: FidelityTable['coverage'] }) {
  const shown = MEASURES.filter(({ id }) => id !== 'rmse' && shownScore(row, id, coverage) !== null);
  const parts = shown.map(({ id, label, short }) => ({ id, label, short, ...intervalParts(row.scores[id]) }));
  return (
    <span className="fidelityLine" title={parts.map(({ label, value, range }) => `${label}: ${value} (${range})`).join('\n')}>
      {parts.map(({ id, short, value }) => <span key={id}><span className="muted">{short}</span> {value}</span>)}
    </span>
  );
}

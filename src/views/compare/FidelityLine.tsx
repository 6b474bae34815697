// How near a method came, in one line beside its name; what each short name means on hover here, and in the table below.

import type { FidelityRow, FidelityTable } from '../../lab/fidelity/fidelity';
import { intervalParts, MEASURES, shownScore } from '../../viz/fidelityMeasures';

export function FidelityLine({ row, coverage }: { readonly row: FidelityRow; readonly coverage: FidelityTable['coverage'] }) {
  const shown = MEASURES.filter(({ id }) => id !== 'rmse' && shownScore(row, id, coverage) !== null);
  const parts = shown.map(({ id, label, short, meaning, isLowGood }) => ({ id, label, short, meaning, isLowGood, ...intervalParts(row.scores[id]) }));
  return (
    <span className="fidelityLine">
      {parts.map(({ id, label, short, meaning, isLowGood, value, range }) => (
        <span key={id} title={`${label}: ${value} (${range}). ${meaning} ${isLowGood ? 'Lower' : 'Higher'} is better.`}><span className="muted">{short}</span> {value}</span>
      ))}
    </span>
  );
}

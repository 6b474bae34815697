// How near each method came to the truth over all answers of the batch, with intervals and with what it cost.

import type { Comparison } from '../../lab/fidelity/compare';
import type { FidelityRow } from '../../lab/fidelity/fidelity';
import { formatShare } from '../../viz/format';
import { intervalParts, MEASURES, shownScore, sortedBy } from '../../viz/fidelityMeasures';
import { useSession } from '../app/SessionContext';
import { useCompare } from './useCompare';
import type { Compared } from './useCompared';

export function FidelityPanel({ compared: { comparison, selected } }: { readonly compared: Compared<Comparison> }) {
  const session = useSession();
  const { table, sample, refused, truth } = comparison;
  const measures = MEASURES.filter(({ id }) => id !== 'gradientCosine' || table.gradientAgreement !== undefined);
  const by = useCompare((state) => state.sortedBy);
  const sorted = measures.find(({ id }) => id === by)?.id ?? measures[0]!.id;
  const cells = (row: FidelityRow) => measures.map(({ id }) => {
    const { value, range } = intervalParts(shownScore(row, id, table.coverage));
    return <td key={id}>{value}<small>{range}</small></td>;
  });
  const costCell = ({ cost }: FidelityRow) => <td>{cost.forwards} / {cost.rollouts} / {cost.judgeCalls}</td>;
  return (
    <section className="fidelityPanel" aria-labelledby="fidelityTitle">
      <div className="compareSectionHead"><h3 id="fidelityTitle">Fidelity over all {sample.answers} answers</h3></div>
      <p className="fieldNote">
        Small: 95 % of the resamples of the problems. Known for sure are the sign of {formatShare(Number(table.coverage.sign.toFixed(2)))} of the tokens, a credit of zero for {formatShare(Number(table.coverage.leak.toFixed(2)))}, and
        the breaking token of {formatShare(Number(table.coverage.breaker.toFixed(2)))} of the wrong answers.
        {table.gradientAgreement === undefined ? '' : ` The true gradient is of ${comparison.gradientAnswers} answers more; its halves agree to a cosine of ${table.gradientAgreement.toFixed(2)}.`}
      </p>
      {/* it scrolls by itself, so the keyboard must be able to reach it */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="fidelityScroll" role="region" aria-label="Fidelity" tabIndex={0}>
        <table className="numbers fidelityTable">
          <thead>
            <tr>
              <th scope="col">Method</th>
              {measures.map(({ id, label, meaning, isLowGood }) => (
                <th key={id} scope="col" aria-sort={id === sorted ? (isLowGood ? 'ascending' : 'descending') : 'none'}>
                  <button type="button" className="link" title={`${meaning} ${isLowGood ? 'Lower' : 'Higher'} is better.`} onClick={() => session.compare.setState({ sortedBy: id })}>{label}{id === sorted ? (isLowGood ? ' ↑' : ' ↓') : ''}</button>
                </th>
              ))}
              <th scope="col" title="Beyond the run’s own sampling and scoring">Forwards / rollouts / judge calls</th>
            </tr>
          </thead>
          <tbody>
            <tr><th scope="row">{table.ceiling.title}</th>{cells(table.ceiling)}{costCell(table.ceiling)}</tr>
            {sortedBy(table.rows, sorted).map((row) => (
              // the button in its head does the same for the keyboard
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
              <tr key={row.name} className={row.name === selected.name ? 'isActive isMethod' : 'isMethod'} onClick={() => session.compare.setState({ method: row.name })}>
                <th scope="row"><button type="button" className="link" aria-pressed={row.name === selected.name}>{row.title}</button></th>{cells(row)}{costCell(row)}
              </tr>
            ))}
            <tr><th scope="row">{table.floor.title}</th>{cells(table.floor)}{costCell(table.floor)}</tr>
          </tbody>
        </table>
      </div>
      {refused.length === 0 ? null : <ul className="fieldNote refused">{refused.map(({ name, title, reason }) => <li key={name}><strong>{title}</strong> was left out: {reason}</li>)}</ul>}
      {truth.kind === 'monte-carlo' ? <p className="fieldNote">The truth is sampled itself: no method can be expected to beat the first row, one half of its continuations against the other.</p> : null}
    </section>
  );
}

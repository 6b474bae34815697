// What the policy would have written here, before the update and after it.

import { chipText } from '../../viz/chipLayout';
import type { Place } from '../../viz/creditGeometry';
import { formatNumber, formatSigned } from '../../viz/format';
import { topTokenChanges } from '../../viz/topTokens';
import { usePanel } from '../app/usePanel';
import type { Shown } from '../app/useShown';

export function TopTokensTable({ shown, place }: { readonly shown: Shown; readonly place: Place }) {
  const panel = usePanel('likely', 'likelyPanel');
  const { update, names } = shown;
  const written = update.sample.tokens_NT[place.answer * update.sample.width + place.token];
  const rows = topTokenChanges(update, place);
  if (rows.length === 0) return update.line === undefined ? null : <p className="muted">Top tokens are recorded only for the first answers of an update{update.after === undefined || update.after.watchedAnswers === 0 ? '' : `, here ${update.after.watchedAnswers}`}.</p>;
  return (
    <section {...panel} aria-labelledby="topTitle">
      <h3 id="topTitle">Top tokens, before and after the update</h3>
      <table className="numbers topTokens">
        <thead><tr><th scope="col">Token</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">Change</th></tr></thead>
        <tbody>
          {rows.map(({ id, before, after }) => (
            <tr key={id} className={id === written ? 'isActive' : undefined}>
              <th scope="row"><span className="tokenSmall">{chipText(names.alphabet[id] ?? `<${id}>`).text}</span>{id === written ? <span className="spoken"> written</span> : null}</th>
              <td>{formatNumber(before)}</td>
              <td>{formatNumber(after)}</td>
              <td>{formatSigned(after - before)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

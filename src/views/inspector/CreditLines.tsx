// The credit program for this token, from the advantage back to what it is made of: each line with its formula, the
// formula with its numbers, and the result.

import { useId } from 'react';
import type { CreditRow } from '../../lab/record';
import { rowOfChannel, TD_ERROR } from '../../viz/channel';
import { geometryOf, valueAt, type Place } from '../../viz/creditGeometry';
import { formatNumber } from '../../viz/format';
import { substituteFormula, writtenFormula, type FormulaSegment } from '../../viz/substituteFormula';
import { linesWithTdError } from '../../viz/tdErrorLine';
import { whyNone } from '../../viz/whyNone';
import { NumberOrWhy } from '../app/NumberOrWhy';
import { useRun, useSession } from '../app/SessionContext';
import { usePanel } from '../app/usePanel';
import { rowOfLine, type Shown } from '../app/useShown';

/** A number in a formula: pressing it marks the tokens that it comes from. */
function FormulaNumber({ segment, line }: { readonly segment: FormulaSegment; readonly line: string }) {
  const session = useSession();
  const isMarked = useRun(({ term }) => term !== null && term.line === line && term.name === segment.input);
  if (segment.input === undefined) return <b title={segment.source}>{segment.text}</b>;
  const { input } = segment;
  return <b><button type="button" className="termButton" aria-pressed={isMarked} title={`${segment.source}: mark the tokens it comes from`} onClick={() => session.run.setState({ term: isMarked ? null : { line, name: input } })}>{segment.text}</button></b>;
}

export function CreditLines({ shown, place }: { readonly shown: Shown; readonly place: Place }) {
  const title = useId();
  const session = useSession();
  const panel = usePanel('credit', 'creditPanel');
  const { update, before, channel } = shown;
  const rows = update.credit?.rows ?? [];
  if (rows.length === 0) return null;
  const geometry = geometryOf(update);
  const advantage = rowOfChannel(update, 'advantage');
  // the TD error is a channel of its own name
  const channelOf = (row: CreditRow): string => (row === advantage ? 'advantage' : row.id === TD_ERROR.id ? TD_ERROR.id : `row:${row.id}`);
  const was = (id: string): number => {
    const row = before === undefined ? undefined : rowOfLine(before, id);
    return row === undefined ? Number.NaN : valueAt(row, geometry, place);
  };
  return (
    <section {...panel} aria-labelledby={title}>
      <h3 id={title}>Where the credit comes from</h3>
      <ol className="creditLines">
        {linesWithTdError(update).toReversed().map((row) => {
          const isActive = channelOf(row) === channel.id;
          const { segments, result } = substituteFormula(row, rows, geometry, place);
          return (
            <li key={row.id} className={isActive ? 'creditLine isActive' : 'creditLine'}>
              <button type="button" className="creditName" aria-pressed={isActive} title="Paint this line over the tokens"
                onClick={() => session.run.setState({ channel: channelOf(row), locked: null })}>
                {row.id === TD_ERROR.id ? null : <var>{row.id}</var>} {row.label}
              </button>
              <output className="creditResult"><NumberOrWhy value={result} why={whyNone({ id: channelOf(row), valueAt: () => result }, update, place)} /></output>
              {formatNumber(was(row.id)) === formatNumber(result) || before === undefined ? null : <p className="creditWas"><span className="whatIfTag">What if</span> was {formatNumber(was(row.id))}</p>}
              <p className="creditFormula">{writtenFormula(row.formula)}</p>
              {segments.some((segment) => segment.source !== undefined) ? (
                <p className="creditNumbers">= {segments.map((segment, index) => (segment.source === undefined ? segment.text : <FormulaNumber key={index} segment={segment} line={row.id} />))}</p>
              ) : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

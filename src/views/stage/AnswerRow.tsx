// One answer: its outcome and those of its tokens that are in sight or that keys go on from. Drawn again only when something in this row changes.

import { memo, useMemo, type ReactNode } from 'react';
import type { PartialUpdate } from '../../viz/channel';
import type { ChipText } from '../../viz/chipLayout';
import { formatNumber } from '../../viz/format';
import { isLeftOut } from '../../viz/leftOut';
import { roomOf } from '../../viz/virtualColumns';
import { runsOf, type Span } from '../../viz/virtualRows';
import { TokenChip, type PaintedAnswer } from './TokenChip';

interface AnswerRowProps extends Omit<PaintedAnswer, 'isMasked'> {
  readonly chips: readonly ChipText[];
  readonly widths: readonly number[];
  /** where the columns begin */
  readonly edges: readonly number[];
  readonly columns: Span;
  /** what is drawn over the chips of these columns: the value line, or what a view puts there */
  readonly over: Over | undefined;
  readonly selectedToken: number;
  /** the token that the tab key reaches, -1 for none in this row */
  readonly tabStop: number;
  /** the token that it reached before, and that may still have the focus */
  readonly tabStopBefore: number;
  /** the other end of the span that begins at the selected token, which keys move */
  readonly spanEnd: number;
}

export type Over = (answer: number, row: number, columns: Span) => ReactNode;

export const AnswerRow = memo(function AnswerRow({ update, before, answer, row, chips, widths, edges, columns, channel, domain, palette, valueRow, over, selectedToken, tabStop, tabStopBefore, spanEnd }: AnswerRowProps) {
  const painted = useMemo<PaintedAnswer>(() => ({ update, before, answer, row, channel, domain, palette, valueRow, isMasked: isLeftOut(update, answer) }), [update, before, answer, row, channel, domain, palette, valueRow]);
  const drawnOver = useMemo(() => over?.(answer, row, columns), [over, answer, row, columns]);
  return (
    <div role="row" className={drawnOver === undefined ? 'answerRow' : 'answerRow hasOver'} aria-rowindex={row + 1}>
      {drawnOver}
      <div role="rowheader" className="answerHead" aria-colindex={1}><Outcome update={update} answer={answer} row={row} /></div>
      {runsOf(chips.length, columns, [tabStopBefore, tabStop, spanEnd]).flatMap((run) => (run.isShown
        ? chips.slice(run.first, run.end).map((chip, offset) => {
          const token = run.first + offset;
          return <TokenChip key={token} of={painted} token={token} chip={chip} width={widths[token]!} isSelected={token === selectedToken} isTabStop={token === tabStop} />;
        })
        // as among the rows, its key keeps its place
        : <div key={`away${run.first}`} className="chipsAway" aria-hidden="true" style={{ width: roomOf(edges, run) }} />))}
    </div>
  );
});

function Outcome({ update, answer, row }: { readonly update: PartialUpdate; readonly answer: number; readonly row: number }) {
  const outcome = update.score?.outcome_N[answer];
  const isRight = outcome !== undefined && outcome > 0;
  return (
    <>
      <span className="answerNumber">{row + 1}</span>
      {outcome === undefined ? null : (
        <span className={isRight ? 'outcome isRight' : 'outcome'}>
          <span aria-hidden="true">{isRight ? '✓' : '✗'}</span><span className="spoken">{isRight ? 'right' : 'wrong'}, reward {formatNumber(outcome)}</span>
        </span>
      )}
    </>
  );
}

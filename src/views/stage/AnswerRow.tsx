// One answer: its outcome and its tokens. Drawn again only when something in this row changes.

import { memo, useMemo, type CSSProperties, type ReactNode } from 'react';
import type { CreditRow } from '../../lab/record';
import { branchAt } from '../../viz/branch';
import type { Channel, PartialUpdate } from '../../viz/channel';
import { signedBar, type ChipText } from '../../viz/chipLayout';
import { barColor, fillColor, type Palette } from '../../viz/color';
import { MARK_GLYPHS, MARK_WORDS, stepMarks } from '../../viz/critiqueMark';
import { formatNumber, formatSpoken } from '../../viz/format';
import { isLeftOut, LEFT_OUT_WORDS } from '../../viz/leftOut';
import { isBeyond, position, type Domain } from '../../viz/scale';
import { valueBefore } from '../../viz/valueLine';

const BAR_HEIGHT = 12;

interface AnswerRowProps {
  readonly update: PartialUpdate;
  /** as it was, where `update` follows from the reader’s changes */
  readonly before: PartialUpdate | undefined;
  /** in the batch */
  readonly answer: number;
  /** in the group */
  readonly row: number;
  readonly chips: readonly ChipText[];
  readonly widths: readonly number[];
  readonly channel: Channel;
  readonly domain: Domain;
  readonly palette: Palette;
  /** where the method has a value model */
  readonly valueRow: CreditRow | undefined;
  /** drawn over the chips: the value line, or what a view puts there */
  readonly over: ReactNode;
  readonly selectedToken: number;
  /** the token that the tab key reaches, -1 for none in this row */
  readonly tabStop: number;
}

export const AnswerRow = memo(function AnswerRow({ update, before, answer, row, chips, widths, channel, domain, palette, valueRow, over, selectedToken, tabStop }: AnswerRowProps) {
  // another channel is another colour, not another verdict
  const marks = useMemo(() => stepMarks(update, answer), [update, answer]);
  const isMasked = isLeftOut(update, answer);
  return (
    <div role="row" className={over === undefined ? 'answerRow' : 'answerRow hasOver'} aria-rowindex={row + 1}>
      {over}
      <div role="rowheader" className="answerHead" aria-colindex={1}><Outcome update={update} answer={answer} row={row} /></div>
      {chips.map((chip, token) => {
        const place = { answer, token };
        const value = channel.valueAt(update, place);
        const at = position(domain, value);
        const bar = signedBar(at, BAR_HEIGHT);
        const { kind, isFirst } = marks[token]!;
        const isClipped = update.gradient?.isClipped_NT[answer * update.sample.width + token] === 1;
        const words = [`answer ${row + 1}`, `token ${token + 1}`, chip.spoken, `${channel.label.toLowerCase()} ${formatSpoken(value)}`];
        if (kind !== 'none') words.push(MARK_WORDS[kind]);
        if (isMasked) words.push(LEFT_OUT_WORDS);
        if (isClipped) words.push('ratio clipped');
        if (valueRow !== undefined && channel.id !== `row:${valueRow.id}`) words.push(`value ${formatSpoken(valueBefore(update, valueRow, answer, token))}`);
        const branch = branchAt(update, place);
        const isChanged = before !== undefined && formatNumber(channel.valueAt(before, place)) !== formatNumber(value);
        if (isChanged) words.push('what if');
        if (branch !== undefined) words.push(`branch, '${branch.right}' is right`);
        return (
          <div
            key={token} role="gridcell" className={`chip${chip.isSpecial || branch !== undefined || (isFirst && kind !== 'none') ? ' isAnchor' : ''}${chip.isSpecial ? ' isSpecial' : ''}${isMasked ? ' isMasked' : ''}${isChanged ? ' isChanged' : ''}`} style={{ width: widths[token] }} data-row={row} data-token={token}
            tabIndex={token === tabStop ? 0 : -1} aria-colindex={token + 2} aria-selected={token === selectedToken} aria-label={words.join(', ')}
          >
            <span className="chipText" style={isMasked ? undefined : { backgroundColor: fillColor(palette, channel.kind, at) }}>{chip.text}</span>
            {branch === undefined ? null : <span className="branchMark" />}
            <span className={`mark mark-${kind}`} />
            {isFirst && kind !== 'none' ? <span className="markGlyph" aria-hidden="true">{MARK_GLYPHS[kind]}</span> : null}
            <span className="barStrip" style={{ height: BAR_HEIGHT }}>
              {isMasked || bar.height === 0 ? null : <span className={barClass(isClipped, isBeyond(domain, value))} style={barStyle(bar.top, bar.height, barColor(palette, channel.kind, at))} />}
            </span>
          </div>
        );
      })}
    </div>
  );
});

function Outcome({ update, answer, row }: Pick<AnswerRowProps, 'update' | 'answer' | 'row'>) {
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

function barClass(isClipped: boolean, isCapped: boolean): string {
  return `bar${isClipped ? ' isClipped' : ''}${isCapped ? ' isCapped' : ''}`;
}

function barStyle(top: number, height: number, color: string): CSSProperties {
  return { marginTop: top, height, backgroundColor: color };
}

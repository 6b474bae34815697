// One token of an answer: its text on the channel's colour, the critics' mark, and the bar. Drawn again only when something of it changes:
// scrolling a wide group sideways draws those that come into sight, and a step of the selection two.

import { memo, type CSSProperties } from 'react';
import type { CreditRow } from '../../lab/record';
import { branchAt } from '../../viz/branch';
import type { Channel, PartialUpdate } from '../../viz/channel';
import { signedBar, type ChipText } from '../../viz/chipLayout';
import { barColor, fillColor, type Palette } from '../../viz/color';
import { MARK_GLYPHS, MARK_WORDS, stepMark } from '../../viz/critiqueMark';
import { formatNumber, formatSpoken } from '../../viz/format';
import { LEFT_OUT_WORDS } from '../../viz/leftOut';
import { isBeyond, position, type Domain } from '../../viz/scale';
import { valueBefore } from '../../viz/valueLine';

const BAR_HEIGHT = 12;

/** What the chips of an answer have in common. */
export interface PaintedAnswer {
  readonly update: PartialUpdate;
  /** as it was, where `update` follows from the reader’s changes */
  readonly before: PartialUpdate | undefined;
  /** in the batch */
  readonly answer: number;
  /** in the group */
  readonly row: number;
  readonly channel: Channel;
  readonly domain: Domain;
  readonly palette: Palette;
  /** where the method has a value model */
  readonly valueRow: CreditRow | undefined;
  /** left out of the loss */
  readonly isMasked: boolean;
}

interface TokenChipProps {
  readonly of: PaintedAnswer;
  readonly token: number;
  readonly chip: ChipText;
  readonly width: number;
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
}

export const TokenChip = memo(function TokenChip({ of: { update, before, answer, row, channel, domain, palette, valueRow, isMasked }, token, chip, width, isSelected, isTabStop }: TokenChipProps) {
  const place = { answer, token };
  const value = channel.valueAt(update, place);
  const at = position(domain, value);
  const bar = signedBar(at, BAR_HEIGHT);
  const { kind, isFirst } = stepMark(update, place);
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
      role="gridcell" className={`chip${chip.isSpecial || branch !== undefined || (isFirst && kind !== 'none') ? ' isAnchor' : ''}${chip.isSpecial ? ' isSpecial' : ''}${isMasked ? ' isMasked' : ''}${isChanged ? ' isChanged' : ''}`} style={{ width }} data-row={row} data-token={token}
      tabIndex={isTabStop ? 0 : -1} aria-colindex={token + 2} aria-selected={isSelected} aria-label={words.join(', ')}
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
});

function barClass(isClipped: boolean, isCapped: boolean): string {
  return `bar${isClipped ? ' isClipped' : ''}${isCapped ? ' isCapped' : ''}`;
}

function barStyle(top: number, height: number, color: string): CSSProperties {
  return { marginTop: top, height, backgroundColor: color };
}

// The answers as rows of token chips whose columns line up by position. An ARIA grid with one tab stop; arrows move the
// selection. Pointing at a token changes no React state: one listener moves a marker and writes the line below.

import { useCallback, useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactNode } from 'react';
import { chipText, columnWidths, type ChipText } from '../../viz/chipLayout';
import type { Palette } from '../../viz/color';
import { formatNumber } from '../../viz/format';
import type { Domain } from '../../viz/scale';
import { valueBefore, valueDomain, valueLine, valueRow } from '../../viz/valueLine';
import { columnEdges } from '../../viz/virtualColumns';
import type { Span } from '../../viz/virtualRows';
import { whyNone } from '../../viz/whyNone';
import { useLink, useRun, useSession } from '../app/SessionContext';
import { usePanel } from '../app/usePanel';
import { selectedPlace, tokenText, type Shown } from '../app/useShown';
import { answersWithin, MOST_TOKENS, useIsWhole } from '../export/wholePanel';
import { AnswerRow, type Over } from './AnswerRow';
import { Legend } from './Legend';
import { useGridMarks } from './useGridMarks';
import { MANY_TOKENS, useSight } from './useSight';
import { ValueLineOver } from './ValueLineOver';

interface TokenGridProps {
  readonly shown: Shown;
  readonly domain: Domain;
  readonly palette: Palette;
  /** what a view draws over the chips of each answer, as wide as they all are, in place of the value line: over those of `columns` at least; its parts with data-row and data-token answer to pointing as the chips do */
  readonly drawOver?: (answer: number, row: number, widths: readonly number[], columns: Span) => ReactNode;
}

export function TokenGrid({ shown, domain, palette, drawOver }: TokenGridProps) {
  const session = useSession();
  const selection = useRun((state) => state.selection);
  const isPresenting = useLink((state) => state.classroom.isPresenting);
  const panel = usePanel('answers', shown.before === undefined ? 'gridFrame' : 'gridFrame isWhatIf');
  const scroll = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const hovered = useRef<readonly Element[]>([]);
  const { update, group, names, problem, channel } = shown;
  const chips = useMemo(() => {
    // thousands of tokens are of few kinds
    const known = new Map<string, ChipText>();
    return group.map((answer) => Array.from({ length: update.sample.lengths_N[answer]! }, (_, token) => {
      const text = tokenText({ update, names }, { answer, token });
      const chip = known.get(text) ?? chipText(text);
      known.set(text, chip);
      return chip;
    }));
  }, [update, names, group]);
  const { widths, edges } = useMemo(() => {
    const ofColumns = columnWidths(chips);
    return { widths: ofColumns, edges: columnEdges(ofColumns) };
  }, [chips]);
  const isWhole = useIsWhole();
  const isLong = !isWhole && chips.reduce((tokens, { length }) => tokens + length, 0) > MANY_TOKENS;
  const pictured = isWhole ? answersWithin(chips.map(({ length }) => length)) : group.length;
  const values = useMemo(() => {
    const row = valueRow(update);
    return row === undefined ? undefined : { row, scale: valueDomain(update, row, group) };
  }, [update, group]);
  const drawLine = useCallback<Over>((answer, _row, columns) => (values === undefined ? undefined : <ValueLineOver line={valueLine(update, values.row, answer, widths, values.scale, columns)} />), [update, values, widths]);
  const drawOwn = useMemo<Over | undefined>(() => (drawOver === undefined ? undefined : (answer, row, columns) => drawOver(answer, row, widths, columns)), [drawOver, widths]);
  const [hasEveryLine, setHasEveryLine] = useState(hasRoom);
  const hasSelected = selectedPlace(shown, selection) !== undefined;
  const isOverEvery = drawOwn !== undefined || (hasEveryLine && values !== undefined);
  const tabStop = hasSelected && selection !== null ? { row: selection.answer, token: selection.token } : { row: 0, token: 0 };
  const { rows, columns, leaving, onScroll } = useSight(scroll, pictured, edges, isLong, tabStop);
  useGridMarks(grid, shown);

  const chosenChip = (): HTMLElement | null | undefined => grid.current?.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]');
  useEffect(() => {
    const isFocused = grid.current?.contains(document.activeElement) === true;
    // of a span its other end is looked at, which is the one that moves
    const end = selection?.until === undefined ? null : grid.current?.querySelector(`[role=gridcell][data-row="${selection.answer}"][data-token="${selection.until}"]`);
    if (isFocused) chosenChip()?.focus({ preventScroll: end instanceof Element });
    if (end instanceof Element || (!isFocused && selection !== null)) (end ?? chosenChip())?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selection]);

  const hover = (cell: Element | null): void => {
    if (cell === null ? hovered.current.length === 0 : hovered.current.includes(cell)) return;
    for (const one of hovered.current) one.classList.remove('isHovered');
    hovered.current = cell === null ? [] : partsOf(cell);
    for (const one of hovered.current) one.classList.add('isHovered');
    if (readout.current !== null) readout.current.textContent = cell === null ? '' : readoutText(cell);
  };
  const readoutText = (cell: Element): string => {
    const { row, token } = cellPlace(cell);
    const place = { answer: group[row]!, token };
    const value = values === undefined ? '' : `; value before it ${formatNumber(valueBefore(update, values.row, place.answer, token))}`;
    const why = whyNone(channel, update, place);
    return `Answer ${row + 1}, token ${token + 1} ‘${chipText(tokenText(shown, place)).text}’: ${channel.label.toLowerCase()} ${formatNumber(channel.valueAt(update, place))}${why === undefined ? '' : ` (${why})`}${value}`;
  };
  useEffect(() => {
    const [cell] = hovered.current;
    // another update or phase under a pointer that rests: the number must be that of what is on screen now
    if (cell === undefined || readout.current === null) return;
    if (cell.isConnected && cellPlace(cell).row < group.length) readout.current.textContent = readoutText(cell);
    else hover(null);
  });
  const onPointerOver = (event: PointerEvent): void => hover(cellOf(event.target));
  const pick = (event: MouseEvent | KeyboardEvent): void => {
    const cell = cellOf(event.target);
    if (cell === null || ('key' in event && event.key !== 'Enter')) return;
    const { row, token } = cellPlace(cell);
    if (event.ctrlKey || event.metaKey) {
      // the press has taken the focus to a chip that may scroll away
      chosenChip()?.focus({ preventScroll: true });
      return session.togglePin({ answer: row, token });
    }
    const isSpan = event.shiftKey && hasSelected && selection?.answer === row;
    session.run.setState({ selection: isSpan ? { ...selection, until: token } : { answer: row, token } });
    // the browser took the press for a span of the page's text
    if (isSpan) return getSelection()?.removeAllRanges();
    partsOf(cell).find((part): part is HTMLElement => part instanceof HTMLElement)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.shiftKey && event.key === 'ArrowLeft' ? -1 : event.shiftKey && event.key === 'ArrowRight' ? 1 : 0;
    if (by === 0 || !hasSelected || selection === null) return pick(event);
    // the span's other end moves, not the selection
    event.preventDefault();
    const last = chips[selection.answer]!.length - 1;
    session.run.setState({ selection: { ...selection, until: Math.max(0, Math.min(last, (selection.until ?? selection.token) + by)) } });
  };

  const rowOf = (answer: number, row: number): ReactNode => (
    <AnswerRow
      key={row} update={update} before={shown.before} answer={answer} row={row} chips={chips[row]!} widths={widths} edges={edges} columns={columns} channel={channel} domain={domain} palette={palette}
      valueRow={values?.row} over={drawOwn ?? (hasEveryLine || (hasSelected && selection?.answer === row) ? drawLine : undefined)}
      selectedToken={hasSelected && selection?.answer === row ? selection.token : -1}
      tabStop={tabStop.row === row ? tabStop.token : -1} tabStopBefore={leaving.row === row ? leaving.token : -1} spanEnd={hasSelected && selection?.answer === row ? selection.until ?? -1 : -1}
    />
  );

  return (
    <div {...panel}>
      <div className={isLong ? 'gridScroll isLong' : 'gridScroll'} ref={scroll} onScroll={onScroll}>
        <div className="tokenGrid" ref={grid} role="grid" tabIndex={-1} aria-label={`Answers to problem ${problem + 1}`} aria-rowcount={group.length} aria-colcount={widths.length + 1}
          style={isLong ? { '--chips': `${edges.at(-1)}px` } as CSSProperties : undefined} onPointerOver={onPointerOver} onPointerLeave={isPresenting ? undefined : () => hover(null)} onClick={pick} onKeyDown={onKeyDown}>
          {rows.flatMap(({ first, end, isShown }) => (isShown
            ? group.slice(first, end).map((answer, offset) => rowOf(answer, first + offset))
            // its key keeps its place among the rows, so that none of them is moved in the page, which would cost its focus
            : <div key={`away${first}`} className={isOverEvery ? 'rowsAway hasOver' : 'rowsAway'} aria-hidden="true" style={{ '--rows': end - first } as CSSProperties} />))}
        </div>
        {pictured < group.length ? <p className="muted">{group.length - pictured} more {group.length - pictured === 1 ? 'answer is' : 'answers are'} not in this picture: it holds at most {MOST_TOKENS} tokens.</p> : null}
      </div>
      <div className="gridFoot">
        <Legend shown={shown} palette={palette} valueScale={drawOwn === undefined ? values?.scale : undefined} hasEveryLine={hasEveryLine} onEveryLine={setHasEveryLine} />
        <p className="readout" ref={readout} aria-hidden="true" />
      </div>
    </div>
  );
}

/** A line over each of eight answers needs this much more than they do. */
function hasRoom(): boolean {
  return matchMedia('(min-width: 1100px) and (min-height: 940px)').matches;
}

/** The chip, or what is drawn over it. */
function cellOf(target: EventTarget): Element | null {
  return target instanceof Element ? target.closest('[data-token]') : null;
}

/** Everything of that token: its chip and what is drawn over it, both in one row. */
function partsOf(cell: Element): readonly Element[] {
  return [...cell.closest('[role=row]')?.querySelectorAll(`[data-token="${cellPlace(cell).token}"]`) ?? []];
}

function cellPlace(cell: Element): { readonly row: number; readonly token: number } {
  const { row, token } = (cell as HTMLElement).dataset;
  return { row: Number(row), token: Number(token) };
}

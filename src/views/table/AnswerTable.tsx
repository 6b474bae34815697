// The table itself. Only the rows in sight exist. One tab stop for all rows: the table has the focus, arrows move the selection, and
// the selected row is named to who listens (aria-activedescendant), so that a row that scrolls away takes no focus with it.

import { useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { flagsOf, type AnswerColumn, type AnswerLine, type AnswerOrder } from '../../viz/answerTable';
import type { PartialUpdate } from '../../viz/channel';
import { formatShare } from '../../viz/format';
import { scrollToRow, virtualRows } from '../../viz/virtualRows';
import { missing, NO_NUMBER_OF_LINE } from '../../viz/whyNone';
import { NumberOrWhy } from '../app/NumberOrWhy';
import { selectPlace } from '../app/selectPlace';
import { useRun, useSession } from '../app/SessionContext';
import type { Shown } from '../app/useShown';
import { MOST_LINES, useIsWhole } from '../export/wholePanel';

const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 34;
/** px; of columns that are not here, which are the parts of the reward */
const PART_WIDTH = 104;
const WIDTHS: Readonly<Record<string, number>> = { problem: 100, row: 60, text: 152, flags: 178, reward: 62, advantageSum: 88, advantageLeast: 66, length: 68, critique: 78 };
/** until it is measured */
const FIRST_HEIGHT = 400;

interface AnswerTableProps {
  readonly shown: Shown;
  readonly lines: readonly AnswerLine[];
  readonly columns: readonly AnswerColumn[];
  readonly order: AnswerOrder;
  onOrder(order: AnswerOrder): void;
}

export function AnswerTable({ shown: { update, group }, lines, columns, order, onOrder }: AnswerTableProps) {
  const session = useSession();
  const id = useId();
  const token = useRun((state) => state.selection?.token);
  const selected = useRun((state) => (state.selection === null ? undefined : group[state.selection.answer]));
  const scroll = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: FIRST_HEIGHT });
  const isWhole = useIsWhole();
  const { first, end, above, below } = isWhole ? { first: 0, end: Math.min(lines.length, MOST_LINES), above: 0, below: 0 } : virtualRows(lines.length, ROW_HEIGHT, sight.top, sight.height);
  const selectedIndex = selected === undefined ? -1 : lines.findIndex(({ answer }) => answer === selected);

  const widths = columns.map((column) => WIDTHS[column.id] ?? PART_WIDTH);

  const look = (): void => {
    const { scrollTop, clientHeight } = scroll.current!;
    setSight((was) => (was.top === scrollTop && was.height === clientHeight ? was : { top: scrollTop, height: clientHeight }));
  };
  useEffect(() => {
    const observer = new ResizeObserver(look);
    observer.observe(scroll.current!);
    return () => observer.disconnect();
  }, []);
  // wherever it was selected; sorting and filtering leave the reader at the top
  useEffect(() => {
    const box = scroll.current;
    if (box !== null && selectedIndex >= 0) box.scrollTop = scrollToRow(selectedIndex, ROW_HEIGHT, HEAD_HEIGHT, box.scrollTop, box.clientHeight);
    // oxlint-disable-next-line react/exhaustive-deps
  }, [selected]);

  const select = (index: number): void => {
    const line = lines[Math.max(0, Math.min(lines.length - 1, index))];
    if (line !== undefined) selectPlace(session, update, { answer: line.answer, token: Math.max(0, Math.min(token ?? 0, line.length - 1)) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(sight.height / ROW_HEIGHT) - 2);
    const next = { ArrowDown: selectedIndex + 1, ArrowUp: selectedIndex < 0 ? 0 : selectedIndex - 1, PageDown: selectedIndex + page, PageUp: selectedIndex - page, Home: 0, End: lines.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    select(next);
  };
  const onClick = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (row !== null) select(Number(row.dataset['index']));
  };
  const sortBy = ({ id: column, isNumber }: AnswerColumn): void => {
    const other = order.direction === 'ascending' ? 'descending' : 'ascending';
    onOrder({ column, direction: column === order.column ? other : isNumber ? 'descending' : 'ascending' });
  };

  return (
    <div className={isWhole ? 'answerTableScroll isWhole' : 'answerTableScroll'} ref={scroll} onScroll={look}>
      {/* a grid, because its rows are selected by arrow */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role */}
      <table className="answerTable" role="grid" tabIndex={0} aria-label="Answers of the update" aria-rowcount={lines.length + 1} aria-colcount={columns.length} style={{ width: `max(100%, ${widths.reduce((sum, width) => sum + width, 0)}px)` }}
        aria-activedescendant={selectedIndex >= first && selectedIndex < end ? `${id}${lines[selectedIndex]!.answer}` : undefined} onKeyDown={onKeyDown} onClick={onClick}>
        <colgroup>{widths.map((width, column) => <col key={columns[column]!.id} style={{ width }} />)}</colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.isNumber ? 'isNumber' : undefined} aria-sort={column.id === order.column ? order.direction : 'none'}>
                <button type="button" title={column.meaning} onClick={() => sortBy(column)}>{column.label}</button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 ? <tr aria-hidden="true" style={{ height: above }} /> : null}
          {lines.slice(first, end).map((line, offset) => (
            <tr key={line.answer} id={`${id}${line.answer}`} data-index={first + offset} aria-rowindex={first + offset + 2} aria-selected={line.answer === selected}>
              {columns.map((column) => <Cell key={column.id} column={column} line={line} update={update} />)}
            </tr>
          ))}
          {below > 0 ? <tr aria-hidden="true" style={{ height: below }} /> : null}
        </tbody>
      </table>
      {isWhole && end < lines.length ? <p className="muted">{lines.length - end} more answers are not in this picture: it holds at most {MOST_LINES}.</p> : null}
      {lines.length === 0 ? <p className="emptyStage">No answer is like that.</p> : null}
    </div>
  );
}

function Cell({ column, line, update }: { readonly column: AnswerColumn; readonly line: AnswerLine; readonly update: PartialUpdate }) {
  switch (column.id) {
    case 'problem': return <th scope="row" title={line.prompt}>{line.problem + 1} <span className="cellText">{line.prompt}</span></th>;
    case 'row': return <td className="isNumber">{line.row + 1}</td>;
    case 'text': return <td className="cellText" title={line.text}>{line.text}</td>;
    case 'critique': return <td className="isNumber">{Number.isNaN(line.critique) ? <NumberOrWhy value={line.critique} why="no critique of it could be read" /> : formatShare(line.critique)}</td>;
    case 'length': return <td className="isNumber">{line.length}</td>;
    case 'flags': return <td className="cellFlags" title={flagsOf(line).join(', ')}>{flagsOf(line).map((flag) => <span key={flag} className="answerFlag">{flag}</span>)}</td>;
    default: return <td className="isNumber"><NumberOrWhy value={Number(column.read(line))} why={column.id === 'reward' ? missing(update, 'score') : update.credit === undefined ? missing(update, 'credit') : NO_NUMBER_OF_LINE} /></td>;
  }
}

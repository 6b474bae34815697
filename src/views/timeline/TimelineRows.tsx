// The bars, a row an update, under one scale of seconds. Only the rows in sight exist. One tab stop: arrows show another update, and the
// row is named to who listens by aria-activedescendant.

import { scaleLinear } from 'd3';
import { memo, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { UpdateLine } from '../../lab/record';
import { formatNumber, formatShort } from '../../viz/format';
import { secondsOf, TIMED_PHASES, TIMED_TITLES, timeSpans } from '../../viz/phaseTimeline';
import { scrollToRow, virtualRows } from '../../viz/virtualRows';
import { hiddenMarks, hiddenSentence } from '../../viz/hiddenTime';
import { useSession } from '../app/SessionContext';
import { useHiddenTimes } from './HiddenTimes';

const ROW_HEIGHT = 34;
const ONE_ROW_HEIGHT = 76;

interface TimelineRowsProps { readonly lines: readonly UpdateLine[]; readonly shown: number | undefined }

export function TimelineRows({ lines, shown }: TimelineRowsProps) {
  const session = useSession();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 400 });
  const rowHeight = lines.length === 1 ? ONE_ROW_HEIGHT : ROW_HEIGHT;
  const { first, end, above, below } = virtualRows(lines.length, rowHeight, sight.top, sight.height);
  const longest = Math.max(...lines.map(secondsOf));
  // in a recording without a clock no update took any time
  const seconds = scaleLinear([0, longest > 0 ? longest : 1], [0, 100]).nice(4);
  const times = useHiddenTimes();
  const marks = useMemo(() => hiddenMarks(times), [times]);
  const index = lines.findIndex(({ update }) => update === shown);

  const look = (): void => {
    const { scrollTop, clientHeight } = box.current!;
    setSight((was) => (was.top === scrollTop && was.height === clientHeight ? was : { top: scrollTop, height: clientHeight }));
  };
  useEffect(() => {
    const observer = new ResizeObserver(look);
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (box.current !== null && index >= 0) box.current.scrollTop = scrollToRow(index, rowHeight, 0, box.current.scrollTop, box.current.clientHeight);
  }, [index, rowHeight]);

  const show = (row: number): void => {
    const line = lines[Math.max(0, Math.min(lines.length - 1, row))];
    if (line !== undefined) session.showUpdate(line.update);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    show(next);
  };
  const onClick = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (row !== null) show(Number(row.dataset['index']));
  };

  return (
    <div className="timeline">
      <div className="timelineAxis" aria-hidden="true">
        {seconds.ticks(4).map((tick) => <span key={tick} style={{ left: `${seconds(tick)}%` }}>{formatShort(tick)} s</span>)}
      </div>
      <div className="timelineRows" ref={box} role="listbox" tabIndex={0} aria-label="Updates, seconds by phase" onScroll={look} onKeyDown={onKeyDown} onClick={onClick}
        aria-activedescendant={index >= first && index < end ? `${id}${lines[index]!.update}` : undefined}>
        <div style={{ height: above }} aria-hidden="true" />
        {lines.slice(first, end).map((line, offset) => (
          <div key={line.update} id={`${id}${line.update}`} role="option" aria-selected={line.update === shown} aria-setsize={lines.length} aria-posinset={first + offset + 1}
            className={lines.length === 1 ? 'timelineRow isOnly' : 'timelineRow'} data-index={first + offset}>
            <span className="spoken">{rowWords(line)}{marks.has(line.update) ? `. ${hiddenSentence(marks.get(line.update)!)}` : ''}</span>
            <span className="timelineNumber" aria-hidden="true">{marks.has(line.update) ? <i className="hiddenMark" title={hiddenSentence(marks.get(line.update)!)} /> : null}{line.update}</span>
            <Bars line={line} most={seconds.domain()[1]!} />
          </div>
        ))}
        <div style={{ height: below }} aria-hidden="true" />
      </div>
    </div>
  );
}

const Bars = memo(function Bars({ line, most }: { readonly line: UpdateLine; readonly most: number }) {
  return (
    <span className="timelineBars" aria-hidden="true">
      {timeSpans(line).map(({ phase, lane, start, seconds, isAlongside }) => (
        <span key={`${lane} ${phase}`} className={`phaseBar phase-${phase} lane-${lane}${isAlongside ? ' isAlongside' : ''}`} data-phase={phase} data-lane={lane} title={`${TIMED_TITLES[phase]}: ${isAlongside ? 'at most ' : ''}${formatNumber(seconds)} s`}
          style={{ left: `${(100 * start) / most}%`, width: `${(100 * seconds) / most}%` }}>
          <span className="phaseBarName">{TIMED_TITLES[phase]}</span>
        </span>
      ))}
    </span>
  );
});

function rowWords(line: UpdateLine): string {
  return `Update ${line.update}, ${formatNumber(secondsOf(line))} seconds: ${TIMED_PHASES.map((phase) => `${TIMED_TITLES[phase].toLowerCase()} ${formatNumber(line.seconds[phase])}`).join(', ')}`;
}

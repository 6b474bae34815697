// The whole update under the answers of one problem: every token a cell, in the painted channel at its scale. Pointing says which token
// it is, a click goes there; by keyboard it is a slider over the cells. Pointing draws nothing again: a frame and a line of text move.

import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { chipText } from '../../viz/chipLayout';
import type { Palette } from '../../viz/color';
import type { Place } from '../../viz/creditGeometry';
import { formatNumber, formatSpoken } from '../../viz/format';
import { columnX, minimapLayout, minimapPlace, minimapRamp, minimapValues, panelBytes, summariseMinimap, type MinimapLayout } from '../../viz/minimap';
import { answersOf } from '../../viz/phaseSentence';
import type { Domain } from '../../viz/scale';
import { AsTable } from '../app/AsTable';
import { selectPlace } from '../app/selectPlace';
import { useRun, useSession } from '../app/SessionContext';
import { selectedPlace, tokenText, type Shown } from '../app/useShown';
import { drawMinimap } from './drawMinimap';

interface MinimapProps { readonly shown: Shown; readonly domain: Domain; readonly palette: Palette }

export function Minimap({ shown, domain, palette }: MinimapProps) {
  const [isOpen, setIsOpen] = useState(true);
  const { sample } = shown.update;
  return (
    <details className="minimap" data-panel="minimap" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>Whole update: {sample.answers} answers to {sample.problems_P.length} {sample.problems_P.length === 1 ? 'problem' : 'problems'}</summary>
      {isOpen ? <Picture shown={shown} domain={domain} palette={palette} /> : null}
    </details>
  );
}

function Picture({ shown, domain, palette }: MinimapProps) {
  const session = useSession();
  const { update, channel, problem } = shown;
  const selection = useRun((state) => state.selection);
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointed = useRef<HTMLSpanElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const [room, setRoom] = useState(0);
  /** where the keyboard is; without, at the selected token */
  const [cursor, setCursor] = useState<Place | null>(null);
  const layout = useMemo(() => minimapLayout(update.sample, room), [update.sample, room]);
  const values = useMemo(() => minimapValues(update, channel, layout), [update, channel, layout]);
  const paint = useMemo(() => ({ kind: channel.kind, domain, ramp: minimapRamp(palette, channel.kind), panel: panelBytes(palette) }), [channel.kind, domain, palette]);

  useEffect(() => {
    const measure = (): void => setRoom(box.current?.clientWidth ?? 0);
    const observer = new ResizeObserver(measure);
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (canvas.current !== null && room > 0) drawMinimap(canvas.current, layout, values, update.sample.lengths_N, paint);
  }, [layout, values, update.sample.lengths_N, paint, room]);

  const selected = selectedPlace(shown, selection);
  const at = (cursor !== null && cursor.token < (update.sample.lengths_N[cursor.answer] ?? 0) ? cursor : undefined) ?? selected ?? { answer: layout.answers[0] ?? 0, token: 0 };
  const column = layout.answers.indexOf(at.answer);
  const wordsOf = (place: Place, number: (value: number) => string): string => {
    const of = update.sample.problem_N[place.answer]!;
    const chip = chipText(tokenText(shown, place));
    return `Problem ${of + 1}, answer ${answersOf(update, of).indexOf(place.answer) + 1}, token ${place.token + 1} ‘${chip.text}’: ${channel.label.toLowerCase()} ${number(channel.valueAt(update, place))}`;
  };
  const point = (place: Place | undefined): void => {
    if (readout.current !== null) readout.current.textContent = place === undefined ? '' : wordsOf(place, formatNumber);
    if (pointed.current !== null) Object.assign(pointed.current.style, place === undefined ? { display: 'none' } : { ...cellStyle(layout, place), display: '' });
  };
  const placeUnder = (event: { readonly clientX: number; readonly clientY: number }): Place | undefined => {
    const { left, top } = canvas.current!.getBoundingClientRect();
    return minimapPlace(layout, update.sample.lengths_N, event.clientX - left, event.clientY - top);
  };
  const go = (place: Place | undefined): void => {
    if (place === undefined) return;
    setCursor(null);
    selectPlace(session, update, place);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = event.key === 'Enter' || event.key === ' ' ? undefined : moved(layout, update.sample.lengths_N, column, at.token, event.key);
    if (next === undefined && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (next === undefined) return go(at);
    setCursor(next);
    point(next);
  };
  const group = layout.groups.find((one) => one.problem === problem);

  return (
    <>
      <div className="minimapScroll" ref={box}>
        <div className="minimapFrame" style={{ width: layout.width, height: layout.height }} role="slider" tabIndex={0} aria-label={`${channel.label} of every token of the batch`}
          aria-valuemin={1} aria-valuemax={layout.answers.length} aria-valuenow={column + 1} aria-valuetext={room === 0 ? undefined : wordsOf(at, formatSpoken)}
          onPointerMove={(event: PointerEvent) => point(placeUnder(event))} onPointerLeave={() => point(undefined)} onClick={(event) => go(placeUnder(event))}
          onKeyDown={onKeyDown} onBlur={() => { setCursor(null); point(undefined); }}>
          <canvas ref={canvas} />
          {group === undefined ? null : <span className="minimapGroup" style={{ left: group.x, width: (group.end - group.start) * layout.cellWidth }} />}
          {selected === undefined ? null : <span className="minimapCell isSelected" style={cellStyle(layout, selected)} />}
          <span className="minimapCell" ref={pointed} style={{ display: 'none' }} />
        </div>
      </div>
      <div className="minimapFoot">
        <p className="muted">A column an answer, from its first token down; upper half of a cell above {formatNumber(channel.center)}, lower half below. The framed ones are on screen.</p>
        <p className="minimapReadout" ref={readout} aria-hidden="true" />
      </div>
      <AsTable caption={`${channel.label} by problem`} head={['Problem', 'Answers', 'Mean', 'Least', 'Most']}
        rows={() => summariseMinimap(layout, values).map(({ problem: of, answers, mean, least, most }) => [`${of + 1} ${update.sample.problems_P[of]?.prompt ?? ''}`, String(answers), ...[mean, least, most].map(formatNumber)])} />
    </>
  );
}

function cellStyle(layout: MinimapLayout, { answer, token }: Place): { readonly left: string; readonly top: string; readonly width: string; readonly height: string } {
  const { cellWidth, cellHeight } = layout;
  return { left: `${columnX(layout, layout.answers.indexOf(answer))}px`, top: `${token * cellHeight}px`, width: `${cellWidth}px`, height: `${cellHeight}px` };
}

/** One cell on, or to the same place of the next problem. */
function moved({ answers, groups }: MinimapLayout, lengths_N: ArrayLike<number>, column: number, token: number, key: string): Place | undefined {
  const inGroup = groups.findIndex(({ start, end }) => column >= start && column < end);
  const beside = groups[Math.max(0, Math.min(groups.length - 1, inGroup + (key === 'PageDown' ? 1 : -1)))]?.start ?? 0;
  const [nextColumn, nextToken] = ({
    ArrowLeft: [column - 1, token], ArrowRight: [column + 1, token], ArrowUp: [column, token - 1], ArrowDown: [column, token + 1],
    Home: [column, 0], End: [column, Infinity], PageUp: [beside, token], PageDown: [beside, token],
  } as Readonly<Record<string, readonly [number, number]>>)[key] ?? [-1, -1];
  if (nextColumn === -1 && nextToken === -1) return undefined;
  const answer = answers[Math.max(0, Math.min(answers.length - 1, nextColumn))];
  return answer === undefined ? undefined : { answer, token: Math.max(0, Math.min(lengths_N[answer]! - 1, nextToken)) };
}

// Draws a curve into an SVG element with d3 and keeps it in size. The cursor is shared: pointing at one curve marks the
// same update on all of them, without React. Pressing and dragging moves the whole page through the updates; with Shift it zooms to those
// under it. Marks are buttons over the picture: a picture's own parts can't be reached by keyboard.

import { axisBottom, axisLeft, pointer, select } from 'd3';
import type { StoreApi } from 'zustand/vanilla';
import { curveLayout, nearestPoint, rangeBetween, type BandPoint, type CurveLayout, type CurvePoint, type UpdateRange } from '../../viz/curveLayout';
import type { Finding } from '../../viz/diagnosis';
import { formatNumber, formatShort } from '../../viz/format';

export type CursorStore = StoreApi<{ readonly update: number | null }>;

export interface CurveData {
  readonly points: readonly CurvePoint[];
  readonly band: readonly BandPoint[];
  /** the updates in sight; without, all */
  readonly range: UpdateRange | undefined;
  readonly lastUpdate: number;
  readonly bounds: readonly number[];
  readonly marks: readonly Finding[];
  /** updates at which a person changed something of the run */
  readonly changes: readonly number[];
}

export interface CurveAnswers {
  onPick(update: number): void;
  onZoom(range: UpdateRange): void;
}

export interface CurveChart {
  draw(data: CurveData): void;
  /** the update on screen; much cheaper than drawing */
  select(update: number | undefined): void;
  destroy(): void;
}

const sentenceOf = ({ update, title, sentence }: Finding): string => `Update ${update}. ${title}: ${sentence}`;

/** px; more where the page gives it more */
const HEIGHT = 88;
const MARGIN = { top: 8, right: 10, bottom: 18, left: 36 };

export function createCurveChart(element: SVGSVGElement, overlay: HTMLElement, cursor: CursorStore, { onPick, onZoom }: CurveAnswers): CurveChart {
  const svg = select(element);
  svg.selectChildren().remove();
  const yAxis = svg.append('g').attr('class', 'axis').attr('transform', `translate(${MARGIN.left},0)`);
  const xAxis = svg.append('g').attr('class', 'axis');
  const selectedLine = svg.append('line').attr('class', 'selectedLine').attr('y1', MARGIN.top);
  const band = svg.append('path').attr('class', 'band');
  const changes = svg.append('g');
  const raw = svg.append('path').attr('class', 'rawLine');
  const smooth = svg.append('path').attr('class', 'smoothLine');
  const dots = svg.append('g').attr('class', 'dots');
  const selectedDot = svg.append('circle').attr('class', 'selectedDot').attr('r', 3.5);
  const cursorLine = svg.append('line').attr('class', 'cursorLine').attr('y1', MARGIN.top).attr('visibility', 'hidden');
  const cursorText = svg.append('text').attr('class', 'cursorText').attr('y', MARGIN.top + 8).attr('visibility', 'hidden');
  const zoomed = svg.append('rect').attr('class', 'zoomed').attr('y', MARGIN.top).attr('visibility', 'hidden');
  // beside the buttons rather than in them: it is as wide as the curve and never leaves the page
  const tip = select(overlay).append('p').attr('class', 'markTip').attr('aria-hidden', 'true');
  let data: CurveData = { points: [], band: [], range: undefined, lastUpdate: 0, bounds: [], marks: [], changes: [] };
  let selected: number | undefined;
  let layout: CurveLayout | undefined;

  function draw(): void {
    const room = element.getBoundingClientRect();
    const [width, height] = [Math.max(120, room.width), Math.max(HEIGHT, room.height)];
    // a picture of the panel takes it from here
    svg.attr('height', height);
    const bottom = height - MARGIN.bottom;
    xAxis.attr('transform', `translate(0,${bottom})`);
    for (const line of [selectedLine, cursorLine]) line.attr('y2', bottom);
    zoomed.attr('height', bottom - MARGIN.top);
    layout = curveLayout(data.points, data.lastUpdate, { width, height, ...MARGIN }, data.bounds, { band: data.band, range: data.range });
    const { x, y, points } = layout;
    yAxis.call(axisLeft(y).ticks(3).tickSize(-(width - MARGIN.left - MARGIN.right)).tickPadding(6).tickFormat((value) => formatShort(Number(value))));
    const ticks = x.ticks(Math.max(2, Math.floor(width / 70))).filter(Number.isInteger);
    xAxis.call(axisBottom(x).tickValues(ticks).tickSize(0).tickPadding(6).tickFormat((value) => String(value)));
    band.attr('d', layout.bandPath);
    raw.attr('d', layout.rawPath);
    smooth.attr('d', points.length > 2 ? layout.smoothPath : '');
    const finite = points.filter((point) => Number.isFinite(point.value));
    dots.selectAll('circle').data(finite.length <= 40 ? finite : []).join('circle').attr('r', 1.6).attr('cx', (point) => x(point.update)).attr('cy', (point) => y(point.value));
    changes.selectAll('line').data(data.changes.filter((update) => isInSight({ update }))).join('line').attr('class', 'changeLine').attr('y1', MARGIN.top).attr('y2', bottom).attr('x1', x).attr('x2', x);
    drawMarks(x);
    mark();
    moveCursor();
  }

  function drawMarks(x: CurveLayout['x']): void {
    select(overlay).selectAll<HTMLButtonElement, Finding>('button').data(data.marks.filter(isInSight), ({ sign, update }) => `${sign} ${update}`)
      .join((entered) => {
        const made = entered.insert('button', '.markTip').attr('type', 'button').attr('class', 'curveMark');
        made.append('span').attr('class', 'findingMark').attr('aria-hidden', 'true').text('!');
        return made;
      })
      .attr('aria-label', sentenceOf)
      .style('left', ({ update }) => `${x(update)}px`)
      .on('click', (_event, { update }) => onPick(update))
      .on('pointerenter focus', (_event, finding) => tip.text(sentenceOf(finding)))
      .on('pointerleave blur', () => tip.text(''));
  }

  function isInSight({ update }: { readonly update: number }): boolean {
    return data.range === undefined || (update >= data.range[0] && update <= data.range[1]);
  }

  function mark(): void {
    const isShown = layout !== undefined && selected !== undefined && isInSight({ update: selected });
    selectedLine.attr('visibility', isShown ? null : 'hidden');
    const point = data.points.find((one) => one.update === selected && Number.isFinite(one.value));
    selectedDot.attr('visibility', isShown && point !== undefined ? null : 'hidden');
    if (layout === undefined || selected === undefined) return;
    selectedLine.attr('x1', layout.x(selected)).attr('x2', layout.x(selected));
    if (point !== undefined) selectedDot.attr('cx', layout.x(point.update)).attr('cy', layout.y(point.value));
  }

  function moveCursor(): void {
    const { update } = cursor.getState();
    const point = update === null || layout === undefined ? undefined : nearestPoint(layout, layout.x(update));
    const visibility = point === undefined ? 'hidden' : null;
    cursorLine.attr('visibility', visibility);
    cursorText.attr('visibility', visibility);
    if (point === undefined || layout === undefined) return;
    const at = layout.x(point.update);
    const isRight = at > (layout.x.range()[0]! + layout.x.range()[1]!) / 2;
    cursorLine.attr('x1', at).attr('x2', at);
    cursorText.attr('x', at + (isRight ? -5 : 5)).attr('text-anchor', isRight ? 'end' : 'start').text(`${point.update}: ${formatNumber(point.value)}`);
  }

  const pointAt = (event: PointerEvent): number | null => (layout === undefined ? null : nearestPoint(layout, pointer(event, element)[0])?.update ?? null);
  /** what the drag has reached but not shown: it is shown once a frame, however fast the pointer is */
  let reached: number | null = null;
  let frame = 0;
  const follow = (event: PointerEvent): void => {
    reached = pointAt(event);
    if (frame === 0) frame = requestAnimationFrame(() => {
      frame = 0;
      if (reached !== null && reached !== selected) onPick(reached);
    });
  };
  /** px at which a zoom began */
  let zoomFrom: number | undefined;
  svg.on('pointermove', (event: PointerEvent) => {
    cursor.setState({ update: pointAt(event) });
    const at = pointer(event, element)[0];
    if (zoomFrom !== undefined) zoomed.attr('visibility', null).attr('x', Math.min(zoomFrom, at)).attr('width', Math.abs(at - zoomFrom));
    else if (element.hasPointerCapture(event.pointerId)) follow(event);
  });
  svg.on('pointerleave', () => cursor.setState({ update: null }));
  svg.on('pointerdown', (event: PointerEvent) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    if (event.shiftKey) [zoomFrom] = pointer(event, element);
    else follow(event);
  });
  svg.on('pointerup', (event: PointerEvent) => {
    const range = zoomFrom === undefined || layout === undefined ? undefined : rangeBetween(layout, zoomFrom, pointer(event, element)[0]);
    endZoom();
    if (range !== undefined) onZoom(range);
  });
  svg.on('pointercancel', endZoom);
  function endZoom(): void {
    zoomFrom = undefined;
    zoomed.attr('visibility', 'hidden');
  }
  const stopListening = cursor.subscribe(moveCursor);
  const observer = new ResizeObserver(draw);
  observer.observe(element);

  return {
    draw(next) {
      data = next;
      draw();
    },
    select(update) {
      selected = update;
      mark();
    },
    destroy() {
      cancelAnimationFrame(frame);
      observer.disconnect();
      stopListening();
      svg.on('pointermove', null).on('pointerleave', null).on('pointerdown', null).on('pointerup', null).on('pointercancel', null);
      svg.selectChildren().remove();
      select(overlay).selectChildren().remove();
    },
  };
}

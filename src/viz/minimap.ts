// The whole update as a picture: a column an answer, a row a position, groups side by side. Each cell has an upper and a lower half:
// what lies above the centre paints the upper one, what lies below it the lower one, so that the sign is told by place and not by
// colour alone; magnitudes paint both. Pure arithmetic; the view puts the pixels on a canvas.

import { rgb } from 'd3';
import type { SampleRecord } from '../lab/record';
import type { Channel, PartialUpdate } from './channel';
import { fillColor, type Palette } from './color';
import type { Place } from './creditGeometry';
import { position, type Domain } from './scale';

/** px */
const WIDEST_CELL = 12;
const HIGHEST_CELL = 8;
const WANTED_HEIGHT = 120;
const WANTED_GAP = 3;

export interface MinimapGroup {
  readonly problem: number;
  /** columns [start, end) */
  readonly start: number;
  readonly end: number;
  /** px from the left */
  readonly x: number;
}

export interface MinimapLayout {
  /** answer of each column: problem by problem */
  readonly answers: Uint32Array;
  readonly groups: readonly MinimapGroup[];
  readonly rows: number;
  /** in px */
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly width: number;
  readonly height: number;
}

/** As wide as there is room, or wider where an answer would get less than a pixel. */
export function minimapLayout({ answers, problem_N, lengths_N }: Pick<SampleRecord, 'answers' | 'problem_N' | 'lengths_N'>, room: number): MinimapLayout {
  const order = Uint32Array.from({ length: answers }, (_, answer) => answer).sort((a, b) => problem_N[a]! - problem_N[b]! || a - b);
  const starts = [...order.keys()].filter((column) => column === 0 || problem_N[order[column]!] !== problem_N[order[column - 1]!]);
  const gap = answers + (starts.length - 1) * WANTED_GAP <= room ? WANTED_GAP : 1;
  const cellWidth = Math.max(1, Math.min(WIDEST_CELL, Math.floor((room - (starts.length - 1) * gap) / Math.max(1, answers))));
  const rows = lengths_N.reduce((most, length) => Math.max(most, length), 0);
  const cellHeight = Math.max(2, Math.min(HIGHEST_CELL, 2 * Math.floor(WANTED_HEIGHT / Math.max(1, rows) / 2)));
  const groups = starts.map((start, index): MinimapGroup => ({ problem: problem_N[order[start]!]!, start, end: starts[index + 1] ?? answers, x: start * cellWidth + index * gap }));
  const last = groups.at(-1);
  return { answers: order, groups, rows, cellWidth, cellHeight, width: last === undefined ? 0 : last.x + (last.end - last.start) * cellWidth, height: rows * cellHeight };
}

export function columnX({ groups, cellWidth }: MinimapLayout, column: number): number {
  const group = groups.findLast(({ start }) => start <= column);
  return group === undefined ? 0 : group.x + (column - group.start) * cellWidth;
}

/** The token under a point in px; undefined between groups and past the end of an answer. */
export function minimapPlace({ answers, groups, cellWidth, cellHeight }: MinimapLayout, lengths_N: ArrayLike<number>, x: number, y: number): Place | undefined {
  const group = groups.findLast((one) => one.x <= x);
  if (group === undefined || y < 0) return undefined;
  const column = group.start + Math.floor((x - group.x) / cellWidth);
  const answer = answers[column];
  const token = Math.floor(y / cellHeight);
  return column < group.end && answer !== undefined && token < lengths_N[answer]! ? { answer, token } : undefined;
}

/** [columns, rows]; NaN where there is no token or it has no number. */
export function minimapValues(update: PartialUpdate, channel: Channel, { answers, rows }: Pick<MinimapLayout, 'answers' | 'rows'>): Float32Array {
  const values = new Float32Array(answers.length * rows).fill(Number.NaN);
  answers.forEach((answer, column) => {
    for (let token = 0; token < update.sample.lengths_N[answer]!; token++) values[column * rows + token] = channel.valueAt(update, { answer, token });
  });
  return values;
}

/** Colours of the positions -1 to 1 as bytes of a picture, in `STEPS` steps. */
const STEPS = 256;

export function minimapRamp(palette: Palette, kind: Channel['kind']): Uint32Array {
  return Uint32Array.from({ length: STEPS }, (_, step) => bytesOf(fillColor(palette, kind, (2 * step) / (STEPS - 1) - 1)));
}

/** Little-endian RGBA, as every browser's pictures have it. */
function bytesOf(color: string): number {
  const { r, g, b } = rgb(color);
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

export interface MinimapPaint {
  readonly kind: Channel['kind'];
  readonly domain: Domain;
  readonly ramp: Uint32Array;
  /** of a half without colour, and of no number */
  readonly panel: number;
}

export function panelBytes(palette: Palette): number {
  return bytesOf(palette.panel);
}

/** Fills a picture of `columns` x 2·`rows` pixels; past the end of an answer it is left clear. */
export function paintMinimap(pixels: Uint32Array, values: Float32Array, lengths: ArrayLike<number>, columns: number, rows: number, { kind, domain, ramp, panel }: MinimapPaint): void {
  pixels.fill(0);
  for (let column = 0; column < columns; column++) {
    const length = lengths[column]!;
    for (let row = 0; row < length; row++) {
      const at = position(domain, values[column * rows + row]!);
      const color = Number.isNaN(at) ? panel : ramp[Math.round(((at + 1) / 2) * (STEPS - 1))]!;
      const upper = 2 * row * columns + column;
      pixels[upper] = kind === 'magnitude' || at > 0 ? color : panel;
      pixels[upper + columns] = kind === 'magnitude' || at < 0 ? color : panel;
    }
  }
}

export interface MinimapSummary { readonly problem: number; readonly answers: number; readonly mean: number; readonly least: number; readonly most: number }

/** The picture in words: of each problem the numbers that its cells show. */
export function summariseMinimap({ groups, rows }: MinimapLayout, values: Float32Array): readonly MinimapSummary[] {
  return groups.map(({ problem, start, end }) => {
    const finite = [...values.subarray(start * rows, end * rows)].filter(Number.isFinite);
    const of = (read: () => number): number => (finite.length === 0 ? Number.NaN : read());
    return {
      problem, answers: end - start, mean: of(() => finite.reduce((sum, one) => sum + one, 0) / finite.length),
      least: of(() => finite.reduce((a, b) => Math.min(a, b))), most: of(() => finite.reduce((a, b) => Math.max(a, b))),
    };
  });
}

import { expect, it } from 'vitest';
import { PALETTES } from './color';
import { columnX, minimapLayout, minimapPlace, minimapRamp, minimapValues, paintMinimap, panelBytes, summariseMinimap } from './minimap';
import type { Channel, PartialUpdate } from './channel';

/** Problems 1, 0, 1, 0; the longest answer has three tokens. */
const SAMPLE = { answers: 4, problem_N: Uint32Array.of(1, 0, 1, 0), lengths_N: Uint32Array.of(3, 1, 2, 2) };
const UPDATE = { sample: { ...SAMPLE, width: 4, problems_P: [], tokens_NT: new Uint32Array(16), finished_N: new Uint8Array(4), samplerLogprobs_NT: new Float32Array(16) } } satisfies PartialUpdate;
const TENTHS: Channel = { id: 'x', label: 'X', kind: 'signed', center: 0, meaning: '', valueAt: (_update, { answer, token }) => answer - token };

it('puts the answers of a problem side by side, problems in order', () => {
  const layout = minimapLayout(SAMPLE, 100);
  expect([...layout.answers]).toEqual([1, 3, 0, 2]);
  expect(layout).toMatchObject({ rows: 3, cellWidth: 12, cellHeight: 8, width: 51, height: 24 });
  expect(layout.groups).toEqual([{ problem: 0, start: 0, end: 2, x: 0 }, { problem: 1, start: 2, end: 4, x: 27 }]);
  expect([0, 1, 2, 3].map((column) => columnX(layout, column))).toEqual([0, 12, 27, 39]);
});

it('never makes a cell thinner than a pixel, nor lower than two', () => {
  const many = minimapLayout({ answers: 512, problem_N: Uint32Array.from({ length: 512 }, (_, n) => n >> 3), lengths_N: new Uint32Array(512).fill(400) }, 300);
  expect(many).toMatchObject({ cellWidth: 1, cellHeight: 2, width: 512 + 63 });
});

it('finds the token under a point, and none between groups or past an end', () => {
  const layout = minimapLayout(SAMPLE, 100);
  const at = (x: number, y: number) => minimapPlace(layout, SAMPLE.lengths_N, x, y);
  expect(at(0, 0)).toEqual({ answer: 1, token: 0 });
  expect(at(0, 8)).toBeUndefined();
  expect(at(12, 15.9)).toEqual({ answer: 3, token: 1 });
  expect(at(25, 0)).toBeUndefined();
  expect(at(27, 23)).toEqual({ answer: 0, token: 2 });
  expect(at(-1, 0)).toBeUndefined();
  expect(at(60, 0)).toBeUndefined();
  // every cell is found at its own place
  layout.answers.forEach((answer, column) => {
    for (let token = 0; token < SAMPLE.lengths_N[answer]!; token++) expect(at(columnX(layout, column) + 5, token * 8 + 4)).toEqual({ answer, token });
  });
});

it('paints what is above the centre into the upper half and what is below into the lower one', () => {
  const palette = PALETTES.light;
  const [panel, ramp] = [panelBytes(palette), minimapRamp(palette, 'signed')];
  const pixels = new Uint32Array(2 * 2 * 2).fill(7);
  // first answer: 1 and −1; second: 0.5 and then over
  paintMinimap(pixels, Float32Array.of(1, -1, 0.5, Number.NaN), [2, 1], 2, 2, { kind: 'signed', domain: { center: 0, limit: 1 }, ramp, panel });
  const [blue, orange] = [ramp.at(-1)!, ramp[0]!];
  expect(blue.toString(16)).toBe('ffde933f');
  expect(orange.toString(16)).toBe('ff227ee6');
  expect(panel.toString(16)).toBe('ffffffff');
  expect([...pixels]).toEqual([blue, ramp[191]!, panel, panel, /**/ panel, 0, orange, 0]);
});

it('paints magnitudes into both halves, and nothing where there is no number', () => {
  const [panel, ramp] = [panelBytes(PALETTES.dark), minimapRamp(PALETTES.dark, 'magnitude')];
  const pixels = new Uint32Array(4);
  paintMinimap(pixels, Float32Array.of(-2, Number.NaN), [1, 1], 2, 1, { kind: 'magnitude', domain: { center: 0, limit: 2 }, ramp, panel });
  expect([...pixels]).toEqual([ramp[0], panel, ramp[0], panel]);
});

it('says of each problem what its cells show', () => {
  const layout = minimapLayout(SAMPLE, 100);
  const values = minimapValues(UPDATE, TENTHS, layout);
  expect([...values]).toEqual([1, NaN, NaN, 3, 2, NaN, 0, -1, -2, 2, 1, NaN]);
  expect(summariseMinimap(layout, values)).toEqual([{ problem: 0, answers: 2, mean: 2, least: 1, most: 3 }, { problem: 1, answers: 2, mean: 0, least: -2, most: 2 }]);
});

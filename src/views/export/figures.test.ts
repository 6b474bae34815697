// Figures as SVG: what stands where, and that no text of a token gets out of its element.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleRun } from '../story/exampleRun';
import { channelsOf, findChannel } from '../../viz/channel';
import { chipText, columnWidths } from '../../viz/chipLayout';
import { PALETTES } from '../../viz/color';
import { svg, writeSvg, type SvgNode } from '../../viz/svg';
import { drawCurves } from '../../viz/figures/curvesFigure';
import { drawTokens } from '../../viz/figures/tokenFigure';

const { updates: [update], names } = exampleRun(1, 3);

function tokens(texts: (token: string) => string = (token) => token) {
  const group = [0, 1];
  const chips = group.map((answer) => Array.from({ length: update!.sample.lengths_N[answer]! }, (_, token) => chipText(texts(names.alphabet[update!.sample.tokens_NT[answer * update!.sample.width + token]!]!))));
  return { chips, drawing: drawTokens({
    update: update!, group, chips, widths: columnWidths(chips), channel: findChannel(channelsOf(update!), 'advantage'), domain: { center: 0, limit: 1 }, palette: PALETTES.light, prompt: '1+1:', source: 'here',
  }) };
}

describe('the figure of tokens', () => {
  it('has a chip for each token, in columns by position, inside the picture', () => {
    const { chips, drawing } = tokens();
    const rects = drawing.nodes.filter(({ name, attributes }) => name === 'rect' && attributes['height'] === 22);
    expect(rects.length).toBe(chips.flat().length);
    const lefts = rects.map(({ attributes }) => attributes['x'] as number);
    expect(lefts.slice(0, 3)).toEqual(lefts.slice(chips[0]!.length, chips[0]!.length + 3));
    expect(Math.max(...rects.map(({ attributes: { x, width } }) => Number(x) + Number(width)))).toBeLessThan(drawing.width);
  });

  it('has a bar above the line for credit and below it for blame', () => {
    const { drawing } = tokens();
    const bars = drawing.nodes.filter(({ name, attributes: { fill } }) => name === 'rect' && (fill === PALETTES.light.positiveBar || fill === PALETTES.light.negativeBar));
    const line = drawing.nodes.find(({ name }) => name === 'line')!.attributes['y1'] as number;
    const ofFirst = bars.filter(({ attributes }) => Math.abs(Number(attributes['y']) - line) < 20);
    expect(ofFirst.length).toBeGreaterThan(0);
    for (const { attributes } of ofFirst) {
      const [top, height] = [Number(attributes['y']), Number(attributes['height'])];
      if (attributes['fill'] === PALETTES.light.positiveBar) expect(top + height).toBeCloseTo(line);
      else expect(top).toBeCloseTo(line);
    }
  });

  it('lets no text be anything but text', () => {
    const written = writeSvg(tokens(() => '</text><script>&"\u0000').drawing, 'p=small&at=1');
    expect(written).not.toMatch(/<script|\p{Cc}/u);
    expect(written).toContain('&lt;/text&gt;&lt;script&gt;&amp;"'.replace('"', '&quot;'));
    expect(written).toContain('<metadata><link xmlns="urn:creditscope:link">p=small&amp;at=1</link></metadata>');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const inside = writeSvg({ width: 1, height: 1, title: text, background: text, nodes: [svg('text', { 'data-x': text }, text)] }, text);
      expect(inside.replace(/&(?:amp|lt|gt|quot);/g, '').match(/[&]/)).toBeNull();
      expect(inside.match(/</g)!.length).toBe(11);
    }), { numRuns: 200, seed: 4 });
  });
});

it('a curve has its band behind it, on the axis that holds it, as on the page', () => {
  const points = [{ update: 1, value: 0.5 }, { update: 2, value: 0.6 }, { update: 3, value: 0.9 }];
  const band = [{ update: 1, least: -1, most: 1 }, { update: 2, least: Number.NaN, most: 1 }, { update: 3, least: 0, most: 2 }, { update: 4, least: 0.25, most: 1.5 }];
  const drawn = (with_: typeof band) => drawCurves([{ title: 'Reward', note: 'mean', bounds: [0, 1], points, band: with_ }], 4, PALETTES.light, 'run').nodes[0]!.children.filter((one) => typeof one !== 'string');
  const paths = drawn(band).filter(({ name }) => name === 'path');
  const [x1, x3, x4] = [1, 3, 4].map((update) => 48 + (update / 4) * (340 - 14 - 48));
  // the axis runs from -1 to 2; what is no number breaks the band
  const y = (value: number) => 170 - 26 - ((value + 1) / 3) * (170 - 26 - 36);
  expect(numbersIn(paths[0]!)).toEqual(rounded([x1, y(1), x1, y(-1), x3, y(2), x4, y(1.5), x4, y(0.25), x3, y(0)]));
  expect(paths).toHaveLength(3);
  expect(drawn([]).filter(({ name }) => name === 'path')).toHaveLength(2);
});

const rounded = (all: readonly (number | undefined)[]) => all.map((one) => Number(one!.toFixed(2)));
const numbersIn = ({ attributes }: SvgNode) => [...String(attributes['d']).matchAll(/-?\d+(?:\.\d+)?/g)].map(([text]) => Number(text));

it('curves keep their axes inside their own frame, and leave out what is no number', () => {
  const points = [{ update: 1, value: 0.5 }, { update: 2, value: Number.NaN }, { update: 3, value: 0.9 }];
  const drawing = drawCurves([{ title: 'Reward', note: 'mean', bounds: [0, 1], points }, { title: 'KL', note: 'k3', bounds: [0], points }], 3, PALETTES.dark, 'run');
  const [first] = drawing.nodes;
  expect(first!.children.filter((one) => typeof one !== 'string' && one.name === 'circle')).toHaveLength(2);
  expect(writeSvg(drawing, '')).not.toContain('NaN');
});

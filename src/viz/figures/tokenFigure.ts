// The answers of one problem as a picture of their own: the same columns, colours and bars as on the page, drawn as shapes and text, so
// that a paper can scale it and a person can edit it.

import type { Channel, PartialUpdate } from '../channel';
import { signedBar, type ChipText } from '../chipLayout';
import { barColor, fillColor, type Palette } from '../color';
import { formatNumber } from '../format';
import { isLeftOut } from '../leftOut';
import { position, type Domain } from '../scale';
import { svg, type Drawing, type SvgNode } from '../svg';

export interface TokenFigure {
  readonly update: PartialUpdate;
  /** of the problem, as indices into the batch */
  readonly group: readonly number[];
  readonly chips: readonly (readonly ChipText[])[];
  readonly widths: readonly number[];
  readonly channel: Channel;
  readonly domain: Domain;
  readonly palette: Palette;
  readonly prompt: string;
  /** whose answers these are: task, method, update */
  readonly source: string;
}

const MARGIN = 12;
const HEAD = 48;
const LABEL = 40;
const CHIP = 22;
const BAR = 12;
const ROW = CHIP + BAR + 10;
const GAP = 2;
const MONO = 'ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace';
const SANS = 'system-ui, Helvetica Neue, Arial, sans-serif';
/** of a letter, as a share of the size */
const LETTER = 0.62;

export function drawTokens({ update, group, chips, widths, channel, domain, palette, prompt, source }: TokenFigure): Drawing {
  const lefts = widths.map((_, column) => MARGIN + LABEL + widths.slice(0, column).reduce((sum, width) => sum + width + GAP, 0));
  const scale = `${channel.label}, ${formatNumber(channel.kind === 'signed' ? domain.center - domain.limit : domain.center)} to ${formatNumber(domain.center + domain.limit)}`;
  const end = (lefts.at(-1) ?? 0) + (widths.at(-1) ?? 0);
  const width = Math.ceil(Math.max(320, end, MARGIN + source.length * 11 * LETTER) + MARGIN);
  const text = (x: number, y: number, content: string, more: Readonly<Record<string, string | number>> = {}): SvgNode => svg('text', { x, y, fill: palette.text, 'font-family': SANS, 'font-size': 12, ...more }, content);
  return {
    width, height: HEAD + group.length * ROW + MARGIN, background: palette.panel,
    title: `Answers to ${prompt} painted by ${channel.label.toLowerCase()}`,
    nodes: [
      text(MARGIN, 20, prompt, { 'font-family': MONO, 'font-size': 14, 'font-weight': 'bold' }),
      text(width - MARGIN, 20, scale, { 'text-anchor': 'end' }),
      text(MARGIN, 38, source, { 'font-size': 11, opacity: 0.75 }),
      ...group.flatMap((answer, row): SvgNode[] => {
        const top = HEAD + row * ROW;
        const outcome = update.score?.outcome_N[answer];
        const mark = outcome === undefined ? '' : outcome > 0 ? ' ✓' : ' ✗';
        const last = chips[row]!.length - 1;
        const isMasked = isLeftOut(update, answer);
        return [
          text(MARGIN, top + 15, `${row + 1}${mark}`),
          ...(last < 0 ? [] : [svg('line', { x1: lefts[0]!, x2: lefts[last]! + widths[last]!, y1: top + CHIP + BAR / 2 + 2, y2: top + CHIP + BAR / 2 + 2, stroke: palette.text, 'stroke-opacity': 0.25, 'stroke-width': 0.5 })]),
          ...chips[row]!.flatMap((chip, token) => drawChip(chip, isMasked ? undefined : position(domain, channel.valueAt(update, { answer, token })), { left: lefts[token]!, top, width: widths[token]! }, channel.kind, palette)),
        ];
      }),
    ],
  };
}

/** `at`: on the scale; undefined for an answer that is left out of the loss. */
function drawChip(chip: ChipText, at: number | undefined, { left, top, width }: { readonly left: number; readonly top: number; readonly width: number }, kind: Channel['kind'], palette: Palette): SvgNode[] {
  const bar = signedBar(at ?? 0, BAR);
  const size = chip.isSpecial ? 11 : 14;
  return [
    svg('rect', { x: left, y: top, width, height: CHIP, rx: 4, fill: fillColor(palette, kind, at ?? 0), ...(chip.isSpecial && { stroke: palette.text, 'stroke-opacity': 0.5 }) }),
    svg('text', { x: left + width / 2, y: top + CHIP / 2 + size * 0.35, 'text-anchor': 'middle', 'font-family': MONO, 'font-size': size, fill: palette.text, ...(at === undefined && { 'fill-opacity': 0.6 }), 'xml:space': 'preserve' }, chip.text),
    ...(bar.height === 0 ? [] : [svg('rect', { x: left + width * 0.2, y: top + CHIP + 2 + bar.top, width: width * 0.6, height: bar.height, fill: barColor(palette, kind, at ?? 0) })]),
  ];
}

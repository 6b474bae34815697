// All colour of data. Signed values run from orange (negative) over the panel's own colour (zero) to blue (positive);
// unsigned ones from the panel to violet. Fills lie behind text; bars stand on the panel and are darker or lighter, because
// a fill that text stays readable on is too faint for a bar. Sign is never told by colour alone: see the bars of chipLayout.

import { rgb } from 'd3';

export interface Palette {
  readonly panel: string;
  readonly text: string;
  readonly negativeFill: string;
  readonly positiveFill: string;
  readonly magnitudeFill: string;
  readonly negativeBar: string;
  readonly positiveBar: string;
  readonly magnitudeBar: string;
}

export type Theme = 'light' | 'dark';

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    panel: '#ffffff', text: '#1a1a1a',
    negativeFill: '#e67e22', positiveFill: '#3f93de', magnitudeFill: '#9d84e0',
    negativeBar: '#b85a0a', positiveBar: '#2272bd', magnitudeBar: '#6a4fc0',
  },
  dark: {
    panel: '#16181c', text: '#f1f3f5',
    negativeFill: '#a8520f', positiveFill: '#1f66b5', magnitudeFill: '#6148ae',
    negativeBar: '#f0913f', positiveBar: '#5aa2e6', magnitudeBar: '#a892f0',
  },
};

/** Colour behind a chip's text. `position` is in [-1, 1]; anything that is not a number gets the panel's colour. */
export function fillColor(palette: Palette, kind: 'signed' | 'magnitude', position: number): string {
  const strength = Number.isFinite(position) ? Math.min(1, Math.abs(position)) : 0;
  const end = kind === 'magnitude' ? palette.magnitudeFill : position < 0 ? palette.negativeFill : palette.positiveFill;
  return mix(palette.panel, end, strength);
}

export function barColor(palette: Palette, kind: 'signed' | 'magnitude', position: number): string {
  return kind === 'magnitude' ? palette.magnitudeBar : position < 0 ? palette.negativeBar : palette.positiveBar;
}

/** WCAG 2 contrast ratio of two #rrggbb colours. */
export function contrast(first: string, second: string): number {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

function mix(from: string, to: string, strength: number): string {
  const [a, b] = [partsOf(from), partsOf(to)];
  return `#${a.map((part, i) => Math.round(part + strength * (b[i]! - part)).toString(16).padStart(2, '0')).join('')}`;
}

/** Red, green and blue, 0 to 255; kept, because thousands of tokens are painted with the few colours of a palette. */
function partsOf(color: string): readonly number[] {
  let parts = knownParts.get(color);
  if (parts === undefined) {
    const { r, g, b } = rgb(color);
    knownParts.set(color, parts = [r, g, b]);
  }
  return parts;
}

const knownParts = new Map<string, readonly number[]>();

function luminance(color: string): number {
  const { r, g, b } = rgb(color);
  const [red, green, blue] = [r, g, b].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

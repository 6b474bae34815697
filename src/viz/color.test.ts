import { describe, expect, it } from 'vitest';
import { PALETTES, barColor, contrast, fillColor } from './color';

it('contrast agrees with the published ratios', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#2272bd', '#ffffff')).toBeCloseTo(4.99, 2);
  expect(contrast('#f0913f', '#16181c')).toBeCloseTo(7.47, 2);
});

describe.each(['light', 'dark'] as const)('%s palette', (theme) => {
  const palette = PALETTES[theme];
  it.each(['signed', 'magnitude'] as const)('keeps text readable on every %s fill', (kind) => {
    for (let step = -50; step <= 50; step++) {
      expect(contrast(palette.text, fillColor(palette, kind, step / 50))).toBeGreaterThanOrEqual(4.5);
    }
  });
  it('keeps bars visible on the panel', () => {
    for (const bar of [palette.negativeBar, palette.positiveBar, palette.magnitudeBar]) expect(contrast(bar, palette.panel)).toBeGreaterThanOrEqual(3);
  });
  it('runs from orange over the panel to blue', () => {
    expect(fillColor(palette, 'signed', -1)).toBe(palette.negativeFill);
    expect(fillColor(palette, 'signed', 0)).toBe(palette.panel);
    expect(fillColor(palette, 'signed', 1)).toBe(palette.positiveFill);
    expect(barColor(palette, 'signed', -0.1)).toBe(palette.negativeBar);
    expect(barColor(palette, 'signed', 0.1)).toBe(palette.positiveBar);
  });
  it('is neutral for what is no number and stops at the ends', () => {
    for (const kind of ['signed', 'magnitude'] as const) expect(fillColor(palette, kind, Number.NaN)).toBe(palette.panel);
    expect(fillColor(palette, 'signed', 7)).toBe(palette.positiveFill);
    expect(fillColor(palette, 'signed', Number.POSITIVE_INFINITY)).toBe(palette.panel);
  });
});

it('mixes by hand: half way from white to #e67e22', () => {
  // (255+230)/2 = 242.5, (255+126)/2 = 190.5, (255+34)/2 = 144.5, each rounded up
  expect(fillColor(PALETTES.light, 'signed', -0.5)).toBe('#f3bf91');
});

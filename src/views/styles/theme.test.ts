import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contrast, PALETTES } from '../../viz/color';

const theme = readFileSync(join(import.meta.dirname, 'theme.css'), 'utf8');
const tokens = [...theme.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];
const [light, dark] = [2, 3].map((theme) => new Map(tokens.map((match) => [match[1]!, match[theme]!])));

it.each([['light', light!, PALETTES.light], ['dark', dark!, PALETTES.dark]] as const)('%s: the page stands on the colours that the data was measured on', (_name, colors, palette) => {
  expect(colors.get('panel')).toBe(palette.panel);
  expect(colors.get('text')).toBe(palette.text);
  expect(colors.get('positive-bar')).toBe(palette.positiveBar);
  expect(colors.get('negative-bar')).toBe(palette.negativeBar);
});

it.each([['light', light!], ['dark', dark!]] as const)('%s: text is readable on every ground', (_name, colors) => {
  for (const ground of ['paper', 'panel', 'raised', 'wash']) {
    for (const ink of ['text', 'muted', 'alert']) expect(contrast(colors.get(ink)!, colors.get(ground)!), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    // borders of fields, and the lines that tell critiques apart
    expect(contrast(colors.get('line-strong')!, colors.get(ground)!), `line-strong on ${ground}`).toBeGreaterThanOrEqual(2.7);
  }
  expect(contrast(colors.get('line-strong')!, colors.get('panel')!)).toBeGreaterThanOrEqual(3);
  // marks of the diagnosis, and the sign on them
  expect(contrast(colors.get('warning')!, colors.get('panel')!)).toBeGreaterThanOrEqual(3);
  expect(contrast('#1a1a1a', colors.get('warning')!)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(colors.get('on-ink')!, colors.get('ink')!)).toBeGreaterThanOrEqual(4.5);
});

// What the diagnosis finds in a run stands on the curves as marks and below them as sentences with the run's own numbers;
// a quiet run says that it is quiet.

import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { writeRunFile } from '../src/formats/runFile';
import type { UpdateLine } from '../src/lab/record';
import { exampleRun } from '../src/views/story/exampleRun';
import { axeFindings, LOOKS } from './axeScan';
import { sharedSite, visit, visitRun, type VisitOptions } from './site';

const UPDATES = 12;

const site = sharedSite();

function runWith(change: (update: number) => Partial<UpdateLine>): string {
  const run = exampleRun(UPDATES, 1);
  return writeRunFile({ ...run, updates: run.updates.map((update, i) => ({ ...update, line: { ...update.line, kl: 0.01, update: i + 1, ...change(i + 1) } })) });
}

async function openRun(text: string, options: VisitOptions = {}): Promise<Page> {
  site.visited = await visitRun(site, text, options);
  await site.visited.page.getByRole('grid').waitFor();
  return site.visited.page;
}

const TROUBLED = runWith((update) => ({ kl: update > 6 ? 0.8 : 0.01, samplerGap: update === 3 ? 0.03 : 1e-5 }));

test('a quiet run has no marks and says so', async () => {
  const page = await openRun(runWith(() => ({})));
  await page.getByText(`Diagnosis: nothing unusual in ${UPDATES} updates.`).waitFor();
  expect(await page.locator('.curveMark').count()).toBe(0);
  expect(site.visited.complaints).toEqual([]);
});

test('the run that comes with the page is quiet, and has gradient norms by layer', async () => {
  site.visited = await visit(site);
  await site.visited.page.getByText('Diagnosis: nothing unusual in 20 updates.').waitFor();
  await site.visited.page.getByText('More curves').click();
  const norms = site.visited.page.locator('.curve', { hasText: 'gradient norm' });
  await norms.nth(4).waitFor();
  expect(await norms.count()).toBe(5);
});

test('a finding is a mark on its curve with one sentence, by pointer, by keyboard and read aloud; a click goes there', async () => {
  const page = await openRun(TROUBLED);
  const curve = page.locator('.curve', { hasText: 'KL' }).first();
  // the means of three: (0.01 + 0.01 + 0.8) / 3 at update 7
  const sentence = /^Update 7\. KL blow-up: KL reached 0\.273 nats a token/;
  const mark = curve.getByRole('button', { name: sentence });
  const tip = curve.locator('.markTip');
  expect(await tip.textContent()).toBe('');
  await mark.hover();
  expect(await tip.textContent()).toMatch(sentence);
  await page.getByRole('heading', { level: 1 }).hover();
  expect(await tip.textContent()).toBe('');
  await mark.focus();
  expect(await tip.textContent()).toMatch(sentence);
  const { width, height } = (await mark.boundingBox())!;
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
  await page.keyboard.press('Enter');
  expect(await page.getByRole('slider', { name: 'Update' }).getAttribute('aria-valuetext')).toBe('update 7');
  expect(site.visited.complaints).toEqual([]);
});

test('the list below holds every finding, also those of curves that are not open; a button goes to its update', async () => {
  const page = await openRun(TROUBLED);
  const items = page.getByRole('list', { name: 'Diagnosis' }).getByRole('listitem');
  expect(await items.count()).toBe(2);
  expect(await items.nth(0).textContent()).toMatch(/Update 3 Sampler gap\. .*up to 0\.0300 in a token/);
  expect(await items.nth(1).textContent()).toMatch(/Update 7 KL blow-up\. .*It still holds\./);
  await items.nth(0).getByRole('button').click();
  expect(await page.getByRole('slider', { name: 'Update' }).getAttribute('aria-valuetext')).toBe('update 3');
  await page.getByText('More curves').click();
  await page.locator('.curve', { hasText: 'Sampler gap' }).getByRole('button', { name: /^Update 3\. Sampler gap/ }).waitFor();
});

test('gradient norms are drawn layer by layer on one scale', async () => {
  const page = await openRun(runWith(() => ({ gradNormByLayer: [0.4, 0.8, 0.2, 0.1], explainedVariance: 0.25 })));
  await page.getByText('More curves').click();
  for (const [title, value] of [['Embedding', '0.400'], ['Layer 1', '0.800'], ['Layer 2', '0.200'], ['Final norm and head', '0.100'], ['Explained variance', '0.250']] as const) {
    expect(await page.locator('.curve', { hasText: title }).locator('.curveValue').textContent(), title).toBe(value);
  }
  const heightOf = async (title: string): Promise<number> => Number(await page.locator('.curve', { hasText: title }).locator('.dots circle').first().getAttribute('cy'));
  const [embedding, one, two] = [await heightOf('Embedding'), await heightOf('Layer 1'), await heightOf('Layer 2')];
  // 0.2, 0.4 and 0.8 on one straight scale
  expect(Math.abs((two - embedding) * 2 - (embedding - one))).toBeLessThan(0.1);
});

test.each(LOOKS)('%s: an axe scan finds nothing and nothing leaves the page', async (_name, options) => {
  const page = await openRun(TROUBLED, { ...options, reducedMotion: 'reduce' });
  await page.getByText('More curves').click();
  await page.locator('.curveMark').first().hover();
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});

// A run with a value model and branch tokens: the value line over the chips is what the record says, the numbers are in
// names and inspector too, and a branch is marked and explained.

import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { writeRunFile } from '../src/formats/runFile';
import { exampleRun } from '../src/views/story/exampleRun';
import { axeFindings, LOOKS } from './axeScan';
import { sharedSite, visitRun, type VisitOptions } from './site';

const BRANCH = { token: 2, right: '4', valueRight: 1, valueWrong: 0.25 };
const [plain] = exampleRun(1, 1).updates;
const { lengths_N, width, answers } = plain!.sample;
/** 0.5 at the start, and a quarter more or less with every second token */
const V = Float32Array.from({ length: answers * width }, (_, i) => [0.5, 0.5, 0.75, 0.75, 0.25, 0.25][(i % width) % 6]!);
const RUN = writeRunFile({
  ...exampleRun(1, 1),
  updates: [{
    ...plain!,
    sample: { ...plain!.sample, branches_NK: Array.from({ length: answers }, (_, n) => (n === 1 ? [BRANCH] : [])) },
    credit: { ...plain!.credit, rows: [{ id: 'V', label: 'Value', shape: 'token', formula: 'the value model, before the token', inputs: {}, parameters: {}, values: V }, ...plain!.credit.rows] },
  }],
});

const site = sharedSite();

async function openRun(options: VisitOptions = {}): Promise<Page> {
  site.visited = await visitRun(site, RUN, { viewport: { width: 1280, height: 800 }, ...options });
  await site.visited.page.getByRole('grid').waitFor();
  return site.visited.page;
}

test('the value line stands over the selected answer, or over all, level over each chip at its value', async () => {
  const page = await openRun();
  expect(await page.locator('.valueLine').count()).toBe(0);
  await page.locator('[data-row="1"][data-token="0"]').click();
  expect(await page.locator('.valueLine').count()).toBe(1);
  const over = await page.locator('.valueLine').evaluate((svg) => {
    const { left } = svg.getBoundingClientRect();
    const path = svg.querySelector<SVGPathElement>('.valuePath')!;
    const line = svg.querySelector('.rewardLine')!;
    const chips = [...svg.closest('[role=row]')!.querySelectorAll('[role=gridcell]')].map((chip) => {
      const box = chip.getBoundingClientRect();
      return (box.left + box.right) / 2 - left;
    });
    const end = path.getTotalLength();
    const points = Array.from({ length: 4001 }, (_, i) => path.getPointAtLength((end * i) / 4000));
    return { chips, heights: chips.map((x) => points.reduce((best, point) => (Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best)).y), reward: Number(line.getAttribute('y1')) };
  });
  expect(over.heights.length).toBe(lengths_N[1]);
  // the scale is 0 to 1, so that reward and values give its two ends
  const outcome = plain!.score.outcome_N[1]!;
  const [low, high] = outcome === 1 ? [2 * over.heights[0]! - over.reward, over.reward] : [over.reward, 2 * over.heights[0]! - over.reward];
  over.heights.forEach((height, token) => expect(Math.abs(height - (low + (high - low) * V[width + token]!)), `token ${token}`).toBeLessThan(0.6));
  await page.getByRole('button', { name: 'over every answer' }).click();
  expect(await page.locator('.valueLine').count()).toBe(8);
  expect(site.visited.complaints).toEqual([]);
});

test('the value is in the name of each chip, under the pointer and in the inspector', async () => {
  const page = await openRun();
  const chip = page.locator('[data-row="1"][data-token="4"]');
  expect(await chip.getAttribute('aria-label')).toContain('value 0.250');
  await chip.hover();
  expect(await page.locator('.readout').textContent()).toMatch(/; value before it 0\.250$/);
  await chip.click();
  expect(await page.locator('[data-channel="row:V"] td').textContent()).toBe('0.250');
});

test('a branch is marked, named in the legend, and explained with its exact values', async () => {
  const page = await openRun();
  expect(await page.locator('.chip .branchMark').count()).toBe(1);
  await page.locator('.legend', { hasText: 'branch: one token is right here and decides' }).waitFor();
  const chip = page.locator('[data-row="1"][data-token="2"]');
  expect(await chip.locator('.branchMark').count()).toBe(1);
  expect(await chip.getAttribute('aria-label')).toContain("branch, '4' is right");
  await chip.click();
  expect(await page.locator('.inspector').textContent()).toMatch(/Branch: ‘4’ is right here, .*probability 1 after ‘4’ and 0\.25 after anything else\./);
});

test.each(LOOKS)('%s: an axe scan finds nothing and nothing leaves the page', async (_name, options) => {
  const page = await openRun({ ...options, reducedMotion: 'reduce' });
  await page.locator('[data-row="1"][data-token="2"]').click();
  await page.getByRole('button', { name: 'over every answer' }).click();
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});

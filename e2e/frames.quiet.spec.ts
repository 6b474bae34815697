// The measure of smoothness itself: by hand-worked numbers, and on pages that are smooth or stutter on purpose.

import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchOptions } from './browser.mjs';
import { frameStatistics, measureFrames } from './frames';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions());
  page = await browser.newPage();
});
afterAll(() => browser?.close());

test('median and 95th percentile by nearest rank', () => {
  const intervals = [...new Array<number>(18).fill(16), 40, 90];
  expect(frameStatistics(intervals)).toEqual({ count: 20, medianMs: 16, p95Ms: 40, longestMs: 90 });
  expect(frameStatistics([7])).toEqual({ count: 1, medianMs: 7, p95Ms: 7, longestMs: 7 });
  expect(() => frameStatistics([])).toThrow('no two frames');
});

test('an idle page is smooth, a page that computes 100 ms of every 110 is not', async () => {
  await page.setContent('<h1>idle</h1>');
  const idle = await measureFrames(page, 1500);
  expect(idle.medianMs).toBeLessThan(20);
  await page.evaluate(() => {
    setInterval(() => {
      const until = performance.now() + 100;
      while (performance.now() < until);
    }, 110);
  });
  const busy = await measureFrames(page, 1500);
  expect(busy.p95Ms).toBeGreaterThan(80);
});

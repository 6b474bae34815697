// The page in Firefox: the opening, the recorded run, keys, and training on the processor, which threads speed up there too. Where
// Firefox offers WebGPU but no adapter, or has it switched off, the page says which of the two.

import type { Page } from 'puppeteer-core';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/cli/install.mjs';
import { openFirefox } from '../firefox';
import { serveFolder, type StaticServer } from '../staticServer';

let server: StaticServer;
beforeAll(async () => { server = await serveFolder(join(projectRoot, 'dist'), '/some/base/', true); });
afterAll(() => server?.close());

const textOf = (page: Page, selector: string): Promise<string> => page.$eval(selector, (element) => element.textContent ?? '');

describe.each([
  ['WebGPU switched on', { 'dom.webgpu.enabled': true }, /offers no adapter/],
  ['WebGPU switched off', { 'dom.webgpu.enabled': false }, /has no WebGPU/],
] as const)('Firefox, %s', (_, preferences, reason) => {
  test('shows the recorded run, obeys keys and learns', async () => {
    const browser = await openFirefox(preferences);
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
      await page.goto(server.url);
      await page.waitForSelector('::-p-aria([name="A judge for every step"][role="button"])');
      await page.click('::-p-aria([name="A judge for every step"][role="button"])');
      expect(await textOf(page, '.openingSentence')).toMatch(/^CAPO: a judge read the answer/);

      await page.waitForSelector('[role=grid] [role=gridcell]');
      await page.click('[role=grid] [role=gridcell]');
      await page.keyboard.press('ArrowRight');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^answer 1, token 2,/);

      await page.waitForFunction(() => document.querySelector('.badge')?.getAttribute('data-backend') === 'cpu');
      expect(await textOf(page, '.badge')).toMatch(reason);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await page.keyboard.press('Escape');
      await page.keyboard.press(' ');
      await page.waitForFunction(() => /Training, update [2-9]/.test(document.querySelector('.statusText')?.textContent ?? ''), { timeout: 120_000 });
      await page.keyboard.press(' ');
      await page.waitForFunction(() => document.querySelector('.statusText')?.getAttribute('data-status') === 'paused', { timeout: 60_000 });
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 240_000);
});

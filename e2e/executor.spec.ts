// Where the page trains: a software adapter gives way to the processor unless the address asks for it; the processor
// computes with threads where the page is isolated, and its numbers are the same with any number of them.

import type { Page } from 'playwright';
import { afterEach, describe, expect, test } from 'vitest';
import { openSite, visit, type Site, type Visit } from './site';
import { chooseSmall, hasLines, linesOf, listen, press, type Line } from './smallRun';

const LIMIT_MS = 240_000;
const WAIT_MS = 90_000;

let site: Site | undefined;
let open: Visit | undefined;
afterEach(async () => {
  await open?.close();
  await site?.close();
  open = undefined;
  site = undefined;
});

const badge = (page: Page) => page.locator('.badge');

/** Of the first updates of a small run. */
async function linesOfRun(page: Page, updates: number): Promise<readonly Line[]> {
  await listen(page);
  await page.reload();
  await chooseSmall(page, { problems: 4, answers: 4, updatesBetweenTests: 2 });
  await press(page, 'Play');
  await hasLines(page, updates, WAIT_MS);
  return (await linesOf(page)).slice(0, updates);
}

test('a software adapter gives way to the processor, and the badge says why', { timeout: LIMIT_MS }, async () => {
  site = await openSite({ webGpu: 'any-adapter' });
  open = await visit(site);
  const isSoftware = await open.page.evaluate(async () => (await navigator.gpu.requestAdapter())!.info.isFallbackAdapter);
  await badge(open.page).filter({ hasText: /WebGPU|CPU/ }).waitFor({ timeout: WAIT_MS });
  const text = await badge(open.page).textContent();
  if (isSoftware) expect(text).toMatch(/^CPU.*software one.*the processor itself is several times faster/);
  // with the step for this browser and system
  if (isSoftware) expect(await open.page.locator('.whereItTrains').textContent()).toMatch(/How to get WebGPU here.*A machine without a graphics card trains on the processor\. .*On Linux/);
  else expect(text).toMatch(/^WebGPU/);
  await open.close();

  open = await visit(site, { search: '?executor=webgpu' });
  await badge(open.page).filter({ hasText: /^WebGPU/ }).waitFor({ timeout: WAIT_MS });
  await open.close();
  open = await visit(site, { search: '?executor=cpu' });
  await badge(open.page).filter({ hasText: /^CPU.*address asks for the processor/ }).waitFor({ timeout: WAIT_MS });
  expect(open.complaints).toEqual([]);
});

describe('an isolated page on the processor', () => {
  test('gives the same lines with one, two and three threads as a page that is not isolated', { timeout: LIMIT_MS }, async () => {
    const updates = 3;
    site = await openSite({ webGpu: 'no-adapter' });
    open = await visit(site, { search: '?threads=2' });
    await badge(open.page).filter({ hasText: /^CPU[^,]/ }).waitFor({ timeout: WAIT_MS });
    const alone = await linesOfRun(open.page, updates);
    expect(alone).toHaveLength(updates);
    await open.close();
    await site.close();

    site = await openSite({ webGpu: 'no-adapter', isIsolated: true });
    for (const threads of [1, 2, 3]) {
      open = await visit(site, { search: `?threads=${threads}` });
      expect(await open.page.evaluate(() => crossOriginIsolated)).toBe(true);
      await badge(open.page).filter({ hasText: threads === 1 ? /^CPU[^,]/ : new RegExp(`^CPU, ${threads} threads`) }).waitFor({ timeout: WAIT_MS });
      expect(await linesOfRun(open.page, updates), `${threads} threads`).toEqual(alone);
      // Chromium itself says so to whoever asks for an adapter
      expect(open.complaints.filter((one) => !one.startsWith('console warning: No available adapters.'))).toEqual([]);
      await open.close();
    }
  });
});

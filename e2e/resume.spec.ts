// A run outlives its page: after a reload, a crash of the page or of the whole browser it goes on, and its lines are
// those of a run that was never interrupted, bit for bit. What cannot be kept or read is told and harms nothing.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { argsWithoutWebGpu, launchOptions } from './browser.mjs';
import { sharedSite, visit, type SharedSite } from './site';
import { chooseSmall, continuing, goOn, hasLines, linesOf, listen, pageIn, paused, press, savedAt, train, WAIT_MS, type Line } from './smallRun';

const LIMIT_MS = 240_000;

/** A fresh profile. */
async function newPage(site: SharedSite): Promise<Page> {
  site.visited = await visit(site, { before: listen });
  return site.visited.page;
}

async function unbroken(site: SharedSite, updates: number, method = 'capo'): Promise<Line[]> {
  const page = await newPage(site);
  await chooseSmall(page, { method });
  await press(page, 'Play');
  await hasLines(page, updates);
  const lines = await linesOf(page);
  await site.visited.close();
  return lines.slice(0, updates);
}

describe.each([['adapter', /^WebGPU /], ['no-adapter', /^CPU/]] as const)('with WebGPU %s', (...[webGpu, badge]) => {
  const site = sharedSite({ webGpu });

  test('after a reload in the middle of training the run goes on, and its lines are those of the unbroken one', { timeout: LIMIT_MS }, async () => {
    const page = await newPage(site);
    await chooseSmall(page);
    await press(page, 'Play');
    await hasLines(page, 3);
    expect(await page.locator('.badgeName').textContent()).toMatch(badge);
    await page.reload();
    const from = await goOn(page);
    // quick updates are saved a few at a time
    expect(from).toBeGreaterThanOrEqual(1);
    expect(await linesOf(page)).toHaveLength(from);
    await page.getByText(`Saved at update ${from}`, { exact: true }).waitFor();
    // the past stands there: its curve, its latest answers, its setup
    expect(await page.locator('.curve', { hasText: 'Reward' }).locator('.dots circle').count()).toBe(from);
    expect(await page.getByRole('grid').getByRole('row').count()).toBe(4);
    expect(await page.getByLabel('Seed', { exact: true }).inputValue()).toBe('5');
    await press(page, 'Next update');
    await hasLines(page, from + 1);
    await paused(page);
    await press(page, 'Play');
    await hasLines(page, 7);
    const lines = (await linesOf(page)).slice(0, 7);
    expect(site.visited.complaints).toEqual([]);
    await site.visited.close();
    expect(lines).toEqual(await unbroken(site, 7));
    expect(lines.every(({ gradNorm }) => gradNorm! > 0)).toBe(true);
  });
});

describe('on the processor', () => {
  const site = sharedSite({ webGpu: 'no-adapter' });

  test('pages that are closed or crash at any moment lose nothing that was said to be saved', { timeout: LIMIT_MS }, async () => {
    const ends = 4;
    await newPage(site);
    const { context } = site.visited;
    let known = 0;
    const all: Line[] = [];
    for (let i = 0; i <= ends; i++) {
      const page = await pageIn(context, site.url);
      if (known === 0) await chooseSmall(page);
      else {
        const found = await goOn(page);
        expect(found, `after end ${i}`).toBeGreaterThanOrEqual(known);
        expect(await linesOf(page), `after end ${i}`).toHaveLength(found);
      }
      await press(page, 'Play');
      // what is said to be saved must be found again
      const saved = page.getByText(savedAt);
      await hasLines(page, known + 1);
      await saved.waitFor({ timeout: WAIT_MS });
      // each at another moment of an update
      await page.waitForTimeout(150 * i);
      known = Number(/\d+/.exec((await saved.textContent())!)![0]);
      if (i === ends) all.push(...await linesOf(page));
      if (i % 2 === 0) await page.close();
      else await crash(page);
    }
    expect(all.length).toBeGreaterThan(ends);
    await site.visited.close();
    expect(all).toEqual(await unbroken(site, all.length));
  });

  test('a run with a value model goes on with what that had learned', { timeout: LIMIT_MS }, async () => {
    const page = await newPage(site);
    await chooseSmall(page, { method: 'ppo' });
    await press(page, 'Play');
    await hasLines(page, 3);
    await page.getByText(savedAt).waitFor({ timeout: WAIT_MS });
    await page.reload();
    const from = await goOn(page);
    await press(page, 'Play');
    await hasLines(page, from + 4);
    const lines = (await linesOf(page)).slice(0, from + 4);
    expect(site.visited.complaints).toEqual([]);
    await site.visited.close();
    expect(lines).toEqual(await unbroken(site, from + 4, 'ppo'));
    expect(lines.every(({ explainedVariance }) => explainedVariance !== null)).toBe(true);
  });

  test('a browser that is killed finds the run when it starts again', { timeout: LIMIT_MS }, async () => {
    const profile = mkdtempSync(join(tmpdir(), 'creditscope-profile-'));
    let running: BrowserContext | undefined;
    const start = async () => {
      running = await chromium.launchPersistentContext(profile, { ...launchOptions(), args: [...argsWithoutWebGpu] });
      await listen(running);
      return running;
    };
    try {
      const first = await start();
      const page = await pageIn(first, site.url);
      await chooseSmall(page);
      await press(page, 'Play');
      await hasLines(page, 3);
      const known = Number(/\d+/.exec((await page.getByText(savedAt).textContent({ timeout: WAIT_MS }))!)![0]);
      const gone = new Promise((resolve) => { first.on('close', resolve); });
      const session = await first.newCDPSession(page);
      await session.send('Browser.crash' as never).catch(() => undefined);
      await gone;

      const again = await pageIn(await start(), site.url);
      expect(await goOn(again)).toBeGreaterThanOrEqual(known);
    } finally {
      await running?.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  });

  test('a damaged run is refused with the reason, can be forgotten, and the page trains', { timeout: LIMIT_MS }, async () => {
    const page = await newPage(site);
    await chooseSmall(page);
    await train(page, 2);
    // in a page without a run, so that nothing holds its files
    await page.goto(`${site.url}models/chain/config.json`);
    const damaged = await page.evaluate(async () => {
      const names: string[] = [];
      const runs = await (await navigator.storage.getDirectory()).getDirectoryHandle('creditscope-runs');
      for await (const run of runs.values()) for await (const [name, file] of (run as FileSystemDirectoryHandle).entries()) {
        if (!name.endsWith('.state')) continue;
        names.push(name);
        let writable: FileSystemWritableFileStream | undefined;
        // the worker of the page before may still be closing it
        for (let tries = 1; writable === undefined; tries++) {
          writable = await (file as FileSystemFileHandle).createWritable({ keepExistingData: true }).catch(async (error: unknown) => {
            if (tries > 50) throw error;
            await new Promise((resolve) => { setTimeout(resolve, 100); });
            return undefined;
          });
        }
        await writable.write({ type: 'write', position: 100_000, data: new Uint8Array(8).fill(255) });
        await writable.close();
      }
      return names.sort();
    });
    expect(damaged).toEqual(['a.state', 'b.state']);
    await page.goto(site.url);
    const notice = page.getByText(/^A kept run can’t be read: [ab]\.state: .+/);
    await notice.waitFor({ timeout: WAIT_MS });
    await press(page, 'Forget');
    await press(page, 'Forget for good');
    await notice.waitFor({ state: 'detached' });
    await page.reload();
    await chooseSmall(page);
    expect(await page.getByLabel('Kept runs').count()).toBe(0);
    await train(page);
    expect(site.visited.complaints).toEqual([]);
  });

  test('of two tabs one has the run; the other says so, and gets it when the first is closed', { timeout: LIMIT_MS }, async () => {
    const first = await newPage(site);
    await chooseSmall(first);
    await train(first);
    const second = await pageIn(site.visited.context, site.url);
    await second.getByText('A kept run is open in another tab.').waitFor({ timeout: WAIT_MS });
    await press(second, 'Continue it here');
    await second.getByText('This run is open in another tab. Go on there, or close that tab first.').waitFor({ timeout: WAIT_MS });
    // it trains a run of its own meanwhile
    await chooseSmall(second, { seed: 6 });
    await train(second);
    await second.getByText(savedAt).waitFor({ timeout: WAIT_MS });
    await first.close();
    await press(second, 'Reset');
    await second.getByText('1 more kept run').click({ timeout: WAIT_MS });
    expect(await second.getByRole('button', { name: continuing }).count()).toBe(2);
    await second.getByLabel('Kept runs').getByText(/seed 5/).waitFor();
    expect(site.visited.complaints).toEqual([]);
  });

  test('on a full disk training goes on and the page says that nothing is saved', { timeout: LIMIT_MS }, async () => {
    const page = await newPage(site);
    const session = await site.visited.context.newCDPSession(page);
    const { origin } = new URL(site.url);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 100_000 });
    await chooseSmall(page);
    await train(page);
    const problem = page.getByText('This run is not being saved: the browser\'s storage for this page is full. Training goes on.');
    await problem.waitFor({ timeout: WAIT_MS });
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await press(page, 'Next update');
    await page.getByText(savedAt).waitFor({ timeout: WAIT_MS });
    expect(await problem.count()).toBe(0);
    expect(site.visited.complaints).toEqual([]);
  });
});

/** Ends the page's process as a fault in it would. */
async function crash(page: Page): Promise<void> {
  const crashed = new Promise((resolve) => { page.once('crash', resolve); });
  await page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  await page.close();
}

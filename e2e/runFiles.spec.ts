// Run files as a person uses them: saved from a live run and opened in another browser, where the run goes on bit for bit;
// dropped, pasted, of an older version, damaged, long.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectRoot } from '../src/cli/install.mjs';
import { readRunFile, writeRunFile } from '../src/formats/runFile';
import { madeUpRun } from '../src/formats/runFileTesting';
import { sharedSite, visit } from './site';
import { chooseSmall, hasLines, linesOf, listen, pageIn, paused, press, train, WAIT_MS } from './smallRun';

const LIMIT_MS = 240_000;
const OLD = join(projectRoot, 'e2e/fixtures/old_runs/run_1_3e63451.json');

const site = sharedSite({ webGpu: 'no-adapter' });
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'creditscope-files-'));
  await newProfile();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** With nobody in the one before it any more. */
async function newProfile(): Promise<Page> {
  for (const context of site.browser.contexts()) await context.close();
  site.visited = await visit(site, { before: listen });
  return site.visited.page;
}

/** By the menu; returns where the file lies and its name. */
async function exported(page: Page, choice = 'Export run file'): Promise<{ path: string; name: string }> {
  await page.getByText('File', { exact: true }).click();
  const download = page.waitForEvent('download', { timeout: WAIT_MS });
  await page.getByRole('button', { name: choice }).click();
  const file = await download;
  const path = join(mkdtempSync(join(folder, 'saved-')), file.suggestedFilename());
  await file.saveAs(path);
  return { path, name: file.suggestedFilename() };
}

const imports = (page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }) => page.getByLabel('Run file', { exact: true }).setInputFiles(file);
const textOf = (path: string): string => gunzipSync(readFileSync(path)).toString();
const runOnScreen = (page: Page) => page.getByRole('slider', { name: 'Update', exact: true });

/** As a drop from outside the browser. */
function dropsOn(page: Page, text: string, name: string): Promise<boolean> {
  return page.evaluate(([content, called]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content!], called!));
    const over = new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(over);
    return new Promise<boolean>((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(() => {
        const hint = document.body.innerText.includes('Drop a run file');
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        resolve(hint);
      }));
    });
  }, [text, name]);
}

test('saved while it trains, opened in another browser, it goes on with the lines of the run that went on here', { timeout: LIMIT_MS }, async () => {
  let page = site.visited.page;
  await chooseSmall(page);
  await press(page, 'Play');
  await hasLines(page, 3);
  const { path, name } = await exported(page);
  expect(name).toMatch(/^creditscope-[\w-]+-capo-seed5-update\d+\.run$/);
  const run = readRunFile(textOf(path));
  const saved = run.updates.length;
  expect(name).toContain(`-update${saved}.run`);
  expect(run.updates.map(({ line }) => line.update)).toEqual(run.updates.map((_, i) => i + 1));
  // it trained on meanwhile, and the line of every update that is in the file stands as the page showed it
  await hasLines(page, saved + 4);
  const here = (await linesOf(page)).slice(0, saved + 4);
  await page.getByText(`Saved ${name}.`).waitFor({ timeout: WAIT_MS });
  expect(site.visited.complaints).toEqual([]);

  page = await newProfile();
  await imports(page, path);
  await page.getByText(new RegExp(`^${name}: ${saved} updates of CAPO, seed 5, made on CPU`)).waitFor({ timeout: WAIT_MS });
  await page.getByText('Recorded run', { exact: false }).first().waitFor();
  expect(await runOnScreen(page).getAttribute('max')).toBe(String(saved - 1));
  await press(page, `Continue this run (update ${saved})`);
  await paused(page);
  expect(await linesOf(page)).toHaveLength(saved);
  expect(await runOnScreen(page).getAttribute('max')).toBe(String(saved - 1));
  expect(await page.getByLabel('Seed', { exact: true }).inputValue()).toBe('5');
  await page.getByText(`Saved at update ${saved}`, { exact: true }).waitFor();
  await press(page, 'Play');
  await hasLines(page, saved + 4);
  expect((await linesOf(page)).slice(0, saved + 4)).toEqual(here);
  expect(site.visited.complaints).toEqual([]);

  // kept here from the first moment, with its answers
  await page.reload();
  await page.getByRole('button', { name: /^Continue run \(CAPO, update \d+\)$/ }).click({ timeout: WAIT_MS });
  await paused(page);
  expect(Number(await runOnScreen(page).getAttribute('max'))).toBeGreaterThanOrEqual(saved + 3);
});

test('a record alone is smaller, is looked at, and says that it cannot go on', { timeout: LIMIT_MS }, async () => {
  await chooseSmall(site.visited.page);
  await train(site.visited.page, 2);
  const whole = await exported(site.visited.page);
  const record = await exported(site.visited.page, 'Export record only');
  expect(readFileSync(record.path).length).toBeLessThan(readFileSync(whole.path).length / 10);
  expect(readRunFile(textOf(record.path)).state).toBeUndefined();
  const page = await newProfile();
  await imports(page, record.path);
  await page.getByText('This file holds a record alone: it can be looked at, and not go on.').waitFor({ timeout: WAIT_MS });
  await press(page, 'Next update');
  await page.getByRole('grid').waitFor();
  expect(await page.getByRole('button', { name: /^Continue this run/ }).count()).toBe(0);
});

test('dropped and pasted, also of an older version; a live run beside it stays', { timeout: LIMIT_MS }, async () => {
  const { page } = site.visited;
  await chooseSmall(page);
  await train(page, 1);
  expect(await dropsOn(page, readFileSync(OLD, 'utf8'), 'old.json')).toBe(true);
  await page.getByText(/^old.json: 2 updates of CAPO, seed 1/).waitFor({ timeout: WAIT_MS });
  expect(await page.getByText('Drop a run file').count()).toBe(0);
  await page.getByRole('button', { name: 'Live', exact: true }).click();
  await expect.poll(() => runOnScreen(page).getAttribute('max')).toBe(String((await linesOf(page)).length - 1));

  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, writeRunFile(madeUpRun(5, 1, 2, 30)));
  await page.getByText(/^pasted run: 5 updates of CAPO/).waitFor({ timeout: WAIT_MS });
  await expect.poll(() => runOnScreen(page).getAttribute('max')).toBe('4');
  expect(site.visited.complaints).toEqual([]);
});

test('a folder dropped on the page is refused with the reason', { timeout: LIMIT_MS }, async () => {
  const { page, context, complaints } = site.visited;
  await page.getByRole('grid').waitFor({ timeout: WAIT_MS });
  const session = await context.newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data: { items: [], files: [folder], dragOperationsMask: 1 } });
  await page.getByText(/^creditscope-files-\w+ can’t be opened: it is a folder, or the browser may not read it\. The run on screen stays as it is\./).waitFor({ timeout: WAIT_MS });
  expect(complaints).toEqual([]);
});

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 50), /^bad.run can’t be opened: run: is damaged: it does not unpack to text/],
  ['changed', (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace('"reward":0', '"reward":1')), /^bad.run can’t be opened: run: is damaged: its contents have checksum/],
  ['of the future', (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace('creditscope-run/2', 'creditscope-run/9')), /of a newer Creditscope; this one reads up to creditscope-run\/2/],
  ['of another kind', () => Buffer.from('{"prompt": "1+1"}'), /^bad.run can’t be opened: run.header: must be an object/],
])('a file that is %s is refused with the reason, and the run on screen stays', { timeout: LIMIT_MS }, async (_, damaged, reason) => {
  const { page } = site.visited;
  await page.getByRole('grid').waitFor({ timeout: WAIT_MS });
  const before = [await runOnScreen(page).getAttribute('max'), await page.getByRole('grid').textContent()];
  await imports(page, { name: 'bad.run', mimeType: 'application/gzip', buffer: damaged(gzipSync(writeRunFile(madeUpRun(2, 1, 2, 30)))) });
  await page.getByText(reason).waitFor({ timeout: WAIT_MS });
  await page.getByText('The run on screen stays as it is.').waitFor();
  expect([await runOnScreen(page).getAttribute('max'), await page.getByRole('grid').textContent()]).toEqual(before);
  await press(page, 'Dismiss');
  expect(site.visited.complaints).toEqual([]);
});

test('the second tab says that the first has the run, and goes on with a copy', { timeout: LIMIT_MS }, async () => {
  const first = site.visited.page;
  await chooseSmall(first);
  await press(first, 'Play');
  await hasLines(first, 2);
  const second = await pageIn(site.visited.context, site.url);
  await second.getByText('A kept run is open in another tab.').waitFor({ timeout: WAIT_MS });
  await press(second, 'Continue a copy');
  await paused(second);
  const from = (await linesOf(second)).length;
  expect(from).toBeGreaterThanOrEqual(2);
  await press(second, 'Play');
  await hasLines(second, from + 2);
  await hasLines(first, from + 2);
  expect((await linesOf(second)).slice(0, from + 2)).toEqual((await linesOf(first)).slice(0, from + 2));
  await press(second, 'Pause');
  await paused(second);
  await press(second, 'Reset');
  // two runs now: the copy, and the one that the first tab still has
  await second.getByText('1 more kept run').waitFor({ timeout: WAIT_MS });
});

// A class: a link that shows, locks and hides; present and embed mode; the page without a network, a new version of it, the zip on a
// plain static server, and plain http from another machine.

import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright';
import { afterEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../src/cli/install.mjs';
import { finish } from '../src/cli/offlinePlugin.mjs';
import { axeFindings } from './axeScan';
import { openSite, sharedSite, visit, type SiteInBrowser, type Visit, type VisitOptions } from './site';
import { serveFolder } from './staticServer';

const RECORDED = '#v=1&p=small&method=capo&testevery=2&at=7.20.5';

const site = sharedSite();
/** of the test at hand */
const visits: Visit[] = [];
const folders: string[] = [];
afterEach(() => {
  visits.length = 0;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function openAt(hash: string, options: VisitOptions = {}, at: SiteInBrowser = site): Promise<Page> {
  const open = await visit(at, { hash, ...options });
  visits.push(open);
  await open.page.getByRole('grid').first().waitFor();
  return open.page;
}

const complaints = (): string[] => visits.flatMap((one) => one.complaints);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'creditscope-'));
  folders.push(made);
  return made;
}

describe('a link for a class', () => {
  test('is built from a list of every control, and the page obeys it', async () => {
    const page = await openAt(RECORDED);
    await button(page, 'Share').click();
    const dialog = page.getByRole('dialog', { name: 'Share' });
    await dialog.getByText('For a class').click();
    const choose = (name: string) => dialog.getByRole('radio', { name, exact: true }).check();
    for (const name of ['Method: lock', 'Reset: hide', 'Real answers: hide', 'Next update: lock', 'Channel and scale: lock', 'Run and its curves: hide']) await choose(name);
    await dialog.locator('summary', { hasText: 'Single settings' }).click();
    await choose('Learning rate: hide');
    await dialog.getByLabel('Everyone gets seed').check();
    const link = await dialog.getByLabel('Link for the class').inputValue();
    expect(new URL(link).hash).toBe(`${RECORDED}&lock=nextUpdate.channel.method.seed&hide=realAnswers.reset.curves.lr`);
    expect(await axeFindings(page)).toEqual([]);

    const pupil = await openAt(new URL(link).hash);
    await pupil.getByLabel('Preset').waitFor();
    for (const name of ['Reset', 'Real answers']) expect(await button(pupil, name).count()).toBe(0);
    expect(await pupil.getByRole('heading', { name: 'Run' }).count()).toBe(0);
    for (const control of [pupil.getByLabel('Method', { exact: true }), pupil.getByLabel('Seed'), button(pupil, 'Next update'), pupil.getByLabel('Channel', { exact: true })]) {
      expect(await control.isDisabled()).toBe(true);
      expect(await control.evaluate((one) => one.closest('[title^="Locked"]')?.getAttribute('title'))).toBe('Locked by the link that this page was opened with');
    }
    expect(await button(pupil, 'Play').isEnabled()).toBe(true);
    expect(await pupil.getByLabel('Preset').isEnabled()).toBe(true);
    await pupil.getByText('Task, loss and optimiser').click();
    expect(await pupil.getByLabel('Learning rate', { exact: true }).count()).toBe(0);
    expect(await pupil.getByLabel('Temperature', { exact: true }).isEnabled()).toBe(true);
    // keys obey as buttons do
    const at = () => pupil.locator('[role=gridcell][aria-selected=true]').first().getAttribute('aria-label');
    await pupil.locator('[role=gridcell][aria-selected=true]').first().focus();
    const before = await at();
    await pupil.keyboard.press(']');
    await pupil.keyboard.press('>');
    expect(await at()).toBe(before);
    await pupil.keyboard.press('.');
    await pupil.locator('[aria-current=step]', { hasText: 'Sample' }).waitFor();
    expect(await axeFindings(pupil)).toEqual([]);
    expect(complaints()).toEqual([]);
  });

  test('with another seed is a run from its start, and can open a lesson', async () => {
    const page = await openAt(RECORDED);
    await button(page, 'Share').click();
    const dialog = page.getByRole('dialog', { name: 'Share' });
    await dialog.getByText('For a class').click();
    await dialog.getByLabel('Everyone gets seed').check();
    await dialog.getByLabel('Seed of the class').fill('7');
    const seeded = await dialog.getByLabel('Link for the class').inputValue();
    expect(new URL(seeded).hash).toBe('#v=1&p=small&method=capo&seed=7&testevery=2&lock=seed');
    await dialog.getByLabel('Everyone gets seed').uncheck();
    await dialog.getByLabel('Lesson', { exact: true }).selectOption({ index: 1 });
    const taught = await dialog.getByLabel('Link for the class').inputValue();
    const title = await dialog.getByLabel('Lesson', { exact: true }).locator('option').nth(1).textContent();
    const pupil = await openAt(new URL(taught).hash);
    await pupil.getByRole('heading', { name: title! }).waitFor();
    const none = await openAt('#v=1&lesson=nothing-of-the-kind');
    await none.getByText('There is no lesson nothing-of-the-kind.').waitFor();
  });

  test('shows the page large for a projector, where the token pointed at stays marked', async () => {
    const page = await openAt(`${RECORDED}&present=1`, { viewport: { width: 1600, height: 900 } });
    expect(await page.getByRole('heading', { name: 'Setup' }).count()).toBe(0);
    const plain = await openAt(RECORDED, { viewport: { width: 1600, height: 900 } });
    const sizeOf = (one: Page) => one.locator('[role=gridcell][data-row="0"][data-token="0"]').first().evaluate((cell) => cell.getBoundingClientRect().height);
    expect(await sizeOf(page) / await sizeOf(plain)).toBeCloseTo(1.4, 1);
    const playOf = (one: Page) => button(one, 'Play').evaluate((play) => play.getBoundingClientRect().height);
    expect(await playOf(page)).toBeGreaterThan(1.5 * await playOf(plain));
    const ring = (one: Page) => one.locator('[role=gridcell][aria-selected=true]').first().evaluate((cell) => Number(/(\d+)px$/.exec(getComputedStyle(cell).boxShadow)?.[1]));
    expect(await ring(page)).toBeGreaterThanOrEqual(4);
    expect(await ring(page)).toBeGreaterThan(await ring(plain));

    for (const [one, isHeld] of [[page, true], [plain, false]] as const) {
      await one.locator('[role=gridcell][data-row="2"][data-token="3"]').first().hover();
      const readout = one.locator('.readout');
      expect(await readout.textContent()).toMatch(/^Answer 3, token 4/);
      await one.mouse.move(300, 3);
      expect((await readout.textContent()) !== '').toBe(isHeld);
    }
    // the number beside the mark is that of what is on screen now
    await button(page, 'Next update').click();
    const cell = page.locator('[role=gridcell][data-row="2"][data-token="3"]').first();
    const number = /advantage (minus )?([\d.]+)/.exec((await cell.getAttribute('aria-label'))!)!;
    expect(await page.locator('.readout').textContent()).toContain(`advantage ${number[1] === undefined ? '' : '−'}${number[2]}`);
    // a menu in what is enlarged opens where its button is
    const menu = page.locator('summary', { hasText: 'Menu of Answers' });
    await menu.click();
    const [opener, panel] = [(await menu.boundingBox())!, (await page.getByRole('button', { name: 'Save PNG' }).locator('..').boundingBox())!];
    expect(Math.abs(panel.x + panel.width - (opener.x + opener.width))).toBeLessThan(40);
    expect(panel.y - opener.y).toBeLessThan(120);
    expect(await axeFindings(page)).toEqual([]);
  });

  test('embedded has a small transport and a way to the whole page instead of the top bar', async () => {
    const page = await openAt(`${RECORDED}&embed=1&hide=setup`, { viewport: { width: 960, height: 600 } });
    for (const name of ['Share', 'Real answers', 'Lessons']) expect(await button(page, name).count()).toBe(0);
    expect(await page.getByRole('banner').evaluate((bar) => bar.getBoundingClientRect().height)).toBeLessThan(60);
    const placeOfLink = () => page.getByRole('link', { name: 'Open in Creditscope' }).evaluate((link: HTMLAnchorElement) => new URL(link.href).hash);
    await expect.poll(placeOfLink).toBe(`${RECORDED}&hide=setup`);
    await button(page, 'Next update').click();
    await expect.poll(placeOfLink).toBe(`${RECORDED.replace('at=7', 'at=8')}&hide=setup`);
    expect(await axeFindings(page)).toEqual([]);
    // inside another page
    await page.evaluate((source) => {
      const frame = document.createElement('iframe');
      frame.src = source;
      frame.id = 'slides';
      document.body.append(frame);
    }, `${page.url().split('#')[0]!}${RECORDED}&embed=1`);
    await page.frameLocator('#slides').getByRole('grid').first().waitFor({ state: 'attached' });
  });
});

describe('without a network', () => {
  const kept = async (page: Page): Promise<void> => {
    await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state), { timeout: 60_000 }).toBe('activated');
  };

  test('the page opens again after its first load, shows its run and lessons, and trains', async () => {
    const server = await serveFolder(join(projectRoot, 'dist'), '/some/base/');
    const page = await openAt('', { serviceWorkers: 'allow' }, { browser: site.browser, url: `${server.url}?executor=cpu` });
    await kept(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await server.close();
    await page.reload();
    await page.getByRole('grid').first().waitFor();
    await page.getByLabel('Preset').selectOption('small');
    await button(page, 'Play').click();
    await page.getByText(/Training, update [2-9]/).waitFor({ timeout: 90_000 });
    await button(page, 'Lessons').click();
    await page.getByRole('dialog', { name: 'Lessons' }).getByRole('button').nth(1).click();
    await page.getByText(/Lesson 1 of/).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(visits[0]!.complaints.filter((one) => one.startsWith('uncaught'))).toEqual([]);
  });

  test('the rest is fetched when it is asked for, with its size and how far it is', async () => {
    const server = await serveFolder(join(projectRoot, 'dist'), '/some/base/');
    const page = await openAt('', { serviceWorkers: 'allow' }, { browser: site.browser, url: server.url });
    await kept(page);
    const before = server.requests.filter(({ path }) => /\.wasm$|transformers|models\/sort/.test(path));
    expect(before).toEqual([]);
    await button(page, 'Share').click();
    const dialog = page.getByRole('dialog', { name: 'Share' });
    const more = dialog.getByRole('button', { name: /^Make all of it available offline \(\d/ });
    await more.waitFor();
    const size = Number(/([\d.]+) MB/.exec((await more.textContent())!)![1]);
    const bytes = (await page.evaluate(async () => /const FILES = (.*);\n/.exec(await (await fetch('./sw.js')).text())![1]!)) ;
    const { extra } = JSON.parse(bytes) as { extra: { path: string; bytes: number }[] };
    expect(extra.some(({ path }) => path.endsWith('.wasm'))).toBe(true);
    expect(Math.abs(size - extra.reduce((sum, one) => sum + one.bytes, 0) / 1e6)).toBeLessThan(0.1);
    await more.click();
    await dialog.getByText(/So are the judge’s runtime and all policies/).waitFor({ timeout: 60_000 });
    await server.close();
    await page.reload();
    await page.getByRole('grid').first().waitFor();
    expect(await page.evaluate(async () => (await (await fetch('./models/sort/model.safetensors')).arrayBuffer()).byteLength)).toBe(extra.find(({ path }) => path === 'models/sort/model.safetensors')!.bytes);
  });

  test('a new version is taken over whole, when asked for, and not while another tab works with the old one; a half one never', async () => {
    const dist = folder();
    cpSync(join(projectRoot, 'dist'), dist, { recursive: true, filter: (path) => !/\.(?:zip|wasm)$/.test(path) });
    await finish(projectRoot, dist);
    const server = await serveFolder(dist, '/some/base/');
    const page = await openAt('', { serviceWorkers: 'allow' }, { browser: site.browser, url: server.url });
    await kept(page);
    const oldRun = readFileSync(join(dist, 'runs/default.json'), 'utf8');
    const version = () => page.evaluate(async () => [document.title, (await (await fetch('./runs/default.json')).text()).length] as const);
    await page.reload();
    await page.getByRole('grid').first().waitFor();
    expect(await version()).toEqual(['Creditscope', oldRun.length]);

    // half of a new version lies on the server, its run is still the old one: nothing is taken from it
    const next = folder();
    cpSync(dist, next, { recursive: true });
    const index = readFileSync(join(dist, 'index.html'), 'utf8');
    writeFileSync(join(next, 'index.html'), index.replace('<title>Creditscope</title>', '<title>Creditscope 2</title>'));
    writeFileSync(join(next, 'runs/default.json'), `${oldRun} `);
    await finish(projectRoot, next);
    for (const name of ['index.html', 'sw.js']) cpSync(join(next, name), join(dist, name));
    const asked = server.requests.length;
    await page.reload();
    await page.getByRole('grid').first().waitFor();
    // by the new worker: the old one answers the page from what it keeps
    await expect.poll(() => server.requests.slice(asked).some(({ path }) => path.endsWith('runs/default.json')), { timeout: 60_000 }).toBe(true);
    await expect.poll(() => page.evaluate(async () => {
      const all = await navigator.serviceWorker.getRegistration();
      return all !== undefined && all.installing === null && all.waiting === null;
    }), { timeout: 60_000 }).toBe(true);
    expect(await version()).toEqual(['Creditscope', oldRun.length]);

    // now all of it
    cpSync(next, dist, { recursive: true });
    await page.reload();
    await page.getByText('A new version of this page is ready.').waitFor({ timeout: 60_000 });
    expect(await version()).toEqual(['Creditscope', oldRun.length]);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByRole('grid').first().waitFor();
    expect(await other.title()).toBe('Creditscope');
    await button(page, 'Load it now').click();
    await page.getByText('Another tab still works with the old one').waitFor();
    await other.close();
    await Promise.all([page.waitForEvent('load'), button(page, 'Try again').click()]);
    await page.getByRole('grid').first().waitFor();
    expect(await version()).toEqual(['Creditscope 2', oldRun.length + 1]);
    await server.close();
  });
});

describe('the zip', () => {
  let python: ChildProcess | undefined;
  afterEach(() => { python?.kill(); });

  test.each([['at the root', 'creditscope', '/'], ['below a path', '.', '/creditscope/']])('unpacked works from python3 -m http.server, %s', async (_name, inside, path) => {
    const unpacked = folder();
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(join(projectRoot, 'dist/creditscope.zip'))))) {
      mkdirSync(dirname(join(unpacked, name)), { recursive: true });
      writeFileSync(join(unpacked, name), bytes);
    }
    expect(readFileSync(join(unpacked, 'creditscope/START.txt'), 'utf8')).toContain('python3 -m http.server');
    const port = await freePort();
    python = spawn('python3', ['-m', 'http.server', String(port), '--bind', '127.0.0.1'], { cwd: join(unpacked, inside), stdio: 'ignore' });
    const url = `http://localhost:${port}${path}`;
    await answers(url);
    const page = await openAt('', {}, { browser: site.browser, url: `${url}?executor=cpu` });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await page.getByLabel('Preset').selectOption('small');
    await button(page, 'Next update').waitFor();
    for (let i = 0; i < 19; i++) await button(page, 'Next update').click();
    await button(page, 'Play').click();
    await page.getByText(/Training, update [2-9]/).waitFor({ timeout: 90_000 });
    expect(complaints()).toEqual([]);
    expect(visits[0]!.foreignRequests).toEqual([]);
  });
});

describe('over plain http from another machine', () => {
  test('the page says that WebGPU needs https or localhost, keeps nothing, and trains on the processor', async () => {
    const far = await openSite({ webGpu: 'absent' });
    try {
      const page = await openAt('', { serviceWorkers: 'allow' }, far);
      expect(await page.evaluate(() => isSecureContext)).toBe(false);
      await page.locator('.whereItTrains').getByText('Training on the processor: WebGPU needs https or localhost; this page came over plain http from another machine.').waitFor();
      await button(page, 'Share').click();
      const dialog = page.getByRole('dialog', { name: 'Share' });
      await dialog.getByText(/This page is not kept here: Browsers keep pages only from https or localhost/).waitFor();
      // no clipboard either: the link is there to be copied by hand
      await dialog.getByRole('button', { name: 'Copy link' }).click();
      await dialog.getByText(/This browser lets no page copy here/).waitFor();
      await dialog.getByRole('button', { name: 'Close' }).click();
      await page.getByLabel('Preset').selectOption('small');
      await button(page, 'Play').click();
      await page.getByText(/Training, update [2-9]/).waitFor({ timeout: 90_000 });
    } finally {
      await far.close();
    }
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(url).then(({ ok }) => ok, () => false)) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`${url} does not answer`);
}

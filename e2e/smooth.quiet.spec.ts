// Groups as large as a laboratory has them: pointing at 1,488 chips holds up no frame, and 4,352 tokens of one problem stay usable:
// only the answers and columns in sight are on the page, yet arrows, listeners, the minimap and the value line find every one.

import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { writeRunFile } from '../src/formats/runFile';
import type { CreditRow, RunRecord, UpdateRecord } from '../src/lab/record';
import { exampleRun } from '../src/views/story/exampleRun';
import { measureFrames, type Frames } from './frames';
import { sharedSite, visitRun } from './site';

/** 24 answers of 62 tokens: every chip is on the page */
const WIDE = exampleRun(2, 1, { group: 24, steps: 10 });
/** 64 answers of 68 tokens, with a value before each, so that there are value lines */
const LONG = withValues(exampleRun(2, 2, { group: 64, steps: 11 }));

function withValues(run: RunRecord): RunRecord {
  const valuesOf = ({ answers, width }: UpdateRecord['sample']): CreditRow => ({ id: 'V', label: 'Value', shape: 'token', formula: 'the value model', inputs: {}, parameters: {}, values: Float32Array.from({ length: answers * width }, (_, i) => (i % 7) / 7) });
  return { ...run, updates: run.updates.map((update) => ({ ...update, credit: { ...update.credit, rows: [valuesOf(update.sample), ...update.credit.rows] } })) };
}

const site = sharedSite({ webGpu: 'no-adapter' });

async function openRun(run: RunRecord, reducedMotion?: 'reduce'): Promise<Page> {
  site.visited = await visitRun(site, writeRunFile(run), { viewport: { width: 1280, height: 900 }, ...(reducedMotion !== undefined && { reducedMotion }) });
  const { page } = site.visited;
  await page.getByRole('grid').getByRole('gridcell').first().waitFor();
  await page.getByRole('grid').evaluate((grid) => grid.parentElement!.scrollIntoView({ block: 'center' }));
  return page;
}

/** Which answers are on the page, by their number. */
const rowsOf = (page: Page): Promise<number[]> => page.getByRole('grid').getByRole('row').evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))));
const cellOf = (page: Page, answer: number, token: number) => page.getByRole('grid').locator(`[role=gridcell][data-row="${answer - 1}"][data-token="${token - 1}"]`);

/** Scrolls the answers to a share of their height and waits until the page shows them; resolves with the height of all. */
async function scrollTo(page: Page, share: number): Promise<number> {
  return page.getByRole('grid').evaluate(async (grid, at) => {
    const box = grid.parentElement!;
    box.scrollTop = at * (box.scrollHeight - box.clientHeight);
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
    return box.scrollHeight;
  }, share);
}

/** Whether all of it can be seen in the box that the answers scroll in. */
const isInSight = (page: Page, answer: number, token: number): Promise<boolean> => cellOf(page, answer, token).evaluate((cell) => {
  const [inner, outer] = [cell.getBoundingClientRect(), cell.closest('[role=grid]')!.parentElement!.getBoundingClientRect()];
  return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1 && inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
});

/** Moves the pointer over a part of the page for as long as frames are watched. */
async function framesWhilePointing(page: Page, part: string, durationMs: number): Promise<{ readonly frames: Frames; readonly tokens: number }> {
  const box = (await page.locator(part).boundingBox())!;
  // counted in the page: asking it while frames are watched would hold them up
  await page.locator('.readout').evaluate((readout) => {
    const said = new Set<string | null>();
    Object.assign(globalThis, { said });
    new MutationObserver(() => said.add(readout.textContent)).observe(readout, { childList: true, characterData: true, subtree: true });
  });
  let isOver = false;
  const moving = (async () => {
    for (let i = 0; !isOver; i++) await page.mouse.move(box.x + 60 + ((i * 37) % (box.width - 80)), box.y + 10 + ((i * 11) % (Math.min(box.height, 880 - box.y) - 20)));
  })();
  const frames = await measureFrames(page, durationMs);
  isOver = true;
  await moving;
  return { frames, tokens: await page.evaluate(() => (globalThis as unknown as { said: Set<string> }).said.size) };
}

/** ms that the page's thread computes (script, style, layout) for each of `times` turns; other programs on the same cores do not count. */
async function computedMs(page: Page, times: number, work: (times: number) => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const sum = async (): Promise<number> => (await session.send('Performance.getMetrics')).metrics
    .filter(({ name }) => ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'].includes(name)).reduce((seconds, { value }) => seconds + value, 0);
  const before = await sum();
  await page.evaluate(work, times);
  const after = await sum();
  await session.detach();
  return (1000 * (after - before)) / times;
}

/** Points at one chip after the other, each of which is then laid out. */
async function pointAtChips(times: number): Promise<void> {
  const cells = [...document.querySelectorAll<HTMLElement>('[role=gridcell]')];
  for (let i = 0; i < times; i++) {
    cells[(i * 67) % cells.length]!.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    cells[0]!.getBoundingClientRect();
    if (i % 20 === 0) await new Promise(requestAnimationFrame);
  }
}

/** Paints one channel after the other. */
async function recolour(times: number): Promise<void> {
  const select = document.querySelector<HTMLSelectElement>('.channelBar select')!;
  const cell = document.querySelector('[role=gridcell]')!;
  for (let i = 0; i < times; i++) {
    await new Promise(requestAnimationFrame);
    select.value = ['advantage', 'entropy', 'logprob', 'change'][i % 4]!;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await Promise.resolve();
    const label = select.selectedOptions[0]!.textContent!.toLowerCase();
    if (!cell.getAttribute('aria-label')!.includes(`${label} `)) throw new Error(`${label} is not painted yet`);
    cell.getBoundingClientRect();
  }
}

interface Smoothness { readonly elsewhere: Frames; readonly pointing: Frames; readonly tokens: number; readonly pointingMs: number; readonly recolouringMs: number }

async function measure(page: Page): Promise<Smoothness> {
  const { frames: elsewhere } = await framesWhilePointing(page, '.setup', 2000);
  const { frames: pointing, tokens } = await framesWhilePointing(page, '.gridScroll', 3000);
  return { elsewhere, pointing, tokens, pointingMs: await computedMs(page, 200, pointAtChips), recolouringMs: await computedMs(page, 12, recolour) };
}

/** Frames are held against those of the same page while the pointer moves over its setup: a machine that is busy with something else draws neither well. */
function expectSmooth({ elsewhere, pointing, tokens, pointingMs, recolouringMs }: Smoothness): void {
  expect(tokens).toBeGreaterThan(20);
  expect(pointing.medianMs).toBeLessThan(Math.max(20, 1.25 * elsewhere.medianMs));
  expect(pointing.p95Ms).toBeLessThan(Math.max(34, 2 * elsewhere.p95Ms));
  expect(pointingMs).toBeLessThan(8);
  expect(recolouringMs).toBeLessThan(120);
}

// Again if another program had the machine's two cores just then.
test('1,488 chips: frames keep coming while pointing, a channel is painted at once', { timeout: 120_000, retry: 2 }, async () => {
  const page = await openRun(WIDE);
  expect(await page.getByRole('gridcell').count()).toBe(24 * 62);
  const smoothness = await measure(page);
  console.log(`1,488 chips: ${JSON.stringify(smoothness)}`);
  expectSmooth(smoothness);
  expect(site.visited.complaints).toEqual([]);
});

test('4,352 tokens in one group, without motion: as smooth, since only the answers in sight are there', { timeout: 120_000, retry: 2 }, async () => {
  const page = await openRun(LONG, 'reduce');
  const rows = await rowsOf(page);
  expect(rows).toEqual(rows.map((_, i) => i + 1));
  expect(rows.length).toBeLessThan(22);
  const smoothness = await measure(page);
  console.log(`4,352 tokens, ${rows.length} answers on the page: ${JSON.stringify(smoothness)}`);
  expectSmooth(smoothness);
  expect(site.visited.complaints).toEqual([]);
});

test('a long group scrolls: every answer in its place, columns by position, the focus stays', { timeout: 120_000 }, async () => {
  const page = await openRun(LONG, 'reduce');
  const grid = page.getByRole('grid', { name: 'Answers to problem 1' });
  expect(await grid.getAttribute('aria-rowcount')).toBe('64');
  const { tokens_NT, width } = LONG.updates[0]!.sample;
  const heights = new Set<number>();
  const seen = new Set<number>();
  for (const share of [0, 0.13, 0.3, 0.5, 0.71, 0.9, 1]) {
    heights.add(await scrollTo(page, share));
    const found = await grid.getByRole('row').evaluateAll((rows) => rows.map((row) => {
      const [cells, box] = [[...row.querySelectorAll('[role=gridcell]')], row.parentElement!.parentElement!.getBoundingClientRect()];
      const { top, bottom } = row.getBoundingClientRect();
      return {
        index: Number(row.getAttribute('aria-rowindex')), top: top - box.top, isInSight: bottom > box.top && top < box.bottom,
        chips: cells.map((cell) => ({ token: Number(cell.getAttribute('data-token')), text: cell.querySelector('.chipText')!.textContent, left: cell.getBoundingClientRect().left })),
      };
    }));
    const columns = new Map<number, number>();
    for (const { index, chips } of found) {
      // those at the left edge, where it stands, and none is missing
      expect(chips.map(({ token }) => token)).toEqual(chips.map((_, i) => i));
      expect(chips.length).toBeGreaterThan(24);
      for (const { token, text, left } of chips) {
        expect(text).toBe(LONG.names.alphabet[tokens_NT[(index - 1) * width + token]!]!.replace('\n', '⏎').replace('<stop>', 'stop'));
        expect(left).toBe(columns.get(token) ?? left);
        columns.set(token, left);
      }
    }
    // no hole among those in sight, and all equally far apart
    const inSight = found.filter((row) => row.isInSight);
    expect(inSight.map(({ index }) => index)).toEqual(inSight.map((_, i) => inSight[0]!.index + i));
    expect(inSight.length).toBeGreaterThan(9);
    for (const { index, top } of found) expect(top).toBeCloseTo(inSight[0]!.top + (index - inSight[0]!.index) * 47, 0);
    for (const { index } of inSight) seen.add(index);
  }
  expect(heights.size).toBe(1);
  expect(seen.has(1) && seen.has(64)).toBe(true);

  // a selected answer that scrolls away keeps the focus, arrows go on from it and bring the next one back
  await scrollTo(page, 0);
  await cellOf(page, 2, 5).click();
  await scrollTo(page, 1);
  const focused = () => page.evaluate(() => `${document.activeElement?.getAttribute('data-row')}.${document.activeElement?.getAttribute('data-token')}`);
  expect(await rowsOf(page)).toContain(2);
  expect(await focused()).toBe('1.4');
  expect(await isInSight(page, 2, 5)).toBe(false);
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused).toBe('2.4');
  expect(await isInSight(page, 3, 5)).toBe(true);
  expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
  expect(site.visited.complaints).toEqual([]);
});

test('a long group: the minimap leads to any answer, and lines are drawn over those on the page', { timeout: 120_000 }, async () => {
  const page = await openRun(LONG, 'reduce');
  const map = page.getByRole('slider', { name: 'Advantage of every token of the batch' });
  await map.focus();
  for (const key of ['PageDown', 'ArrowLeft', 'End', 'Enter']) await page.keyboard.press(key);
  await page.locator('.inspector').getByText('Answer 64, token 68').waitFor();
  expect(await cellOf(page, 64, 68).getAttribute('aria-selected')).toBe('true');
  await expect.poll(() => isInSight(page, 64, 68)).toBe(true);

  // the value line stands over the selected answer alone, then over all
  expect(await page.locator('.valueLine').count()).toBe(1);
  expect(await page.locator('[aria-rowindex="64"] .valueLine').count()).toBe(1);
  await page.getByRole('button', { name: 'over every answer' }).click();
  // to the left edge, since chips beyond it are not on the page
  await page.locator('.gridScroll').evaluate((box) => { box.scrollLeft = 0; });
  const heights = [await scrollTo(page, 1), await scrollTo(page, 0.5), await scrollTo(page, 0)];
  expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(2);
  expect(await page.locator('.valueLine').count()).toBe((await rowsOf(page)).length);
  expect(await page.locator('[aria-rowindex="1"] .valueLine').evaluate((line) => line.getBoundingClientRect().left - line.parentElement!.querySelector('[role=gridcell]')!.getBoundingClientRect().left)).toBeCloseTo(0, 0);

  await page.getByRole('group', { name: 'On the stage' }).getByRole('button', { name: 'Value' }).click();
  await page.locator('.valueTrack').first().waitFor();
  const tall = [await scrollTo(page, 1), await scrollTo(page, 0.5), await scrollTo(page, 0)];
  expect(Math.max(...tall) - Math.min(...tall)).toBeLessThan(2);
  expect(await page.locator('.valueTrack').count()).toBe((await rowsOf(page)).length);
  expect(site.visited.complaints).toEqual([]);
});

// Answers of hundreds of tokens: only the chips in sight are on the page, and yet each stands in its column, keys, links and the minimap
// find every one, marks and lines are on those that come into sight later, and a picture holds them all.

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { writeRunFile } from '../../src/formats/runFile';
import type { RunRecord } from '../../src/lab/record';
import { exampleRun } from '../../src/views/story/exampleRun';
import { axeFindings, LOOKS } from '../axeScan';
import { sharedSite, visitRun, type VisitOptions } from '../site';

const ANSWERS = 8;
const TOKENS = 542;
/** token t of answer a has the value ((a + t) mod 7) / 7 before it */
const RUN = withValues(exampleRun(2, 1, { group: ANSWERS, steps: (TOKENS - 2) / 6 }));
const { tokens_NT, width, lengths_N } = RUN.updates[0]!.sample;

function withValues(run: RunRecord): RunRecord {
  return {
    ...run,
    updates: run.updates.map((update) => {
      const { sample, credit } = update;
      const values = Float32Array.from({ length: sample.answers * sample.width }, (_, i) => ((Math.floor(i / sample.width) + (i % sample.width)) % 7) / 7);
      return { ...update, credit: { ...credit, rows: [{ id: 'V', label: 'Value', shape: 'token', formula: 'the value model', inputs: {}, parameters: {}, values }, ...credit.rows] } };
    }),
  };
}

const site = sharedSite({ webGpu: 'no-adapter' });

async function openRun(options: VisitOptions = {}): Promise<Page> {
  site.visited = await visitRun(site, writeRunFile(RUN), { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  const { page } = site.visited;
  await page.getByRole('grid').getByRole('gridcell').first().waitFor();
  return page;
}

const written = (answer: number, token: number): string => RUN.names.alphabet[tokens_NT[answer * width + token]!]!.replace('\n', '⏎').replace('<stop>', 'stop');
const chipOf = (page: Page, row: number, token: number) => page.locator(`[role=gridcell][data-row="${row}"][data-token="${token}"]`);
const focused = (page: Page): Promise<string> => page.evaluate(() => `${document.activeElement?.getAttribute('data-row')}.${document.activeElement?.getAttribute('data-token')}`);

/** Scrolls the answers sideways to a share of their width, and waits for two frames. */
async function scrollTo(page: Page, share: number): Promise<void> {
  await page.locator('.gridScroll').evaluate(async (box, at) => {
    box.scrollLeft = at * (box.scrollWidth - box.clientWidth);
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  }, share);
}

interface Chip { readonly row: number; readonly token: number; readonly text: string; readonly column: number; readonly left: number; readonly right: number; readonly isInSight: boolean }

/** The chips on the page, with their places beside the head that stays; in sight is what is neither under it nor outside. */
const chipsOf = (page: Page): Promise<Chip[]> => page.locator('.gridScroll').evaluate((box) => {
  const [edge, { right: end }] = [box.querySelector('.answerHead')!.getBoundingClientRect().right, box.getBoundingClientRect()];
  return [...box.querySelectorAll<HTMLElement>('[role=gridcell]')].map((cell) => {
    const { left, right } = cell.getBoundingClientRect();
    return {
      row: Number(cell.dataset['row']), token: Number(cell.dataset['token']), text: cell.querySelector('.chipText')!.textContent!, column: Number(cell.getAttribute('aria-colindex')),
      left: left + box.scrollLeft, right: right + box.scrollLeft, isInSight: left >= edge - 1 && right <= end + 1,
    };
  });
});

const isInSight = async (page: Page, row: number, token: number): Promise<boolean> => (await chipsOf(page)).some((chip) => chip.row === row && chip.token === token && chip.isInSight);

test('scrolled anywhere, every token in sight stands in its column, none is missing, and few others are there', { timeout: 120_000 }, async () => {
  expect([...new Set(lengths_N)]).toEqual([TOKENS]);
  const page = await openRun();
  const grid = page.getByRole('grid', { name: 'Answers to problem 1' });
  expect([await grid.getAttribute('aria-rowcount'), await grid.getAttribute('aria-colcount')]).toEqual([String(ANSWERS), String(TOKENS + 1)]);
  const widest = await page.locator('.gridScroll').evaluate((box) => box.scrollWidth);
  const lefts = new Map<number, number>();
  const seen = new Set<number>();
  for (const share of [0, 0.01, 0.033, 0.25, 0.5, 0.77, 0.99, 1, 0.5]) {
    await scrollTo(page, share);
    const chips = await chipsOf(page);
    expect(chips.length).toBeLessThan(ANSWERS * 60);
    for (const { row, token, text, column, left } of chips) {
      expect([text, column]).toEqual([written(row, token), token + 2]);
      // the same place in every row, and at every time
      expect(left).toBeCloseTo(lefts.get(token) ?? left, 1);
      lefts.set(token, left);
    }
    for (let row = 0; row < ANSWERS; row++) {
      const inSight = chips.filter((chip) => chip.row === row && chip.isInSight);
      expect(inSight.length).toBeGreaterThan(15);
      inSight.forEach(({ token, left }, i) => {
        expect(token).toBe(inSight[0]!.token + i);
        if (i > 0) expect(left - inSight[i - 1]!.right).toBeCloseTo(1, 1);
        seen.add(token);
      });
    }
    expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
    expect(await page.locator('.gridScroll').evaluate((box) => box.scrollWidth)).toBe(widest);
    // the head of each answer stays
    expect(Math.abs(await page.locator('.answerHead').first().evaluate((head) => head.getBoundingClientRect().left - head.closest('.gridScroll')!.getBoundingClientRect().left))).toBeLessThan(4);
  }
  expect(seen.has(0) && seen.has(TOKENS - 1)).toBe(true);
  expect(site.visited.complaints).toEqual([]);
});

test('keys reach every token of a row; the focus stays on a chip that is scrolled away', { timeout: 120_000 }, async () => {
  const page = await openRun();
  await chipOf(page, 2, 3).click();
  for (const [key, token] of [['End', TOKENS - 1], ['ArrowLeft', TOKENS - 2], ['Home', 0], ['ArrowRight', 1]] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => focused(page)).toBe(`2.${token}`);
    await expect.poll(() => isInSight(page, 2, token)).toBe(true);
  }
  // one after the other, over several screens
  for (let token = 2; token < 90; token++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => focused(page)).toBe('2.89');
  expect(await isInSight(page, 2, 89)).toBe(true);

  await scrollTo(page, 1);
  expect([await focused(page), await isInSight(page, 2, 89), await chipOf(page, 2, 89).count(), await chipOf(page, 1, 89).count()]).toEqual(['2.89', false, 1, 0]);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toBe('3.89');
  expect(await isInSight(page, 3, 89)).toBe(true);
  await scrollTo(page, 0.6);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => focused(page)).toBe('3.88');
  await expect.poll(() => isInSight(page, 3, 88)).toBe(true);
  expect(await page.locator('[role=gridcell][aria-selected=true]').count()).toBe(1);
  expect(site.visited.complaints).toEqual([]);
});

test('a token chosen elsewhere comes into sight: from the minimap, and from a link', { timeout: 120_000 }, async () => {
  const page = await openRun();
  const map = page.getByRole('slider', { name: 'Advantage of every token of the batch' });
  await map.focus();
  for (const key of ['ArrowRight', 'End', 'Enter']) await page.keyboard.press(key);
  await page.locator('.inspector').getByText(`Answer 2, token ${TOKENS}`).waitFor();
  await expect.poll(() => isInSight(page, 1, TOKENS - 1)).toBe(true);
  await chipOf(page, 1, TOKENS - 1).click();
  for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowLeft');
  const token = TOKENS - 31;
  await expect.poll(() => page.url()).toMatch(new RegExp(`at=\\d+\\.\\d+\\.${token + 1}(?:&|$)`));
  await page.reload();
  await chipOf(page, 1, token).waitFor();
  expect(await chipOf(page, 1, token).getAttribute('aria-selected')).toBe('true');
  await expect.poll(() => isInSight(page, 1, token)).toBe(true);
});

test('span, pins, sources and the pointer’s words are right on chips that come into sight later', { timeout: 120_000 }, async () => {
  const page = await openRun();
  await chipOf(page, 0, 2).click();
  // the tokens that the mean over the group comes from: all of them
  await page.locator('.creditLine', { hasText: 'Mean over the problem’s tokens' }).getByRole('button', { name: /numbers|×/ }).click();
  await scrollTo(page, 0.4);
  await chipOf(page, 0, 220).click({ modifiers: ['Shift'] });
  await chipOf(page, 1, 221).click({ modifiers: ['Control'] });
  // the end of the span that was pressed stays where it is looked at, and so it does while keys move it
  expect([await focused(page), await isInSight(page, 0, 220)]).toEqual(['0.2', true]);
  await page.keyboard.press('Shift+ArrowLeft');
  expect([await focused(page), await isInSight(page, 0, 219)]).toEqual(['0.2', true]);
  await scrollTo(page, 1);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => isInSight(page, 0, 220)).toBe(true);
  await page.keyboard.press('Shift+ArrowLeft');
  await scrollTo(page, 1);
  const marked = (name: string) => page.locator(`[role=gridcell][data-${name}]`).evaluateAll((cells) => cells.map((cell) => `${cell.getAttribute('data-row')}.${cell.getAttribute('data-token')}`));
  expect([await marked('span'), await marked('pinned')]).toEqual([['0.2', '0.219'], []]);
  expect((await marked('source')).length).toBe((await chipsOf(page)).length);
  await scrollTo(page, 0.4);
  const chips = await chipsOf(page);
  expect((await marked('span')).toSorted()).toEqual(chips.filter(({ row, token }) => row === 0 && token >= 2 && token <= 219).map(({ row, token }) => `${row}.${token}`).toSorted());
  expect(await marked('pinned')).toEqual(['1.221']);

  await scrollTo(page, 0.8);
  const { row, token } = (await chipsOf(page)).find((chip) => chip.row === 4 && chip.isInSight)!;
  await chipOf(page, row, token).hover();
  expect(await page.locator('.readout').textContent()).toContain(`Answer 5, token ${token + 1} ‘${written(row, token)}’: advantage`);
  expect(await page.locator('.isHovered').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-token')))).toEqual([String(token)]);
  // another channel under the pointer that rests, also on chips that came later
  await page.keyboard.press(']');
  await expect.poll(async () => [...new Set(await page.getByRole('gridcell').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label')!.includes('log-prob '))))]).toEqual([true]);
});

test('lines over the chips stand over theirs: the value line, and the tracks of the view Value', { timeout: 120_000 }, async () => {
  const page = await openRun();
  await page.getByRole('button', { name: 'over every answer' }).click();
  await scrollTo(page, 0.5);
  // over a chip the line is level at its value, 0 lies 22 px from the top, 1 at 2 px
  const levels = await page.locator('.answerRow').evaluateAll((rows) => rows.map((row) => {
    const svg = row.querySelector<SVGSVGElement>('.valueLine')!;
    const path = svg.querySelector('path')!;
    const { left: origin } = svg.getBoundingClientRect();
    const points = path.getAttribute('d')!.split(/(?=[ML])/).map((part) => part.slice(1).split(',').map(Number) as [number, number]);
    return [...row.querySelectorAll<HTMLElement>('[role=gridcell]')].filter((cell) => !cell.matches('[tabindex="0"]')).map((cell) => {
      const { left, right } = cell.getBoundingClientRect();
      const over = points.filter(([x]) => x >= left - origin - 0.5 && x <= right - origin).map(([, y]) => y);
      return { token: Number(cell.dataset['token']), y: over.at(-1) };
    });
  }));
  levels.forEach((row, answer) => {
    expect(row.length).toBeGreaterThan(15);
    for (const { token, y } of row) expect(y).toBeCloseTo(22 - 20 * (((answer + token) % 7) / 7), 1);
  });

  await page.getByRole('group', { name: 'On the stage' }).getByRole('button', { name: 'Value', exact: true }).click();
  await page.locator('.valueTrack').first().waitFor();
  await scrollTo(page, 0.7);
  expect(await page.locator('.trackColumn').count()).toBeLessThan(ANSWERS * 60);
  const apart = await page.locator('.answerRow').evaluateAll((rows) => rows.flatMap((row) => [...row.querySelectorAll<HTMLElement>('[role=gridcell]')].filter((cell) => !cell.matches('[tabindex="0"]')).map((cell) => {
    const [chip, column] = [cell, row.querySelector(`.trackColumn[data-token="${cell.dataset['token']}"]`)!].map((part) => part.getBoundingClientRect());
    return Math.max(Math.abs(chip!.left - column!.left), Math.abs(chip!.right - column!.right));
  })));
  expect(Math.max(...apart)).toBeLessThan(0.6);
  expect(apart.length).toBeGreaterThan(ANSWERS * 15);
});

test('a picture of the view holds every token, and the page is as before', { timeout: 120_000 }, async () => {
  const page = await openRun();
  await page.getByRole('group', { name: 'On the stage' }).getByRole('button', { name: 'Gradient' }).click();
  await page.locator('[data-panel="gradient"] [role=gridcell]').first().waitFor();
  await scrollTo(page, 0.5);
  const before = await chipsOf(page);
  await page.locator('summary', { hasText: 'Menu of Gradient' }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save SVG' }).click()]);
  const svg = (await readFile(await file.path())).toString();
  // texts of one chip's font, in the order of the answers
  const texts = [...svg.matchAll(/>([^<>]+)</g)].map(([, text]) => text!).join('');
  for (let answer = 0; answer < ANSWERS; answer++) {
    const whole = Array.from({ length: TOKENS }, (_, token) => written(answer, token)).join('');
    // the glyph of a judged step stands after its first token
    expect(texts.replaceAll(/[✓✗?]/g, '')).toContain(whole);
  }
  await expect.poll(() => chipsOf(page)).toEqual(before);
});

test.each([...LOOKS])('axe finds nothing while chips are left out, %s', { timeout: 120_000 }, async (_name, look) => {
  const page = await openRun(look);
  await chipOf(page, 0, 1).click();
  await scrollTo(page, 0.5);
  expect(await axeFindings(page)).toEqual([]);
});

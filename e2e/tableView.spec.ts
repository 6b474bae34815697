// The table and the minimap over the recorded run, as a person would use them: opened by key and by tab, with the numbers of the record
// (computed here from the file), one selection for both.

import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { written } from './recordedNumbers';
import { sharedSite, type VisitOptions } from './site';
import { advantages_NT, FIRST, isSelected, lengths_N, openView, outcome_N, RUN, sumOf, tokens_NT, visitRecorded, width } from './views';

const site = sharedSite();

async function openPage(options: VisitOptions = {}): Promise<Page> {
  site.visited = await visitRecorded(site, options);
  return site.visited.page;
}

const numberOf = (text: string | null): number => (text === '—' || text === null ? Number.NaN : Number(text.replace('−', '-').replace(/\s/g, '')));

async function columnOf(page: Page, name: string): Promise<string[]> {
  const heads = await page.getByRole('columnheader').allInnerTexts();
  const column = heads.findIndex((head) => head.trim() === name) + 1;
  if (column === 0) throw new Error(`no column ${name} in ${heads.join(' | ')}`);
  return (await page.locator(`.answerTable tr[data-index] > :nth-child(${column})`).allInnerTexts()).map((text) => text.trim());
}

test('table: by key and by tab, every answer with the numbers of the record', async () => {
  const page = await openPage();
  await page.keyboard.press('t');
  const table = page.getByRole('grid', { name: 'Answers of the update' });
  await table.waitFor();
  expect(await table.getAttribute('aria-rowcount')).toBe(String(FIRST.sample.answers + 1));
  // what is in sight: the first answers of the batch, in its order
  const texts = await columnOf(page, 'Completion');
  expect(texts.length).toBeGreaterThan(15);
  const sums = (await columnOf(page, 'Credit, sum')).map(numberOf);
  const least = await columnOf(page, 'Least');
  const rewards = await columnOf(page, 'Reward');
  texts.forEach((text, answer) => {
    const tokens = tokens_NT.slice(answer * width, answer * width + lengths_N[answer]! - 1);
    expect(text).toBe(tokens.map((id) => RUN.names.alphabet[id]!.replace('\n', '⏎')).join(''));
    const advantages = advantages_NT.slice(answer * width, answer * width + lengths_N[answer]!);
    expect(Math.abs(sums[answer]! - sumOf(advantages)), `answer ${answer}`).toBeLessThan(0.006 * Math.abs(sumOf(advantages)) + 1e-3);
    expect(least[answer]).toBe(written(Math.min(...advantages)));
    expect(numberOf(rewards[answer]!)).toBe(outcome_N[answer]);
  });
  await page.keyboard.press('t');
  await page.getByRole('grid', { name: /^Answers to problem/ }).waitFor();
  await openView(page, 'Table');
  await table.waitFor();
  // as large as the window: more of it is there, nothing beside it can be reached, and Escape leads back with the selection kept
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await expect.poll(async () => (await columnOf(page, 'Completion')).length).toBeGreaterThan(texts.length);
  expect(await page.locator('.inspector').isVisible()).toBe(false);
  expect(await page.getByRole('status').allInnerTexts()).toContain('Maximised. Escape leads back.');
  await page.keyboard.press('Escape');
  await isSelected(page, 'Answer 1, token 1');
  expect(await table.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(site.visited.complaints).toEqual([]);
});

test('table: sorted either way by its heads, filtered and searched', async () => {
  const page = await openPage();
  await page.keyboard.press('t');
  const head = page.getByRole('columnheader', { name: 'Least' });
  await head.getByRole('button').click();
  expect(await head.getAttribute('aria-sort')).toBe('descending');
  await head.getByRole('button').click();
  expect(await head.getAttribute('aria-sort')).toBe('ascending');
  const all = lengths_N.map((length, answer) => Math.min(...advantages_NT.slice(answer * width, answer * width + length)));
  expect((await columnOf(page, 'Least')).slice(0, 10)).toEqual(all.toSorted((a, b) => a - b).slice(0, 10).map(written));
  await page.getByLabel('Show').selectOption({ label: 'wrong' });
  const wrong = outcome_N.filter((outcome) => outcome === 0).length;
  await page.getByText(`${wrong} of 64 answers; ${wrong} wrong.`).waitFor();
  await page.getByLabel('Show').selectOption({ label: 'all answers' });
  const prompt = FIRST.sample.problems_P[2]!.prompt;
  await page.getByLabel('Search').fill(prompt);
  await page.getByText(/^8 of 64 answers/).waitFor();
  expect(new Set(await columnOf(page, 'Problem'))).toEqual(new Set([`3 ${prompt}`]));
  await page.getByLabel('Search').fill('no such thing');
  await page.getByText('No answer is like that.').waitFor();
  // what it shows stays while another view is on the stage, and is in the link
  await page.getByLabel('Search').fill(prompt);
  await openView(page, 'Answers');
  await openView(page, 'Table');
  await page.getByText(/^8 of 64 answers/).waitFor();
  await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('table.find')).toBe(prompt);
  await page.reload();
  await page.getByText(/^8 of 64 answers/).waitFor();
  expect(await page.getByLabel('Search').inputValue()).toBe(prompt);
  expect(await head.getAttribute('aria-sort')).toBe('ascending');
  expect(await columnOf(page, 'Least')).toEqual(all.slice(16, 24).toSorted((a, b) => a - b).map(written));
  expect(site.visited.complaints).toEqual([]);
});

test('table: a row that is clicked, or reached by arrow, is selected everywhere', async () => {
  const page = await openPage();
  await page.keyboard.press('t');
  const table = page.getByRole('grid', { name: 'Answers of the update' });
  await table.locator('tr[data-index="11"]').click();
  await isSelected(page, 'Answer 4, token 1');
  await page.keyboard.press('ArrowDown');
  await isSelected(page, 'Answer 5, token 1');
  const selected = table.locator('tr[aria-selected="true"]');
  expect(await selected.getAttribute('data-index')).toBe('12');
  expect(await table.getAttribute('aria-activedescendant')).toBe(await selected.getAttribute('id'));
  await page.keyboard.press('End');
  await isSelected(page, 'Answer 8, token 1');
  expect(await selected.getAttribute('data-index')).toBe('63');
  await openView(page, 'Answers');
  await page.getByRole('grid', { name: 'Answers to problem 8' }).waitFor();
  expect(await page.locator('[role=gridcell][aria-selected="true"]').getAttribute('data-row')).toBe('7');
});

/** The middle of a token's cell: the groups of eight answers stand three pixels apart. */
function cellAt(answer: number, token: number): { x: number; y: number } {
  const [cellWidth, cellHeight] = [9, 4];
  return { x: answer * cellWidth + Math.floor(answer / 8) * 3 + 4, y: token * cellHeight + 2 };
}

test('minimap: pointing says which token it is, a click goes there, arrows and Enter too', async () => {
  const page = await openPage();
  const map = page.getByRole('slider', { name: 'Advantage of every token of the batch' });
  await map.scrollIntoViewIfNeeded();
  for (const [answer, token] of [[0, 0], [13, 7], [63, 20], [40, 11]] as const) {
    await map.hover({ position: cellAt(answer, token) });
    const text = await page.locator('.minimapReadout').textContent();
    expect(text).toMatch(new RegExp(`^Problem ${Math.floor(answer / 8) + 1}, answer ${(answer % 8) + 1}, token ${token + 1} ‘`));
    expect(text!.split('advantage ')[1]).toBe(written(advantages_NT[answer * width + token]!));
  }
  await map.click({ position: cellAt(29, 9) });
  await isSelected(page, 'Answer 6, token 10');
  await page.getByRole('grid', { name: 'Answers to problem 4' }).waitFor();
  expect(await map.getAttribute('aria-valuenow')).toBe('30');
  await map.focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'PageDown', 'Home']) await page.keyboard.press(key);
  expect(await map.getAttribute('aria-valuetext')).toMatch(/^Problem 5, answer 1, token 1 .*: advantage (minus )?\d/);
  await page.keyboard.press('Enter');
  await page.getByRole('grid', { name: 'Answers to problem 5' }).waitFor();
  await isSelected(page, 'Answer 1, token 1');
  expect(site.visited.complaints).toEqual([]);
});

test('minimap: its cells have the colours of the chips, in the half that tells the sign, in both themes', async () => {
  const page = await openPage({ colorScheme: 'light' });
  await page.getByLabel('Scale over').selectOption({ label: 'whole batch' });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(300);
    for (const row of [0, 5]) {
      const problem = Number(/problem (\d+)/.exec((await page.getByRole('grid').getAttribute('aria-label'))!)![1]) - 1;
      const answer = problem * 8 + row;
      const chip = await page.locator(`[data-row="${row}"][data-token="2"] .chipText`).evaluate((one) => getComputedStyle(one).backgroundColor);
      const isUp = advantages_NT[answer * width + 2]! > 0;
      const { x, y } = cellAt(answer, 2);
      const [upper, lower] = await page.locator('.minimapFrame canvas').evaluate((canvas: HTMLCanvasElement, at) => {
        const context = canvas.getContext('2d')!;
        return [at.y - 1, at.y + 1].map((height) => [...context.getImageData(at.x * devicePixelRatio, height * devicePixelRatio, 1, 1).data.slice(0, 3)]);
      }, { x, y });
      const wanted = chip.match(/\d+/g)!.map(Number);
      // the ramp has 256 steps
      (isUp ? upper : lower)!.forEach((channel, i) => expect(Math.abs(channel - wanted[i]!), `${colorScheme} row ${row}`).toBeLessThan(3));
      expect(isUp ? lower : upper).toEqual(colorScheme === 'light' ? [255, 255, 255] : [22, 24, 28]);
    }
  }
});

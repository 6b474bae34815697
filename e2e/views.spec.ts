// The stage's views over the recorded run, as a person would use them: opened by tab and by key, with the numbers of the record (computed
// here from the file), one selection for all of them, and nothing that axe finds in either theme or on a phone.

import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { writeRunFile } from '../src/formats/runFile';
import { exampleRun } from '../src/views/story/exampleRun';
import { axeFindings } from './axeScan';
import { recordedFile, unpacked, written } from './recordedNumbers';
import { openSite, visit, visitRun, type Site, type Visit, type VisitOptions } from './site';

const RUN = recordedFile();
const FIRST = RUN.updates[0]!;
const { width } = FIRST.sample;
const lengths_N = unpacked(FIRST.sample.lengths_N);
const tokens_NT = unpacked(FIRST.sample.tokens_NT);
const outcome_N = unpacked(FIRST.score.outcome_N);
const advantages_NT = unpacked(FIRST.credit.advantages_NT);

const LOOKS: readonly (readonly [string, VisitOptions])[] = [
  ['light', { colorScheme: 'light' }], ['dark', { colorScheme: 'dark' }], ['on a phone', { colorScheme: 'light', viewport: { width: 360, height: 740 } }],
];

let site: Site;
let open: Visit | undefined;
beforeAll(async () => { site = await openSite(); });
afterAll(() => site?.close());
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function openPage(options: VisitOptions = {}): Promise<Page> {
  open = await visit(site, { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
  await open.page.getByRole('grid').waitFor();
  return open.page;
}

/** By its tab. */
async function openView(page: Page, name: string): Promise<void> {
  await page.getByRole('group', { name: 'On the stage' }).getByRole('button', { name }).click();
}

const numberOf = (text: string | null): number => (text === '—' || text === null ? Number.NaN : Number(text.replace('−', '-').replace(/\s/g, '')));
const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);

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
  expect(open!.complaints).toEqual([]);
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
});

test('table: a row that is clicked, or reached by arrow, is selected everywhere', async () => {
  const page = await openPage();
  await page.keyboard.press('t');
  const table = page.getByRole('grid', { name: 'Answers of the update' });
  await table.locator('tr[data-index="11"]').click();
  await page.getByText('Answer 4, token 1').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByText('Answer 5, token 1').waitFor();
  const selected = table.locator('tr[aria-selected="true"]');
  expect(await selected.getAttribute('data-index')).toBe('12');
  expect(await table.getAttribute('aria-activedescendant')).toBe(await selected.getAttribute('id'));
  await page.keyboard.press('End');
  await page.getByText('Answer 8, token 1').waitFor();
  expect(await selected.getAttribute('data-index')).toBe('63');
  await openView(page, 'Answers');
  await page.getByRole('grid', { name: 'Answers to problem 8' }).waitFor();
  expect(await page.locator('[role=gridcell][aria-selected="true"]').getAttribute('data-row')).toBe('7');
});

test('table: 4,096 answers stay smooth while they scroll, sort and filter', async () => {
  open = await visitRun(site, writeRunFile(exampleRun(1, 512)), { viewport: { width: 1280, height: 800 } });
  const { page } = open;
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('t');
  const table = page.getByRole('grid', { name: 'Answers of the update' });
  expect(await table.getAttribute('aria-rowcount')).toBe('4097');
  const scrolled = await page.evaluate(async () => {
    const box = document.querySelector('.answerTableScroll')!;
    const frames: number[] = [];
    let rows = 0;
    let last = performance.now();
    for (let i = 0; i < 90; i++) {
      box.scrollTop += 500;
      const now = await new Promise<number>((resolve) => { requestAnimationFrame(resolve); });
      frames.push(now - last);
      last = now;
      rows = Math.max(rows, box.querySelectorAll('tr').length);
    }
    return { median: frames.toSorted((a, b) => a - b)[45]!, worst: Math.max(...frames), rows, height: box.scrollHeight };
  });
  const sorted = await page.evaluate(async () => {
    const times: number[] = [];
    for (const button of document.querySelectorAll<HTMLElement>('.answerTable thead button')) {
      const start = performance.now();
      button.click();
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - start);
    }
    return Math.max(...times);
  });
  console.log(`4,096 answers: median frame ${scrolled.median.toFixed(1)} ms, worst ${scrolled.worst.toFixed(1)} ms while scrolling, ${scrolled.rows} rows in the page; dearest sort ${sorted.toFixed(0)} ms`);
  expect(scrolled.rows).toBeLessThan(80);
  expect(scrolled.height).toBeGreaterThan(4096 * 30);
  expect(scrolled.median).toBeLessThan(34);
  expect(sorted).toBeLessThan(500);
});

test.each(LOOKS)('%s: axe finds nothing in the table and nothing is wider than the page', async (_name, options) => {
  const page = await openPage(options);
  await page.keyboard.press('t');
  await page.locator('tr[data-index="3"]').click();
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});

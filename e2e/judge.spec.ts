// A language model behind a chat endpoint judges in the page: a local server stands in for it. Nothing is sent before a
// person agrees; then every critique of an update is one request, and votes, words and rates are on the page. The key stays
// in memory.

import type { Page } from 'playwright';
import { afterEach, expect, test } from 'vitest';
import { say, serveChat, type Answer, type ChatServer } from '../src/critics/endpoint/chatServerTesting';
import { writeRunFile } from '../src/formats/runFile';
import { exampleRun } from '../src/views/story/exampleRun';
import { axeFindings } from './axeScan';
import { sharedSite, visitRun } from './site';
import { fillNumbers, isAt } from './smallRun';

const RECORDED = writeRunFile(exampleRun(1, 1));
const LIMIT_MS = 240_000;
const KEY = 'sk-never-written-down';

const site = sharedSite();
let server: ChatServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** The page set up for CAPO with two problems of four answers, three critiques each by the server. */
async function openJudged(answer: Answer): Promise<Page> {
  server = await serveChat(answer);
  site.visited = await visitRun(site, RECORDED, { search: '?executor=cpu' });
  const { page, context } = site.visited;
  await context.route(`${new URL(server.url).origin}/**`, (route) => route.continue());
  await page.locator('.badgeName', { hasText: 'CPU' }).waitFor({ timeout: 60_000 });
  await page.getByLabel('Preset').selectOption('small');
  await page.getByLabel('Method').selectOption('capo');
  await fillNumbers(page, { 'Problems an update': 2, 'Answers a problem': 4, 'Held-out problems': 4, 'Critiques an answer': 3 });
  await page.getByLabel('Judge', { exact: true }).selectOption('endpoint');
  await page.getByLabel('Address', { exact: true }).fill(server.url);
  await page.getByLabel('Model', { exact: true }).fill('judge-1');
  await page.getByLabel('Key, if it wants one').fill(KEY);
  return page;
}

const paused = (page: Page) => page.getByText('Paused', { exact: true }).waitFor({ timeout: 60_000 });
/** Everything that the browser keeps for the page, as text. */
const kept = (page: Page): Promise<string> => page.evaluate(async () => {
  const files: string[] = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), location.href, document.cookie, JSON.stringify(await indexedDB.databases()), JSON.stringify(await caches.keys())];
  const read = async (folder: FileSystemDirectoryHandle): Promise<void> => {
    for await (const entry of (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values()) {
      if (entry.kind === 'directory') await read(entry as FileSystemDirectoryHandle);
      // one that is being written is held
      else files.push(await (entry as FileSystemFileHandle).getFile().then((file) => file.arrayBuffer()).then((bytes) => new TextDecoder('latin1').decode(bytes), () => ''));
    }
  };
  await read(await navigator.storage.getDirectory());
  return files.join('\n');
});

test('asked first, then judged: votes, words, agreement, what voting would give; the key is nowhere', { timeout: LIMIT_MS }, async () => {
  const page = await openJudged((response, _, number) => say(response, number % 6 === 5 ? '<img src=x onerror="alert(1)"> I refuse.' : `Step 0 looks odd to me.\nStep 1 is fine.\nWrong steps: [${number % 2 === 0 ? '0' : '0, 99'}]`));
  await page.getByRole('button', { name: 'Next update' }).click();
  const dialog = page.getByRole('dialog', { name: /^Send answers to localhost:\d+\?$/ });
  await dialog.waitFor({ timeout: 60_000 });
  expect(server!.asked.length).toBe(0);
  expect(await dialog.textContent()).toMatch(/it would get 24 requests, [\d.]+ kB in all/);
  expect(await dialog.locator('pre').textContent()).toContain('<step 0> ');
  await dialog.getByRole('button', { name: 'Send nothing' }).click();
  await paused(page);
  expect([server!.asked.length, site.visited.foreignRequests]).toEqual([0, []]);

  await page.getByRole('button', { name: 'Next update' }).click();
  await dialog.getByRole('button', { name: /^Send to localhost/ }).click();
  await isAt(page, 1, 60_000);
  await paused(page);
  expect(server!.asked.length).toBe(24);
  expect(new Set(server!.asked.map(({ headers }) => headers['authorization']))).toEqual(new Set([`Bearer ${KEY}`]));

  await page.getByText('Critique: steps, votes and the judge’s words').click();
  const panel = page.locator('.critiquePanel');
  expect(await panel.locator('.critiqueSentences').textContent()).toMatch(/^judge-1 at localhost:\d+ read the answers of this batch 24 times\. 4 critiques \(16\.7\s%\) are missing: 4 without a list\. They do not vote\. 8 flags named a step that is not there/);
  // every flag that could be read is on the first step, so critiques agree on every step
  expect(await panel.locator('.critiqueSentences').textContent()).toMatch(/Fleiss’ κ, agreement beyond chance: 1 /);
  expect(await panel.locator('.answersSteps > li').count()).toBe(4);
  const first = panel.getByRole('list', { name: 'Steps of answer 1' }).getByRole('button').first();
  expect(await first.textContent()).toMatch(/^step 1: .+; votes ((wrong|missing)(, )?){3}[✗?]{3}; the checker calls it (right|wrong)$/);
  await first.click();
  const words = panel.getByRole('list', { name: 'The critiques on step 1' });
  expect(await words.textContent()).toMatch(/Step 0 looks odd to me\./);
  expect(await panel.locator('img').count()).toBe(0);
  const dial = panel.getByLabel('Critiques k');
  const status = panel.locator('p[role=status]');
  expect(await status.textContent()).toMatch(/^With 3 critiques, on average over all ways to choose them: [\d.]+\s% of its flags are right; of \d+ steps \d+ are wrong, and /);
  await dial.fill('1');
  expect(await status.textContent()).toMatch(/^With 1 critique,/);
  expect(await panel.locator('.votingPlot').first().locator('.ruleLine').count()).toBe(5);

  // later updates are covered by the same word
  await page.getByRole('button', { name: 'Next update' }).click();
  await isAt(page, 2, 60_000);
  await paused(page);
  expect(server!.asked.length).toBe(48);
  const written = await kept(page);
  expect(written).toContain('creditscope');
  expect(written).not.toContain(KEY);
  expect(written).not.toContain(server!.url);
  expect([site.visited.complaints, site.visited.foreignRequests]).toEqual([[], []]);
});

test('a judge that does not answer stops nothing for good; a slow one is cancelled', { timeout: LIMIT_MS }, async () => {
  let mood: 'refuses' | 'sleeps' | 'busy' = 'refuses';
  const page = await openJudged((response, _, number) => {
    if (mood === 'refuses') response.writeHead(401).end('{"error":{"message":"no such key"}}');
    else if (mood === 'busy' && number % 7 === 0) response.writeHead(503).end();
    else if (mood === 'busy') say(response, 'Wrong steps: []');
  });
  await page.getByRole('button', { name: 'Next update' }).click();
  await page.getByRole('button', { name: /^Send to localhost/ }).click({ timeout: 60_000 });
  await page.getByRole('alert').filter({ hasText: /The judge does not answer\. localhost:\d+: it answered 401 \(no such key\)\./ }).waitFor({ timeout: 60_000 });
  await paused(page);

  mood = 'sleeps';
  const before = server!.asked.length;
  await page.getByRole('button', { name: 'Next update' }).click();
  await expect.poll(() => server!.asked.length, { timeout: 60_000 }).toBe(before + 4);
  await page.getByText(/The judge has read 0 of 24\./).waitFor();
  await page.getByRole('button', { name: 'Cancel judging' }).click();
  await page.getByRole('alert').filter({ hasText: 'Judging was cancelled' }).waitFor({ timeout: 60_000 });
  await paused(page);
  // a run is dropped while its judge is asked
  await page.getByRole('button', { name: 'Next update' }).click();
  await expect.poll(() => server!.asked.length, { timeout: 60_000 }).toBe(before + 8);
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.locator('.sourceName', { hasText: 'Recorded run' }).waitFor({ timeout: 60_000 });

  mood = 'busy';
  await page.getByRole('button', { name: 'Next update' }).click();
  await isAt(page, 1, 120_000);
  await page.getByText('Critique: steps, votes and the judge’s words').click();
  expect(await page.locator('.critiqueSentences').textContent()).toMatch(/24 times\. Every critique could be read\./);
  expect(site.visited.complaints.filter((one) => !/401|503|request failed/.test(one))).toEqual([]);
});

test.each([['light', 1280], ['dark', 360]] as const)('the exact checker with its dials in the same view, %s at %i px: votes, a sentence for each, rates; an axe scan finds nothing', { timeout: LIMIT_MS }, async (colorScheme, width) => {
  const run = exampleRun(1, 1);
  site.visited = await visitRun(site, writeRunFile(run), { search: '?executor=cpu', colorScheme, viewport: { width, height: 800 } });
  const { page } = site.visited;
  await page.getByText('Critique: steps, votes and the judge’s words').click();
  const panel = page.locator('.critiquePanel');
  const { critiques_Nk } = run.updates[0]!.critique;
  const lost = critiques_Nk.flat().filter((flags) => flags === null).length;
  expect(lost).toBeGreaterThan(0);
  expect(await panel.locator('.critiqueSentences').textContent()).toMatch(new RegExp(`^The exact checker, with its dials, read the answers of this batch 32 times\\. ${lost} critiques \\([\\d.]+\\s%\\) are missing: ${lost} lost\\.`));
  const row = critiques_Nk.findIndex((critiques) => critiques.some((flags) => flags !== null && flags.length > 0));
  const step = critiques_Nk[row]!.find((flags) => flags !== null && flags.length > 0)![0]!;
  await panel.getByRole('list', { name: `Steps of answer ${row + 1}` }).getByRole('button').nth(step).click();
  const words = await panel.getByRole('list', { name: `The critiques on step ${step + 1}` }).getByRole('listitem').allTextContents();
  expect(words.map((text) => text.startsWith('wrong'))).toEqual(critiques_Nk[row]!.map((flags) => flags?.includes(step) ?? false));
  for (const text of words.filter((one) => one.startsWith('wrong'))) expect(text).toMatch(new RegExp(`Steps? .*\\b${step + 1}\\b.* (is|are) wrong\\.`));
  await panel.getByLabel('Rule', { exact: true }).selectOption('union');
  expect(await panel.locator('.ruleLine.isChosen').first().getAttribute('data-rule')).toBe('union');
  if (width > 1000) {
    await page.getByLabel('Judge', { exact: true }).selectOption('endpoint');
    await page.getByText('What the judge is asked').click();
    expect(await page.getByLabel('System prompt').inputValue()).toMatch(/Wrong steps: \[1, 3\]/);
  }
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  expect([site.visited.complaints, site.visited.foreignRequests]).toEqual([[], []]);
});

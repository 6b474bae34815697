// The first minute of a visitor with no GPU and no patience: one wrong answer at once, a question, numbers on pointing, a switch.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../src/cli/install.mjs';
import { readRunFile } from '../src/formats/runFile';
import { axeFindings } from './axeScan';
import { sharedSite, visit } from './site';

const TITLE = 'Which token should be blamed';
/** "Slow 4G" of Chromium's developer tools: bytes a second, milliseconds a request. */
const SLOW_4G = { offline: false, downloadThroughput: 180_000, uploadThroughput: 84_375, latency: 562.5 };
const KIB = 1024;

const site = sharedSite({ webGpu: 'no-adapter' });

test('on slow 4G real content is painted within 1.5 s, and answers a click before the worker is there', async () => {
  const context = await site.browser.newContext();
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', SLOW_4G);
  let isHeld = true;
  await page.route('**/*.worker-*.js', async (route) => {
    while (isHeld) await new Promise((resolve) => setTimeout(resolve, 50));
    await route.continue().catch(() => {});
  });
  await page.goto(site.url, { waitUntil: 'commit' });
  await page.getByRole('heading', { name: TITLE }).waitFor();
  const painted = await page.evaluate(() => new Promise<number>((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntriesByName('first-contentful-paint')[0]!.startTime)).observe({ type: 'paint', buffered: true });
  }));
  console.info(`first contentful paint on slow 4G: ${painted.toFixed(0)} ms`);
  expect(painted).toBeGreaterThan(SLOW_4G.latency);
  expect(painted).toBeLessThan(1500);
  // what was painted is the page as sent: the answer, token by token
  expect(await page.getByRole('toolbar', { name: 'The wrong answer, token by token' }).getByRole('button').count()).toBeGreaterThan(10);
  await page.getByRole('button', { name: 'A judge for every step' }).click();
  expect(await page.getByText(/^CAPO: a judge read the answer/).isVisible()).toBe(true);
  isHeld = false;
  await context.close();
});

describe('budgets', () => {
  const gzipped = (path: string): number => gzipSync(readFileSync(join(projectRoot, path))).length;

  test('script before interaction is under 250 KiB as gzip, and that is all the page asks for before it', () => {
    const html = readFileSync(join(projectRoot, 'dist/index.html'), 'utf8');
    const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]!);
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.reduce((sum, name) => sum + gzipped(join('dist', name)), 0)).toBeLessThan(250 * KIB);
    expect(html).not.toMatch(/rel="stylesheet"/);
  });

  test.each(readdirSync(join(projectRoot, 'public/runs')).filter((name) => name.endsWith('.json')))('recording %s is under 300 KiB as gzip', (name) => {
    expect(gzipped(join('public/runs', name))).toBeLessThan(300 * KIB);
  });
});

test('the opening is an answer of the recorded run, and what it says of it is what the record says', async () => {
  const run = readRunFile(readFileSync(join(projectRoot, 'public/runs/default.json'), 'utf8'));
  const opening = JSON.parse(readFileSync(join(projectRoot, 'src/views/opening/opening.json'), 'utf8'));
  const { sample, score, critique, credit } = run.updates[0]!;
  const group = [...sample.problem_N.keys()].filter((n) => sample.problem_N[n] === opening.problem);
  const n = group[opening.answer]!;
  const tokens = [...sample.tokens_NT.subarray(n * sample.width, n * sample.width + sample.lengths_N[n]!)].map((id) => run.names.alphabet[id]!);
  expect(opening.tokens_T).toEqual(tokens);
  expect(score.outcome_N[n]).toBe(0);
  expect(critique.isCorrect_NK[n]!.indexOf(false)).toBe(opening.brokenStep);
  opening.judged_T.forEach((value: number, t: number) => expect(value).toBeCloseTo(credit.advantages_NT[n * sample.width + t]!, 3));
  // GRPO by hand: outcomes of the group, sample standard deviation
  const outcomes = group.map((one) => score.outcome_N[one]!);
  const mean = outcomes.reduce((sum, one) => sum + one, 0) / outcomes.length;
  const spread = Math.sqrt(outcomes.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (outcomes.length - 1));
  for (const value of opening.oneScore_T) expect(value).toBeCloseTo((0 - mean) / spread, 3);
  // what was deserved adds up from the first chance of a right answer to none
  const deserved = opening.deserved_T.reduce((sum: number, one: number) => sum + one, 0);
  expect(deserved).toBeCloseTo(-opening.chances_T1[0], 2);
  expect(opening.chances_T1.at(-1)).toBe(0);

  const { page, complaints, foreignRequests } = await visit(site);
  const chips = page.getByRole('toolbar', { name: 'The wrong answer, token by token' }).getByRole('button');
  const worst = opening.deserved_T.indexOf(Math.min(...opening.deserved_T));
  await chips.nth(worst).hover();
  expect(await page.getByText(/^Token \d+ ‘.’, in step 3: credit/).textContent()).toContain('The same as every other token here');
  await chips.nth(worst).click();
  expect(await page.getByText(/^Yes\. ‘.’ is where it broke/).isVisible()).toBe(true);
  await chips.nth(0).click();
  expect(await page.getByText(/^A fair guess\./).isVisible()).toBe(true);
  await page.getByRole('button', { name: 'One score for all' }).click();
  const names = await chips.evaluateAll((all) => all.map((one) => /credit (.*)$/.exec(one.getAttribute('aria-label') ?? '')?.[1]));
  expect(new Set(names).size).toBe(1);
  await page.getByRole('button', { name: 'Walk through one update' }).click();
  expect(await page.getByRole('heading', { name: TITLE }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Sample', exact: true }).getAttribute('aria-current')).toBe('step');
  // before the reload breaks off what the page may still be asking for
  expect({ complaints, foreignRequests }).toEqual({ complaints: [], foreignRequests: [] });
  await page.reload();
  await page.getByRole('grid').waitFor();
  expect(await page.getByRole('heading', { name: TITLE }).count()).toBe(0);
});

test.each([['light', 1280], ['dark', 360]] as const)('%s at %i px: the keyboard reaches every token, and an axe scan finds nothing', async (colorScheme, width) => {
  const { page } = await visit(site, { colorScheme, viewport: { width, height: 800 } });
  await page.getByRole('button', { name: 'A judge for every step' }).click();
  const first = page.getByRole('toolbar', { name: 'The wrong answer, token by token' }).getByRole('button').first();
  await first.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Token 4,/);
  await page.keyboard.press('Enter');
  expect(await page.getByText(/^A fair guess\./).isVisible()).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Start lesson 1' }).click();
  await page.getByRole('heading', { name: 'One score for all' }).waitFor();
});

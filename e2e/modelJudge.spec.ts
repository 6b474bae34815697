// Language models on this machine judge in the page: the one that ships, which asks no other host and nobody's leave; one in a
// folder; and one that is fetched from Hugging Face, a stand-in here, after both questions, and is there without a network later.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Route } from 'playwright';
import { beforeEach, expect, test } from 'vitest';
import { projectRoot } from '../src/cli/install.mjs';
import { writeRunFile } from '../src/formats/runFile';
import { exampleRun } from '../src/views/story/exampleRun';
import { axeFindings } from './axeScan';
import { sharedSite, visitRun } from './site';
import { fillNumbers, isAt } from './smallRun';

/** of one update, so that the next is a new one */
const RECORDED = writeRunFile(exampleRun(1, 1));
const LIMIT_MS = 300_000;
const WAIT = { timeout: 120_000 };
const SHIPPED = join(projectRoot, 'public/models/judge');
const MODEL = 'somebody/a-judge';
const REVISION = 'a'.repeat(40);

const site = sharedSite();
/** requests that the server had before the test */
let askedBefore = 0;
beforeEach(() => { askedBefore = site.server.requests.length; });

/** The page set up for CAPO with two problems of four answers, four critiques each by a language model. */
async function openJudged(options: Parameters<typeof visitRun>[2] = {}): Promise<Page> {
  site.visited = await visitRun(site, RECORDED, { search: '?executor=cpu', ...options });
  await setUp(site.visited.page);
  return site.visited.page;
}

async function setUp(page: Page): Promise<void> {
  await page.locator('.badgeName', { hasText: 'CPU' }).waitFor(WAIT);
  // of a small screen
  const way = page.getByRole('button', { name: 'Setup', exact: true });
  if (await way.isVisible()) await way.click();
  await page.getByLabel('Preset').selectOption('small');
  await page.getByLabel('Method').selectOption('capo');
  await fillNumbers(page, { 'Problems an update': 2, 'Answers a problem': 4, 'Held-out problems': 4, 'Critiques an answer': 4 });
  await page.getByLabel('Judge', { exact: true }).selectOption('model');
}

/** The shipped judge under another name was still taught on texts of another form than those that models are asked by default. */
async function askAsTaught(page: Page): Promise<void> {
  await page.getByText('What the judge is asked').click();
  await page.getByLabel('System prompt').fill('');
  await page.getByLabel(/^Prompt;/).fill('{rules}{problem}\n{steps}');
}

const nextUpdate = (page: Page) => page.getByRole('button', { name: 'Next update' }).click();
async function isPausedAt(page: Page, update: number): Promise<void> {
  await isAt(page, update, WAIT.timeout);
  await page.getByText('Paused', { exact: true }).waitFor(WAIT);
}
const sentences = async (page: Page): Promise<string> => {
  const panel = page.locator('.critiquePanel');
  if (await panel.getAttribute('open') === null) await page.getByText('Critique: steps, votes and the judge’s words').click();
  return (await panel.locator('.critiqueSentences').textContent())!;
};
const large = (): string[] => site.server.requests.slice(askedBefore).map(({ path }) => path).filter((path) => /transformers|\.wasm$|models\/judge\//.test(path));

test('the judge that ships: no question, no other host; its words, votes, credit and further updates', { timeout: LIMIT_MS }, async () => {
  const page = await openJudged();
  await page.getByLabel('Model', { exact: true }).waitFor();
  expect(await page.getByLabel('Model', { exact: true }).inputValue()).toBe('built-in');
  expect(large().filter((path) => !path.endsWith('accuracy.json'))).toEqual([]);
  await nextUpdate(page);
  await isPausedAt(page, 1);
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(large().filter((path) => path.endsWith('.wasm'))).toEqual([expect.stringMatching(/^\/some\/base\/assets\/ort-wasm-simd-threaded\.asyncify-[\w-]+\.wasm$/)]);
  expect(large()).toContain('/some/base/models/judge/onnx/model.onnx');
  expect(await sentences(page)).toMatch(/^built-in, run by the processor \(wasm\), fp32, read the answers of this batch 32 times\./);
  const panel = page.locator('.critiquePanel');
  expect(await panel.locator('.answersSteps > li').count()).toBe(4);
  const first = panel.getByRole('list', { name: 'Steps of answer 1' }).getByRole('button').first();
  expect(await first.textContent()).toMatch(/^step 1: .+; votes ((wrong|fine|missing)(, )?){4}[✗✓?]{4}; the checker calls it (right|wrong)$/);
  await first.click();
  // it works a step out before it calls it right or wrong
  expect(await panel.getByRole('list', { name: 'The critiques on step 1' }).textContent()).toMatch(/step 0: \S+ (right|wrong)/);
  expect(await panel.getByText('Against the exact checker').count()).toBe(1);
  await nextUpdate(page);
  await isPausedAt(page, 2);
  // opened once
  expect(large().filter((path) => path.endsWith('model.onnx'))).toHaveLength(1);
  expect([site.visited.complaints, site.visited.foreignRequests]).toEqual([[], []]);
});

test('a folder on this machine, opened as a person does; without one a sentence says what to do', { timeout: LIMIT_MS }, async () => {
  const page = await openJudged();
  await page.getByLabel('Model', { exact: true }).selectOption('folder');
  await nextUpdate(page);
  await page.getByRole('alert').filter({ hasText: 'open the folder first' }).waitFor(WAIT);
  // what is dropped there is the judge's, and no file of answers for the page
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['{}'], 'config.json'));
    return transfer;
  });
  await page.getByLabel('Open or drop a folder').dispatchEvent('drop', { dataTransfer: dropped });
  await page.waitForTimeout(300);
  expect(await page.locator('dialog[open]').count()).toBe(0);
  await page.getByLabel('Open or drop a folder').setInputFiles(SHIPPED);
  await page.getByText(/^judge: \d+ files, [\d.]+ (kB|MB)\.$/).waitFor();
  await askAsTaught(page);
  await page.getByText('Paused', { exact: true }).waitFor(WAIT);
  await nextUpdate(page);
  await isPausedAt(page, 1);
  expect(await sentences(page)).toMatch(/^folder, run by the processor \(wasm\), fp32, read the answers of this batch 32 times\./);
  expect(large().filter((path) => path.includes('models/judge/onnx'))).toEqual([]);
  // other weights than it has are refused by name, and nothing is lost
  await page.getByLabel('Weights').selectOption('q4');
  await nextUpdate(page);
  await page.getByRole('alert').filter({ hasText: 'folder has no weights q4; it has fp32.' }).waitFor(WAIT);
  await page.getByLabel('Weights').selectOption('auto');
  await nextUpdate(page);
  await isPausedAt(page, 2);
  expect([site.visited.complaints, site.visited.foreignRequests]).toEqual([[], []]);
});

/** Stands in for huggingface.co with the shipped judge's folder. */
function hub(answer: (route: Route, name: string, bytes: Buffer) => Promise<void>) {
  const files = readdirSync(SHIPPED, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(SHIPPED, name)).isFile());
  const asked: string[] = [];
  const headers = { 'access-control-allow-origin': '*' };
  const serve = async (route: Route): Promise<void> => {
    const { pathname } = new URL(route.request().url());
    asked.push(pathname);
    if (pathname === `/api/models/${MODEL}`) return route.fulfill({ headers, contentType: 'application/json', body: JSON.stringify({ sha: REVISION, siblings: files.map((name) => ({ rfilename: name, size: statSync(join(SHIPPED, name)).size })) }) });
    const name = pathname.replace(`/${MODEL}/resolve/${REVISION}/`, '');
    return files.includes(name) ? answer(route, name, readFileSync(join(SHIPPED, name))) : route.fulfill({ status: 404, headers });
  };
  return { asked, serve, headers };
}

test('a model of Hugging Face: asked before the host hears of it, again with its size; cancelled half-way; fetched once, then there without a network', { timeout: LIMIT_MS }, async () => {
  let isSlow = true;
  const { asked, serve, headers } = hub(async (route, name, body) => {
    // never answered while slow: the person cancels
    if (isSlow && name.endsWith('model.onnx')) return;
    await route.fulfill({ headers, body });
  });
  const page = await openJudged();
  await site.visited.context.route('https://huggingface.co/**', serve);
  await page.getByLabel('Model', { exact: true }).selectOption({ label: 'another on Hugging Face …' });
  await page.getByLabel('Id on Hugging Face').fill('no model');
  await page.getByText(/Model must be built-in, folder, or an id on Hugging Face such as/).waitFor();
  await page.getByLabel('Id on Hugging Face').fill(MODEL);
  await askAsTaught(page);
  await nextUpdate(page);
  const first = page.getByRole('dialog', { name: `Ask huggingface.co for ${MODEL}?` });
  await first.waitFor(WAIT);
  await first.getByRole('button', { name: 'Ask nothing' }).click();
  expect([asked, site.visited.foreignRequests]).toEqual([[], []]);
  await page.getByText('Paused', { exact: true }).waitFor(WAIT);

  await nextUpdate(page);
  await first.getByRole('button', { name: 'Ask huggingface.co' }).click(WAIT);
  const second = page.getByRole('dialog', { name: /^Fetch [\d.]+ (kB|MB) from huggingface\.co\?$/ });
  await second.waitFor(WAIT);
  expect(asked).toEqual([`/api/models/${MODEL}`]);
  expect(await second.textContent()).toMatch(/onnx\/model\.onnx[\d.]+ (kB|MB)/);
  await second.getByRole('button', { name: /^Fetch \d/ }).click();
  await page.getByText(/^Fetching the judge: 0\.\d of [\d.]+ MB \(onnx\/model\.onnx\)\./).waitFor(WAIT);
  await page.getByRole('button', { name: 'Cancel judging' }).click();
  await page.getByRole('alert').filter({ hasText: 'Judging was cancelled' }).waitFor(WAIT);

  isSlow = false;
  await page.getByText('Paused', { exact: true }).waitFor(WAIT);
  await nextUpdate(page);
  await isPausedAt(page, 1);
  expect(await sentences(page)).toMatch(new RegExp(`^${MODEL} from huggingface.co, run by the processor \\(wasm\\), fp32, read the answers of this batch 32 times\\.`));
  // what was whole before the cancel was not fetched again
  expect(asked.filter((path) => path.endsWith('/tokenizer.json'))).toHaveLength(1);
  const before = asked.length;

  // a new page, whose network ends at its own host
  const { context } = site.visited;
  await context.unroute('https://huggingface.co/**');
  const [address] = page.url().split('#');
  await page.goto('about:blank');
  await page.goto(address!);
  await setUp(page);
  await page.getByLabel('Model', { exact: true }).selectOption({ label: 'another on Hugging Face …' });
  await page.getByLabel('Id on Hugging Face').fill(MODEL);
  // in words it does not know, it is not asked in vain: a sentence says so
  // the site's own files come from its service worker now, the recorded run too: its next update would not be a new one
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'The judge can read none of these answers.' }).waitFor(WAIT);
  await page.getByText('Paused', { exact: true }).waitFor(WAIT);
  await askAsTaught(page);
  await nextUpdate(page);
  await isPausedAt(page, 1);
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect([asked.length, site.visited.foreignRequests]).toEqual([before, []]);
  expect(site.visited.complaints).toEqual([]);
});

test('critiques under way are broken off between two tokens, and the update is judged when it is asked for again', { timeout: LIMIT_MS }, async () => {
  const page = await openJudged();
  await page.getByLabel('Problems an update', { exact: true }).fill('32');
  await page.getByLabel('Answers a problem', { exact: true }).fill('8');
  await nextUpdate(page);
  await page.getByText(/^The judge has read 0 of 1024\./).waitFor(WAIT);
  const pressed = Date.now();
  await page.getByRole('button', { name: 'Cancel judging' }).click();
  await page.getByRole('alert').filter({ hasText: 'Judging was cancelled' }).waitFor(WAIT);
  // a whole batch takes longer than this
  expect(Date.now() - pressed).toBeLessThan(15_000);
  expect(site.visited.complaints).toEqual([]);
});

test.each([['light', 1280], ['dark', 360]] as const)('the settings of each kind of model, %s at %i px: an axe scan finds nothing, and nothing is wider than the page', { timeout: LIMIT_MS }, async (colorScheme, width) => {
  const page = await openJudged({ colorScheme, viewport: { width, height: 900 } });
  await page.getByText('How good it is').click();
  expect(await page.getByRole('list', { name: 'Accuracy by task' }).getByRole('listitem').first().textContent()).toMatch(/^chain: F1 [01][\d.]*, precision [\d.]+\s%, recall [\d.]+\s%/);
  for (const model of ['built-in', 'folder', 'onnx-community/Qwen3-0.6B-ONNX', '']) {
    await page.getByLabel('Model', { exact: true }).selectOption(model);
    expect(await axeFindings(page), model).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  expect([site.visited.complaints, site.visited.foreignRequests]).toEqual([[], []]);
});

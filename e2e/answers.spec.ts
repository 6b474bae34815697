// Real answers in the page: the example, a file with bad lines, a large file with progress and without freezing, hostile text, export, axe.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, expect, test } from 'vitest';
import { say, serveChat, type ChatServer } from '../src/critics/endpoint/chatServerTesting';
import { writeRunFile } from '../src/formats/runFile';
import { byteLevelTokenizer } from '../src/formats/tokenizerTesting';
import { exampleRun } from '../src/views/story/exampleRun';
import { axeFindings, LOOKS } from './axeScan';
import { sharedSite, visitRun, type VisitOptions } from './site';

const RECORDED = writeRunFile(exampleRun(2, 1));
const LIMIT_MS = 120_000;

const site = sharedSite({ webGpu: 'no-adapter' });
let server: ChatServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function openDialog(options: VisitOptions = {}): Promise<Page> {
  site.visited = await visitRun(site, RECORDED, options);
  const { page } = site.visited;
  await page.getByRole('button', { name: 'Real answers' }).click();
  return page;
}

const openText = (page: Page, name: string, text: string | Buffer) => page.getByLabel('File of answers').setInputFiles({ name, mimeType: 'application/jsonl', buffer: Buffer.from(text) });
const status = (page: Page) => page.getByRole('dialog').getByRole('status');

test('the example: tokens with credit, the steps’ verdicts, other methods, what others lack; nothing leaves the page', { timeout: LIMIT_MS }, async () => {
  const page = await openDialog();
  await page.getByRole('button', { name: 'Example: GSM8K by language models' }).click();
  await status(page).filter({ hasText: 'gsm8k.jsonl: 60 problems, 240 answers (gsm8k model solutions); every line could be read' }).waitFor();
  const dialog = page.getByRole('dialog');
  const answers = dialog.getByRole('article');
  await answers.first().getByRole('gridcell').first().waitFor();
  expect(await answers.count()).toBe(4);
  expect(await answers.getByRole('heading').allTextContents()).toEqual(['1. 6b_finetuning', '2. 6b_verification', '3. 175b_finetuning', '4. 175b_verification']);
  expect(await dialog.locator('.fileQuestion').textContent()).toMatch(/^Janet’s ducks lay 16 eggs per day\./);

  await dialog.getByRole('combobox', { name: /^Method/ }).selectOption('grpo');
  const cells = answers.nth(3).getByRole('gridcell');
  await cells.first().filter({ hasText: 'Janet' }).waitFor();
  await cells.first().click();
  await dialog.getByRole('heading', { name: 'Where the credit comes from' }).waitFor();
  // one of four is right: (1 − 1/4) / std, with the deviation of a sample (1/2) or of all (√3/4)
  const advantage = Number(await dialog.locator('[data-channel="advantage"] td').textContent());
  expect([1.5, Math.sqrt(3)].some((one) => Math.abs(advantage - one) < 0.01), String(advantage)).toBe(true);
  await page.keyboard.press('ArrowRight');
  await dialog.getByText('Answer 4, token 2', { exact: true }).waitFor();
  // the same token by the others; one of them is painted instead
  const rloo = dialog.locator('[data-method="rloo"]');
  await rloo.locator('td').filter({ hasText: '1.00' }).waitFor();
  await rloo.getByRole('button').click();
  expect(await dialog.getByRole('combobox', { name: /^Method/ }).inputValue()).toBe('rloo');
  expect(await dialog.locator('[data-channel="advantage"] td').textContent()).toBe('1.00');
  await dialog.getByText(/methods need more than a file has/).click();
  expect(await dialog.locator('.refusedMethods').textContent()).toMatch(/needs the signal “Value”.*answers from a file come without\./);

  await dialog.getByLabel('Problem', { exact: false }).and(dialog.locator('input')).fill('60');
  await dialog.locator('.fileQuestion').filter({ hasNotText: 'Janet' }).waitFor();
  expect(site.visited.complaints).toEqual([]);
  expect(site.visited.foreignRequests).toEqual([]);
});

test('a file with bad lines and hostile text: numbers of the skipped, the rest shown as text', { timeout: LIMIT_MS }, async () => {
  const page = await openDialog();
  const good = { prompt: '<img src=x onerror="window.hacked=1"> 3*4?', completions: ['3*4=13\n<script>window.hacked=1</script>\n#### 13', '3*4=12\n#### 12'], rewards: [0, 1], reference: '12' };
  await openText(page, 'mine.jsonl', [JSON.stringify(good), 'nonsense', '{"__proto__": 1}', `{"prompt": ${'['.repeat(100_000)}${']'.repeat(100_000)}, "completion": "x"}`, JSON.stringify({ ...good, prompt: 'second' })].join('\n'));
  await status(page).filter({ hasText: 'mine.jsonl: 2 problems, 4 answers (rollouts); 3 lines skipped' }).waitFor();
  await page.getByText('3 lines skipped, from line 2').click();
  const bad = await page.locator('.badLines li').allTextContents();
  expect(bad.map((line) => /^Line (\d)/.exec(line)?.[1])).toEqual(['2', '3', '4']);
  await page.getByRole('article').first().getByRole('gridcell').filter({ hasText: 'script' }).first().waitFor();
  expect(await page.getByRole('article').first().locator('.stepLine-wrong').count()).toBe(1);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await openText(page, 'bad.jsonl', 'not a line of answers');
  await page.getByRole('alert').filter({ hasText: 'No line of this could be read as answers.' }).waitFor();
  expect(site.visited.complaints).toEqual([]);
});

test('methods side by side: one scale, the difference, a program, the steps known to be wrong, and who cannot run', { timeout: LIMIT_MS }, async () => {
  const page = await openDialog();
  const tokens = ['a', ' b', ' c', ' d'];
  const labelled = { prompt: 'spell', completions: ['a b c d', 'a b c d', 'a b c d', 'a b c d'], rewards: [1, 0, 0, 0], tokens: [tokens, tokens, tokens, tokens], steps: Array(4).fill(['a', ' b c d']), step_labels: [[1, 1], [0, 1], [1, 0], [1, 1]] };
  await openText(page, 'labelled.jsonl', [labelled, { prompt: 'all right', completions: ['x', 'y'], rewards: [1, 1] }].map((one) => JSON.stringify(one)).join('\n'));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Methods side by side' }).click();
  for (const name of ['CAPO', 'TEMPO (prefix to tree)', 'TreePS (stand-in)']) await dialog.getByRole('button', { name: `Leave out ${name}` }).click();
  await dialog.getByRole('combobox', { name: 'Add a method' }).selectOption('rloo');
  await dialog.getByRole('button', { name: 'as it is' }).click();
  const numbers = async (row: string) => (await dialog.locator(row).locator('td .spoken').allTextContents()).map((text) => Number(text.replace(/^minus /, '-').replace(' times ten to the minus ', 'e-')));
  await dialog.locator('.methodRow').nth(1).waitFor();
  // the second answer is the first wrong one: leave-one-out 0 − 1/3, grouped (0 − 1/4) / std with std 1/2 of a sample or √3/4 of all
  await expect.poll(() => numbers('.methodRow:has-text("RLOO")')).toEqual(Array(4).fill(-0.333));
  const [grpo] = await numbers('.methodRow:has-text("GRPO")');
  expect([-0.5, -1 / Math.sqrt(3)].some((one) => Math.abs(grpo! - one) < 0.002), String(grpo)).toBe(true);
  // both give credit by the outcome alone: at its best scale RLOO is GRPO
  expect(await dialog.locator('.differenceRow .rowName').textContent()).toBe('RLOO − GRPO');
  (await numbers('.differenceRow')).forEach((one) => expect(Math.abs(one)).toBeLessThan(1e-3));
  expect(await dialog.locator('.creditMatrix').getAttribute('aria-label')).toBe('Answer 2 to problem 1: credit by each method, a column a token');
  expect(await dialog.locator('.matrixToken').first().getAttribute('aria-label')).toMatch(/^token 1, 'a', in the first wrong step$/);
  await dialog.locator('.methodRow').getByRole('button', { name: 'RLOO' }).click();
  await dialog.locator('.formulaRow').first().waitFor();

  // of three wrong answers two have a step labelled wrong: one token of four, and three of four
  const broken = dialog.getByRole('region', { name: 'Against the steps known to be wrong' });
  expect(await broken.locator('[data-method="rloo"] td').textContent()).toMatch(/^50\s%1 of 2$/);
  await dialog.getByText(/the file labels the steps of 4 answers, and sums inside the others were checked\. 2 of the 3 answers to problems 1 to 2 that are not right have such a step/).waitFor();
  expect(await broken.locator('[data-method="capo"] th').textContent()).toContain('reads these verdicts');
  expect(await broken.locator('[data-method="capo"] td').textContent()).toMatch(/^100\s%2 of 2$/);
  await dialog.getByRole('button', { name: 'Score the whole file' }).click();
  await expect.poll(() => broken.locator('[data-method="rloo"] td').allTextContents()).toEqual([expect.stringMatching(/^50\s%1 of 2$/), expect.stringMatching(/^50\s%1 of 2$/)]);
  await dialog.getByText(/methods need more than a file has/).click();
  expect(await dialog.locator('.refusedMethods').textContent()).toMatch(/PPO.*answers from a file come without\./);
  expect(site.visited.complaints).toEqual([]);
});

test('side by side, a long answer comes in stretches that the arrow keys lead through', { timeout: LIMIT_MS }, async () => {
  const page = await openDialog();
  await openText(page, 'long.jsonl', JSON.stringify({ prompt: 'go on', completions: ['word '.repeat(700).trim(), 'no'], rewards: [0, 1] }));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Methods side by side' }).click();
  const head = dialog.locator('.creditMatrix thead .matrixHead');
  await head.filter({ hasText: 'Token 1 of 700' }).waitFor();
  expect(await dialog.locator('.matrixToken').count()).toBe(300);
  await dialog.locator('.matrixToken').last().click();
  // what the pointer is on would be shown first
  await page.mouse.move(0, 0);
  await page.keyboard.press('ArrowRight');
  await head.filter({ hasText: 'Token 301 of 700' }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe("token 301, ' word'");
  await page.keyboard.press('End');
  await head.filter({ hasText: 'Token 700 of 700' }).waitFor();
  expect(await dialog.locator('.matrixToken').count()).toBe(100);
  await page.keyboard.press('Home');
  await head.filter({ hasText: 'Token 1 of 700' }).waitFor();
  expect(site.visited.complaints).toEqual([]);
});

/** Chips of an answer, as a person reads them. */
const chips = (page: Page, answer: number) => page.getByRole('article').nth(answer).locator('.wordText').allTextContents();
const tokensBy = (page: Page) => page.getByRole('dialog').getByRole('combobox', { name: /^Tokens/ });
const openTokenizer = async (page: Page, json: object, name = 'tokenizer.json') => {
  await tokensBy(page).selectOption('opened');
  await page.getByLabel(/^tokenizer\.json, and/).setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(json)) });
};

test('tokens by a tokenizer.json, dropped or chosen: characters stay whole, credit is one a token, hostile files are sentences', { timeout: LIMIT_MS }, async () => {
  const page = await openDialog();
  const texts = ['thé 🙂 the', '<b>the</b>'];
  await openText(page, 'mine.jsonl', JSON.stringify({ prompt: 'p', completions: texts, rewards: [1, 0] }));
  await page.getByRole('article').nth(1).getByRole('gridcell').first().waitFor();
  expect(await chips(page, 0)).toEqual(['thé', ' 🙂', ' the']);
  const html = { id: 400, content: '<b>', single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  await openTokenizer(page, byteLevelTokenizer(['h e', 't he'], [html]));
  // é has two bytes and the smile four
  await expect.poll(() => chips(page, 0)).toEqual(['t', 'h', '', 'é', ' ', '', '', '', '🙂', ' ', 'the']);
  expect(await chips(page, 1)).toEqual(['<b>', 'the', '<', '/', 'b', '>']);
  expect(await page.getByRole('article').nth(0).getByRole('gridcell').nth(2).getAttribute('aria-label')).toMatch(/^token 3, no text of its own, advantage/);
  await page.getByRole('dialog').getByRole('combobox', { name: /^Method/ }).selectOption('rloo');
  // 1 − 0 for each of the eleven tokens, 0 − 1 for each of the six
  const labels = (answer: number) => page.getByRole('article').nth(answer).getByRole('gridcell').evaluateAll((cells) => cells.map((cell) => /advantage (.+)$/.exec(cell.getAttribute('aria-label') ?? '')?.[1]));
  await expect.poll(() => labels(0)).toEqual(Array(11).fill('1.00'));
  expect(await labels(1)).toEqual(Array(6).fill('minus 1.00'));

  for (const [json, says] of [
    [{ model: { type: 'BPE', vocab: { a: 1e15 }, merges: [] } }, /token "a" has id 1000000000000000/], [{ __proto__: null, model: [] }, /model: must be an object/],
    [{ ...byteLevelTokenizer([]), pre_tokenizer: { type: '<img src=x onerror="window.hacked=1">' } }, /tokenizer\.json: cannot be used as a tokenizer/],
  ] as const) {
    await openTokenizer(page, json);
    await page.getByRole('alert').filter({ hasText: says }).waitFor();
    expect((await chips(page, 0)).length).toBe(11);
  }
  // one that thinks for ever over a text is left
  const slow = { ...byteLevelTokenizer([]), pre_tokenizer: { type: 'Split', pattern: { Regex: '(?:[a-zé🙂 ]+)+#' }, behavior: 'Isolated', invert: false } };
  await openText(page, 'slow.jsonl', JSON.stringify({ prompt: 'p', completions: ['a'.repeat(60)], rewards: [1] }));
  await openTokenizer(page, slow);
  await page.getByText('The tokenizer cuts these answers.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await expect.poll(() => chips(page, 0)).toEqual(['a'.repeat(60)]);
  expect(await tokensBy(page).inputValue()).toBe('file');

  await page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'any name.json'));
    document.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, JSON.stringify(byteLevelTokenizer(['a a', 'aa aa'])));
  await expect.poll(() => chips(page, 0)).toEqual(Array(15).fill('aaaa'));
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(site.visited.foreignRequests).toEqual([]);
  // the library warns of what it does not know, and nothing else is said
  expect(site.visited.complaints).toEqual([]);
});

test('a model’s tokenizer from Hugging Face: asked twice, fetched once, kept for use without a network', { timeout: LIMIT_MS }, async () => {
  const page = await openDialog();
  const asked: string[] = [];
  const tokenizer = JSON.stringify(byteLevelTokenizer(['h e', 't he']));
  await site.visited.context.route('https://huggingface.co/**', (route) => {
    asked.push(new URL(route.request().url()).pathname);
    const headers = { 'access-control-allow-origin': '*' };
    if (asked.at(-1)!.startsWith('/api/')) return route.fulfill({ headers, json: { sha: 'abcdef0', siblings: [{ rfilename: 'tokenizer.json', size: Buffer.byteLength(tokenizer) }, { rfilename: 'onnx/model.onnx', size: 1e9 }] } });
    return asked.at(-1) === '/maker/model/resolve/abcdef0/tokenizer.json' ? route.fulfill({ headers, contentType: 'application/json', body: tokenizer }) : route.fulfill({ status: 404, headers });
  });
  await openText(page, 'mine.jsonl', JSON.stringify({ prompt: 'p', completions: ['the é', 'x'], rewards: [1, 0] }));
  await tokensBy(page).selectOption('hub');
  await page.getByLabel('Model’s id').fill('nonsense');
  await page.getByRole('button', { name: 'Use its tokenizer' }).click();
  await page.getByRole('alert').filter({ hasText: 'is no id of a model on Hugging Face' }).waitFor();
  await page.getByLabel('Model’s id').fill('maker/model');
  await page.getByRole('button', { name: 'Use its tokenizer' }).click();
  const first = page.getByRole('dialog', { name: 'Ask huggingface.co for maker/model?' });
  await first.waitFor();
  expect(asked).toEqual([]);
  await first.getByRole('button', { name: 'Ask nothing' }).click();
  await page.getByRole('button', { name: 'Use its tokenizer' }).click();
  await first.getByRole('button', { name: 'Ask huggingface.co' }).click();
  const second = page.getByRole('dialog', { name: /^Fetch .* from huggingface\.co\?$/ });
  await second.getByRole('row', { name: /tokenizer\.json/ }).waitFor();
  expect(await second.textContent()).not.toContain('model.onnx');
  expect(asked).toEqual(['/api/models/maker/model']);
  await second.getByRole('button', { name: /^Fetch [\d.]+/ }).click();
  await expect.poll(() => chips(page, 0)).toEqual(['the', ' ', '', 'é']);
  expect(asked).toEqual(['/api/models/maker/model', '/maker/model/resolve/abcdef0/tokenizer.json']);
  // the next file by the same tokenizer, with the host gone
  await site.visited.context.unroute('https://huggingface.co/**');
  await openText(page, 'next.jsonl', JSON.stringify({ prompt: 'p', completions: ['then', 'x'], rewards: [1, 0] }));
  await tokensBy(page).selectOption('hub');
  await page.getByLabel('Model’s id').fill('maker/model');
  await page.getByRole('button', { name: 'Use its tokenizer' }).click();
  await expect.poll(() => chips(page, 0)).toEqual(['the', 'n']);
  expect([site.visited.foreignRequests, site.visited.complaints]).toEqual([[], []]);
});

test('a language model elsewhere judges: asked first, votes and words under the answers, methods that need critiques, scored by labels, exported', { timeout: LIMIT_MS }, async () => {
  let sleeps = false;
  server = await serveChat((response) => { if (!sleeps) say(response, 'Step 1 looks odd <img src=x onerror="window.hacked=1">\nWrong steps: [1]'); });
  const page = await openDialog();
  await site.visited.context.route(`${new URL(server.url).origin}/**`, (route) => route.continue());
  const dialog = page.getByRole('dialog', { name: 'Real answers' });
  const methodNames = () => dialog.getByRole('combobox', { name: /^Method/ }).locator('option').evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  await openText(page, 'plain.jsonl', JSON.stringify({ prompt: 'Say two lines.', completions: ['one\ntwo', 'uno\ndue'], rewards: [1, 0] }));
  await page.getByRole('article').nth(1).getByRole('gridcell').first().waitFor();
  expect(await methodNames()).not.toContain('capo');
  await dialog.getByText('Let a language model judge the steps').click();
  await dialog.getByLabel('Address', { exact: true }).fill(server.url);
  await dialog.getByLabel('Model', { exact: true }).fill('judge-1');
  await dialog.getByLabel('Key, if it wants one').fill('sk-secret');
  await dialog.getByLabel('Critiques an answer').fill('3');
  const judge = dialog.getByRole('button', { name: 'Judge this problem' });
  await judge.click();
  const consent = page.getByRole('dialog', { name: /^Send answers to localhost:\d+\?$/ });
  await consent.waitFor();
  expect(await consent.textContent()).toMatch(/For these answers it would get 6 requests/);
  expect(await consent.locator('pre').textContent()).toContain('<step 1> two');
  await consent.getByRole('button', { name: 'Send nothing' }).click();
  expect(server.asked.length).toBe(0);
  await judge.click();
  await consent.getByRole('button', { name: /^Send to localhost/ }).click();
  await expect.poll(methodNames).toContain('capo');
  expect(server.asked.length).toBe(6);
  expect(new Set(server.asked.map(({ headers }) => headers['authorization']))).toEqual(new Set(['Bearer sk-secret']));
  // the judge flags the second step every time, so CAPO gives it less than the first
  await dialog.getByRole('combobox', { name: /^Method/ }).selectOption('capo');
  const advantages = async () => (await page.getByRole('article').first().getByRole('gridcell').evaluateAll((cells) => cells.map((cell) => /advantage (.+)$/.exec(cell.getAttribute('aria-label') ?? '')?.[1] ?? ''))).map((spoken) => Number(spoken.replace('minus ', '-')));
  // the tokens: one, the line's end, two
  await expect.poll(async () => (await advantages())[0]! - (await advantages())[2]!).toBeGreaterThan(0.1);
  await dialog.getByText('Critique: steps, votes and the judge’s words').click();
  const panel = dialog.locator('.critiquePanel');
  expect(await panel.locator('.critiqueSentences').textContent()).toMatch(/^judge-1 at localhost:\d+ read the answers of this batch 6 times\. Every critique could be read\./);
  expect(await panel.textContent()).toContain('No checker knows these steps');
  await panel.getByRole('list', { name: 'Steps of answer 1' }).getByRole('button').nth(1).click();
  const words = panel.getByRole('list', { name: 'The critiques on step 2' });
  expect(await words.textContent()).toContain('Step 1 looks odd <img src=x');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export with credit' }).click()]);
  const text = readFileSync(await download.path(), 'utf8');
  const exported = JSON.parse(text) as { judged_by: { model: string; critiques: { flags: number[]; text: string; verdict: string }[][] }[]; credit: Record<string, unknown> };
  expect(exported.judged_by).toMatchObject([{ model: 'judge-1', critiques: Array(2).fill(Array(3).fill({ flags: [1], verdict: 'read' })) }]);
  expect(exported.judged_by[0]!.critiques[1]![2]!.text).toContain('Step 1 looks odd');
  expect(Object.keys(exported.credit)).toContain('capo');
  expect(text).not.toContain('sk-secret');
  // asked again it would replace that, and says so first
  await dialog.getByText('judge-1 has judged this problem before.').waitFor();
  // the export brings the critiques back, and nobody is asked
  await openText(page, 'judged.jsonl', text);
  await status(page).filter({ hasText: 'judged.jsonl: 1 problem, 2 answers' }).waitFor();
  expect(await dialog.getByLabel('Critiques by').locator('option').allTextContents()).toEqual([expect.stringMatching(/^judge-1 at localhost:\d+: 1 problem$/), 'nobody: labels and checked sums']);
  await dialog.getByText('Critique: steps, votes and the judge’s words').click();
  expect(await panel.locator('.critiqueSentences').textContent()).toMatch(/^judge-1 at localhost:\d+ read the answers of this batch 6 times/);
  await dialog.getByLabel('Critiques by').selectOption('nobody');
  await panel.waitFor({ state: 'detached' });
  expect(server.asked.length).toBe(6);

  // where labels are, they score the judge: of its two flags on labelled steps one is right, and the one wrong step is found
  await openText(page, 'labelled.jsonl', JSON.stringify({ prompt: 'p', completions: ['a\nb\nc', 'a\nb\nc'], rewards: [1, 0], step_labels: [[1, 1, null], [1, 0, null]] }));
  await dialog.getByText('Let a language model judge the steps').click();
  await dialog.getByLabel('Critiques an answer').fill('1');
  await judge.click();
  await dialog.getByText('Critique: steps, votes and the judge’s words').click();
  expect(await panel.locator('.critiqueSentences').textContent()).toMatch(/Against the file’s labels, counting single votes: 1 of 2 flags are right \(precision 50\s%\); of 1 looks at a wrong step 1 flagged it \(recall 100\s%\)/);
  expect(server.asked.length).toBe(8);
  // and a judge that sleeps is left
  sleeps = true;
  await judge.click();
  await dialog.getByRole('button', { name: 'Cancel judging' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'Judging was cancelled' }).waitFor();
  expect(await judge.isEnabled()).toBe(true);
  expect(site.visited.foreignRequests).toEqual([]);
});

test('paste, then export: every channel, and the export opens again', { timeout: LIMIT_MS }, async () => {
  const page = await openDialog();
  const sixty = readFileSync(join(import.meta.dirname, '../public/answers/gsm8k.jsonl'), 'utf8').split('\n').slice(0, 3).join('\n');
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, sixty);
  await status(page).filter({ hasText: 'pasted answers: 3 problems, 12 answers' }).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export with credit' }).click()]);
  const exported = readFileSync(await download.path());
  const lines = exported.toString().trim().split('\n').map((line) => JSON.parse(line) as { completions: string[]; credit: Record<string, unknown> });
  expect(lines.map(({ completions }) => completions.length)).toEqual([4, 4, 4]);
  expect(Object.keys(lines[0]!.credit)).toEqual(expect.arrayContaining(['grpo', 'capo', 'rloo', 'treeps', 'tempo']));
  await openText(page, 'again.jsonl', exported);
  await status(page).filter({ hasText: 'again.jsonl: 3 problems, 12 answers (rollouts); every line could be read' }).waitFor();
});

test.each(LOOKS)('%s: an axe scan finds nothing', { timeout: LIMIT_MS }, async (_name, options) => {
  const page = await openDialog({ ...options, reducedMotion: 'reduce' });
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Example: GSM8K by language models' }).click();
  await page.getByRole('article').first().getByRole('gridcell').first().click();
  await page.getByRole('heading', { name: 'Where the credit comes from' }).last().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Methods side by side' }).click();
  await page.locator('.creditMatrix').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});

// Links, pictures and files of numbers, as a person shares and opens them: what a link says comes back, what it says wrongly is
// listed, a picture holds its link, numbers come out as files, and no key of a judge ever leaves.

import { readFile } from 'node:fs/promises';
import { csvParse } from 'd3';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { pngText, withPngText } from '../src/formats/pngText';
import { readRunFile, writeRunFile } from '../src/formats/runFile';
import { exampleRun } from '../src/views/story/exampleRun';
import { chipText } from '../src/viz/chipLayout';
import { axeFindings, LOOKS } from './axeScan';
import { sharedSite, visit, visitRun, type VisitOptions } from './site';

const site = sharedSite();

const RECORDED = '#v=1&p=small&method=capo&testevery=2';

async function openAt(hash: string, options: VisitOptions = {}): Promise<Page> {
  site.visited = await visit(site, { hash, ...options });
  await site.visited.page.locator('summary', { hasText: 'Menu of' }).first().waitFor();
  // what was pressed before the page has gone to the link's token would be about another one
  if (hash.startsWith(`${RECORDED}&at=`) && !hash.includes('view=')) await site.visited.page.locator('[role=gridcell][aria-selected=true]').first().waitFor();
  return site.visited.page;
}

const hashOf = (page: Page): string => new URL(page.url()).hash;
const selected = (page: Page): Promise<string | null> => page.locator('[role=gridcell][aria-selected=true]').first().getAttribute('aria-label');

async function menu(page: Page, panel: string, item: string): Promise<void> {
  await page.locator('summary', { hasText: `Menu of ${panel}` }).click();
  await page.getByRole('button', { name: item, exact: true }).click();
}

async function download(page: Page, panel: string, item: string): Promise<{ name: string; bytes: Uint8Array }> {
  const [file] = await Promise.all([page.waitForEvent('download'), menu(page, panel, item)]);
  return { name: file.suggestedFilename(), bytes: new Uint8Array(await readFile(await file.path())) };
}

/** A file let fall on the page. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const data = await page.evaluateHandle(({ fileName, content }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(content)], fileName));
    return transfer;
  }, { fileName: name, content: [...bytes] });
  await page.locator('body').dispatchEvent('drop', { dataTransfer: data });
}

describe('a link', () => {
  test('opened shows recipe and place, and the address follows from there without filling the history', async () => {
    const page = await openAt(`${RECORDED}&at=12.18.4&ch=entropy`);
    await page.waitForFunction(() => document.querySelector('[role=gridcell][aria-selected=true]') !== null);
    expect(await page.getByLabel('Method', { exact: true }).inputValue()).toBe('capo');
    expect(await page.getByLabel('Preset').inputValue()).toBe('small');
    expect(await page.getByLabel('Channel', { exact: true }).inputValue()).toBe('entropy');
    expect(await page.locator('output[for=update]').textContent()).toBe('12 of 20');
    expect(await selected(page)).toMatch(/^answer 2, token 4, .*entropy/);
    const length = await page.evaluate(() => history.length);
    await page.getByRole('button', { name: 'Next update', exact: true }).click();
    await page.waitForFunction(() => location.hash.includes('at=13.'));
    expect(hashOf(page)).toBe(`${RECORDED}&at=13.18.4&ch=entropy`);
    expect(await page.evaluate(() => history.length)).toBe(length);
    expect(new URL(page.url()).searchParams.get('executor')).toBe('webgpu');
    expect(site.visited.complaints).toEqual([]);
  });

  test('copied from the dialog and opened elsewhere leads to the same view', async () => {
    const page = await openAt('');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByLabel('Menu of Answers').or(page.locator('summary', { hasText: 'Menu of Answers' })).first().waitFor();
    await page.locator('[role=grid] [data-row="4"][data-token="2"]').first().click();
    const name = await selected(page);
    // the list of presets, without which there is no link
    await page.getByLabel('Preset').waitFor();
    await page.keyboard.press('u');
    const dialog = page.getByRole('dialog', { name: 'Share' });
    await dialog.waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByText('Copied.').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(await dialog.getByLabel('Link to this exact view').inputValue());
    expect(await dialog.textContent()).toMatch(/On another graphics card the last bits of numbers may differ.*A run file is an exact recording/s);
    const other = await page.context().newPage();
    await other.goto(link);
    await other.locator('[role=gridcell][aria-selected=true]').first().waitFor();
    expect(await selected(other)).toBe(name);
  });

  test('with another recipe puts it into the setup and offers to play it; what is wrong in it is listed and can be dismissed', async () => {
    const page = await openAt('#v=1&p=small&lr=9&seed=5&at=3.2.1&m.W=2&nonsense=%3Cimg%20src=x%3E&ch=entropy');
    const notice = page.getByText(/The recipe of the link stands in the setup.*It points at update 3, answer 2 of the batch, token 1/);
    await notice.waitFor();
    expect(await page.getByRole('button', { name: 'Play the link’s recipe' }).isVisible()).toBe(true);
    expect(await page.getByLabel('Seed').inputValue()).toBe('5');
    const list = page.getByRole('status').filter({ hasText: 'Not all of the link was used' });
    expect(await list.getByRole('listitem').allTextContents()).toEqual(['lr = “9” is not from 0 to 1; 1 is used.', '“m.W” is no parameter of method grpo.', '“nonsense” is no key of a link.']);
    await list.getByRole('button', { name: 'Dismiss' }).click();
    expect(await list.count()).toBe(0);
    await page.getByRole('button', { name: 'Play the link’s recipe' }).click();
    await page.waitForFunction(() => /at=1\./.test(location.hash), undefined, { timeout: 90_000 });
    expect(hashOf(page)).toMatch(/^#v=1&p=small&seed=5&lr=1&at=1\.\d+&ch=entropy$/);
    expect(site.visited.foreignRequests).toEqual([]);
  });

  test('of any rubbish is never a blank page', async () => {
    for (const hash of ['#%', '#v=1&at=..&view=&hide=&lock=..', `#${'x=1&'.repeat(300)}`, '#v=1&p=__proto__&m.constructor=1&at=99999999999']) {
      const page = await openAt(hash);
      await page.getByLabel('Preset').waitFor();
      expect(site.visited.complaints.filter((one) => one.startsWith('uncaught'))).toEqual([]);
      await site.visited.close();
    }
  });

  test('never holds what was typed about a judge', async () => {
    const page = await openAt('');
    await page.getByLabel('Judge', { exact: true }).selectOption('endpoint');
    await page.getByLabel('Address').fill('http://localhost:9/v1');
    await page.getByLabel('Key, if it wants one').fill('secret-key');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Share' });
    expect(await dialog.getByLabel('The recipe in the setup').isChecked()).toBe(true);
    const link = await dialog.getByLabel('Link to this recipe').inputValue();
    expect(link).toContain('judge=endpoint');
    expect(`${link} ${page.url()}`).not.toMatch(/secret|localhost%3A9|localhost:9\b/);
    await dialog.getByText(/names a judge of their own/).waitFor();
  });
});

describe('the first question', () => {
  const TITLE = 'The model got this wrong. Which token should be blamed?';

  test('is in the first paint of the bare address, and never in that of a link', async () => {
    const { page, complaints } = await visit(site);
    const question = page.getByRole('heading', { name: TITLE });
    await question.waitFor();
    let isHeld = true;
    await page.route('**/assets/*.js', async (route) => {
      while (isHeld) await new Promise((resolve) => { setTimeout(resolve, 20); });
      await route.continue().catch(() => {});
    });
    const paint = async (hash: string): Promise<boolean> => {
      await page.goto('about:blank');
      await page.goto(`${site.url}${hash}`, { waitUntil: 'commit' });
      await page.getByText('Creditscope', { exact: true }).first().waitFor();
      return question.isVisible();
    };
    expect([await paint(''), await paint(`${RECORDED}&at=12.18.4`), await paint('#lesson=one-score'), await paint('#embed=1')]).toEqual([true, false, false, false]);
    expect(complaints).toEqual([]);
    isHeld = false;
  });

  test('stays over a reload until it is hidden, with the place below it; then the place alone', async () => {
    const { page } = await visit(site);
    const question = page.getByRole('heading', { name: TITLE });
    const chip = page.locator('[role=grid] [data-row="4"][data-token="2"]').first();
    const reload = async (): Promise<void> => {
      await page.reload();
      await chip.waitFor();
    };
    await chip.waitFor();
    await reload();
    expect([hashOf(page), await question.isVisible()]).toEqual(['', true]);
    await chip.click();
    await page.waitForFunction(() => location.hash !== '');
    const [hash, name] = [hashOf(page), await selected(page)];
    await reload();
    await page.locator('[role=gridcell][aria-selected=true]').first().waitFor();
    expect([hashOf(page), await selected(page), await question.isVisible()]).toEqual([hash, name, true]);
    await page.getByRole('button', { name: 'Hide', exact: true }).click();
    await reload();
    await page.locator('[role=gridcell][aria-selected=true]').first().waitFor();
    expect([hashOf(page), await selected(page), await question.count()]).toEqual([hash, name, 0]);
  });
});

describe('a picture', () => {
  test.each([['Answers', 'Save PNG'], ['Answers', 'Save SVG'], ['Token', 'Save HTML'], ['Run', 'Save SVG'], ['Compare methods', 'Save PNG']])('of %s by “%s” brings its view back when it is dropped on the page', async (panel, item) => {
    const view = panel === 'Compare methods' ? '&view=compare' : '';
    const page = await openAt(`${RECORDED}&at=7.20.5${view}`);
    await page.locator('summary', { hasText: `Menu of ${panel}` }).waitFor();
    const { name, bytes } = await download(page, panel, item);
    expect(name).toMatch(/^creditscope-[a-z-]+\.(png|svg|html)$/);
    await site.visited.close();

    const fresh = await openAt('');
    await fresh.getByLabel('Preset').waitFor();
    await drop(fresh, name, bytes);
    if (view === '') {
      await fresh.waitForFunction(() => document.querySelector('output[for=update]')?.textContent === '7 of 20');
      expect(await selected(fresh)).toMatch(/^answer 4, token 5,/);
    } else await expect.poll(() => fresh.getByRole('button', { name: 'Compare methods' }).getAttribute('aria-pressed')).toBe('true');
    expect(site.visited.complaints).toEqual([]);
  });

  test('as PNG is one that the browser decodes, with something on it', async () => {
    const page = await openAt(`${RECORDED}&at=7.20.5`);
    for (const panel of ['Answers', 'Token', 'Run']) {
      const { bytes } = await download(page, panel, 'Save PNG');
      expect(pngText(bytes, 'creditscope')).toMatch(/^v=1&p=small&method=capo&testevery=2&at=7\.20\.5/);
      const { width, height, colors } = await page.evaluate(async (content) => {
        const bitmap = await createImageBitmap(new Blob([Uint8Array.from(content)], { type: 'image/png' }));
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext('2d')!;
        context.drawImage(bitmap, 0, 0);
        return { width: bitmap.width, height: bitmap.height, colors: new Set(new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size };
      }, [...bytes]);
      expect([width > 500, height > 300, colors > 50], panel).toEqual([true, true, true]);
    }
  });

  test('of the answers as SVG has their texts as text', async () => {
    const page = await openAt(`${RECORDED}&at=7.20.5`);
    const { bytes } = await download(page, 'Answers', 'Save SVG');
    const texts = await page.evaluate((source) => {
      const picture = new DOMParser().parseFromString(source, 'image/svg+xml');
      return { failed: picture.querySelector('parsererror') !== null, chips: [...picture.querySelectorAll('text[text-anchor=middle]')].map((one) => one.textContent), foreign: picture.querySelector('foreignObject') !== null };
    }, new TextDecoder().decode(bytes));
    const onPage = await page.getByRole('grid', { name: /^Answers/ }).locator('.chipText').allTextContents();
    expect(texts).toEqual({ failed: false, chips: onPage, foreign: false });
  });

  test('of a group too large to be on the page at once holds every answer, and leaves the page where it was', async () => {
    const run = exampleRun(1, 1, { group: 32, steps: 10 });
    const { page, complaints } = await visitRun(site, writeRunFile(run), { hash: '#view=gradient' });
    await page.locator('summary', { hasText: 'Menu of Gradient' }).waitFor();
    const rows = page.getByRole('grid').getByRole('row');
    await rows.first().waitFor();
    const place = () => page.getByRole('grid').evaluate((grid) => [grid.querySelectorAll('[role=row]').length, grid.parentElement!.scrollTop]);
    await page.getByRole('grid').evaluate((grid) => { grid.parentElement!.scrollTop = 400; });
    await expect.poll(async () => (await place())[1]).toBe(400);
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    const before = await place();
    expect(before[0]).toBeLessThan(32);
    const { bytes } = await download(page, 'Gradient', 'Save SVG');
    const text = await page.evaluate((source) => new DOMParser().parseFromString(source, 'image/svg+xml').querySelector('foreignObject')!.textContent, new TextDecoder().decode(bytes));
    const { tokens_NT, lengths_N, width } = run.updates[0]!.sample;
    const written = Array.from(lengths_N, (length, n) => [...tokens_NT.subarray(n * width, n * width + length)].map((id) => chipText(run.names.alphabet[id]!).text).join(''));
    expect(new Set(written).size).toBeGreaterThan(before[0]!);
    // the marks of judged steps stand between them
    const plain = text.replace(/[✓✗?]/g, '');
    expect(written.filter((answer) => !plain.includes(answer))).toEqual([]);
    expect(await place()).toEqual(before);
    expect(complaints).toEqual([]);
  });

  test('without a recipe says so and changes nothing; one with a hostile text is only read', async () => {
    const page = await openAt(`${RECORDED}&at=7.20.5`);
    const before = await selected(page);
    const plain = new Uint8Array(await readFile('public/picture.png'));
    await drop(page, 'holiday.png', plain);
    await page.getByText('The picture holiday.png holds no recipe of Creditscope.').waitFor();
    expect(await selected(page)).toBe(before);
    await drop(page, 'odd.png', withPngText(plain, 'creditscope', 'p=<script>alert(1)</script>&at=x&hide=setup'));
    await page.getByText(/p = “<script>alert\(1\)<\/script>” is not known here/).waitFor();
    // a picture does not take the page's controls away
    expect(await page.getByLabel('Preset').isVisible()).toBe(true);
    await drop(page, 'odd.svg', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=1"><metadata><link xmlns="urn:creditscope:link">p=small&amp;seed=77</link></metadata><script>document.title=2</script></svg>'));
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#option-seed')?.value === '77');
    expect(await page.title()).toBe('Creditscope');
    expect(site.visited.complaints).toEqual([]);
  });
});

describe('numbers', () => {
  test('of every token of the batch come as CSV, every channel, one row a token', async () => {
    const page = await openAt(`${RECORDED}&at=7.20.5`);
    const run = readRunFile(await readFile('public/runs/default.json', 'utf8'));
    const { sample, credit, score } = run.updates[6]!;
    const { name, bytes } = await download(page, 'Answers', 'Save CSV');
    expect(name).toBe('creditscope-answers.csv');
    const rows = csvParse(new TextDecoder().decode(bytes));
    expect(rows.length).toBe(sample.lengths_N.reduce((sum, one) => sum + one, 0));
    const channels = await page.getByLabel('Channel', { exact: true }).locator('option').allTextContents();
    expect(rows.columns.slice(6, -1)).toEqual(channels);
    let at = 0;
    for (let answer = 0; answer < sample.answers; answer++) {
      for (let token = 0; token < sample.lengths_N[answer]!; token++, at++) {
        const row = rows[at]!;
        const index = answer * sample.width + token;
        expect([Number(row['problem']), Number(row['token']), row['text'], Number(row['update'])]).toEqual([sample.problem_N[answer]! + 1, token + 1, run.names.alphabet[sample.tokens_NT[index]!], 7]);
        expect(Number(row['Advantage'])).toBeCloseTo(credit.advantages_NT[index]!, 5);
        expect(Number(row['Entropy'])).toBeCloseTo(score.entropy_NT[index]!, 5);
      }
    }
  });

  test('as a table, as JSON, and in words', async () => {
    const page = await openAt(`${RECORDED}&at=7.20.5`);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await menu(page, 'Run', 'View as table');
    const table = page.getByRole('dialog', { name: /20 updates of CAPO/ });
    expect(await table.getByRole('row').count()).toBe(21);
    await table.getByRole('button', { name: 'Close' }).click();
    await menu(page, 'Run', 'Copy JSON');
    await page.getByText('Copied.').waitFor({ state: 'attached' });
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as { link: string; rows: Record<string, number>[] };
    const run = readRunFile(await readFile('public/runs/default.json', 'utf8'));
    expect(copied.rows.map((row) => row['Reward'])).toEqual(run.updates.map(({ line }) => line.reward));
    expect(copied.link).toBe(`${RECORDED}&at=7.20.5`);
    await menu(page, 'Token', 'What am I looking at?');
    await page.getByRole('dialog', { name: 'Token' }).getByText(/Everything that is recorded of one token/).waitFor();
  });

  test('of the answers as JSONL open again as real answers, with the same credit', async () => {
    const page = await openAt(`${RECORDED}&at=7.20.5`);
    const { name, bytes } = await download(page, 'Answers', 'Save answers (JSONL)');
    expect(name).toBe('creditscope-answers-update7.jsonl');
    await drop(page, name, bytes);
    const dialog = page.getByRole('dialog', { name: 'Real answers' });
    const cell = dialog.getByRole('grid', { name: 'Tokens of answer 1' }).getByRole('gridcell').first();
    await cell.waitFor();
    const run = readRunFile(await readFile('public/runs/default.json', 'utf8'));
    const { sample, credit } = run.updates[6]!;
    const problem = Number(await dialog.getByRole('spinbutton', { name: /Problem/ }).inputValue()) - 1;
    await page.waitForFunction(() => /advantage (?:minus )?\d/.test(document.querySelector('dialog [role=gridcell]')?.getAttribute('aria-label') ?? ''));
    const first = [...sample.problem_N.keys()].find((n) => sample.problem_N[n] === problem)!;
    const said = /advantage (minus )?([\d.]+)/.exec((await cell.getAttribute('aria-label'))!)!;
    expect((said[1] === undefined ? 1 : -1) * Number(said[2])).toBeCloseTo(credit.advantages_NT[first * sample.width]!, 2);
  });
});

test.each(LOOKS)('%s: an axe scan of menu and dialogs finds nothing', async (_name, options) => {
  const page = await openAt(`${RECORDED}&at=7.20.5&zzz=1`, options);
  await page.locator('summary', { hasText: 'Menu of Answers' }).click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'View as table' }).click();
  await page.getByRole('dialog').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  expect(await axeFindings(page)).toEqual([]);
});

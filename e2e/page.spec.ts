// The page with a recorded run: what it shows is what the record says, it steps on and back, keys work, it is
// accessible in both themes and on a phone, and a missing or malformed run leaves it usable.

import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { writeRunFile } from '../src/formats/runFile';
import type { UpdateRecord } from '../src/lab/record';
import { exampleRun } from '../src/views/story/exampleRun';
import { sharedSite, visit, visitRun, type Visit, type VisitOptions } from './site';

const RUN = exampleRun(6, 3);
const RUN_TEXT = writeRunFile(RUN);

const site = sharedSite();

/** The page with this text as its recorded run. */
async function visitWith(text: string, options: VisitOptions = {}): Promise<Visit> {
  return (site.visited = await visitRun(site, text, options));
}

async function openPage(options: VisitOptions = {}): Promise<Page> {
  const { page } = await visitWith(RUN_TEXT, options);
  await page.getByRole('grid').waitFor();
  return page;
}

/** The problem on screen is the one the page picked; its number is in the grid's name. */
async function problemOn(page: Page): Promise<number> {
  const name = await page.getByRole('grid').getAttribute('aria-label');
  return Number(/problem (\d+)/.exec(name ?? '')?.[1]) - 1;
}

function answersTo(update: UpdateRecord, problem: number): number[] {
  return [...update.sample.problem_N.keys()].filter((answer) => update.sample.problem_N[answer] === problem);
}

/** The number at the end of a cell's name such as "answer 2, token 3, '7', advantage minus 0.850, judged wrong". */
function spokenNumber(name: string, channel: string): number {
  const found = new RegExp(`${channel} (minus )?([\\d.]+)(?: times ten to the minus (\\d+))?`).exec(name);
  if (found === null) throw new Error(`no ${channel} in "${name}"`);
  return (found[1] === undefined ? 1 : -1) * Number(found[2]) * 10 ** -(Number(found[3] ?? 0));
}

const shownNumber = (text: string): number => Number(text.replaceAll('−', '-'));

async function expectAdvantages(page: Page, update: UpdateRecord): Promise<void> {
  const problem = await problemOn(page);
  const rows = await page.getByRole('grid').evaluate((grid) =>
    [...grid.querySelectorAll('[role=row]')].map((row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.getAttribute('aria-label') ?? '')));
  const answers = answersTo(update, problem);
  expect(rows.length).toBe(answers.length);
  rows.forEach((cells, row) => {
    const answer = answers[row]!;
    expect(cells.length).toBe(update.sample.lengths_N[answer]);
    cells.forEach((name, token) => {
      const advantage = update.credit.advantages_NT[answer * update.sample.width + token]!;
      expect(Math.abs(spokenNumber(name, 'advantage') - advantage), name).toBeLessThanOrEqual(0.006 * Math.abs(advantage) + 1e-9);
    });
  });
}

test('the run that comes with the page shows one problem with its eight answers', async () => {
  site.visited = await visit(site);
  const grid = site.visited.page.getByRole('grid');
  await grid.waitFor();
  expect(await grid.getByRole('row').count()).toBe(8);
  const cells = await grid.getByRole('gridcell').evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label') ?? ''));
  expect(cells.length).toBeGreaterThan(8 * 5);
  expect(cells.filter((name) => !/, advantage (minus )?[\d.]+/.test(name))).toEqual([]);
  expect(new Set(cells.map((name) => /advantage (minus )?/.exec(name)?.[1])).size).toBe(2);
  expect(site.visited.complaints).toEqual([]);
});

describe('the recorded run', () => {
  test('stands on the screen when the page opens, token by token', async () => {
    const page = await openPage();
    const update = RUN.updates[0]!;
    const problem = await problemOn(page);
    const texts = await page.getByRole('grid').evaluate((grid) => [...grid.querySelectorAll('[role=row]')].map((row) => [...row.querySelectorAll('.chipText')].map((chip) => chip.textContent)));
    const expected = answersTo(update, problem).map((answer) =>
      Array.from({ length: update.sample.lengths_N[answer]! }, (_, token) => {
        const text = RUN.names.alphabet[update.sample.tokens_NT[answer * update.sample.width + token]!]!;
        return text === '\n' ? '⏎' : text === '<stop>' ? 'stop' : text;
      }));
    expect(texts).toEqual(expected);
    await expectAdvantages(page, update);
    expect(site.visited.complaints).toEqual([]);
  });

  test('lines the answers up by position and never wraps one', async () => {
    const page = await openPage({ viewport: { width: 360, height: 740 } });
    const rows = await page.getByRole('grid').evaluate((grid) => [...grid.querySelectorAll('[role=row]')].map((row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => {
      const { left, top } = cell.getBoundingClientRect();
      return [Math.round(left * 10), Math.round(top * 10)] as const;
    })));
    for (const cells of rows) {
      expect(new Set(cells.map(([, top]) => top)).size).toBe(1);
      cells.forEach(([left], token) => expect(left).toBe(rows[0]![token]?.[0] ?? left));
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  test('steps on by phase and by update, and back', async () => {
    const page = await openPage();
    const slider = page.getByRole('slider', { name: 'Update' });
    const current = page.locator('[aria-current=step]');
    await page.getByRole('button', { name: 'Next update' }).click();
    expect(await slider.inputValue()).toBe('1');
    await expectAdvantages(page, RUN.updates[1]!);
    await page.getByRole('button', { name: 'Next phase' }).click();
    expect(await current.textContent()).toBe('Sample');
    expect(await page.getByRole('gridcell').first().getAttribute('aria-label')).toContain('no value');
    for (const phase of ['Score', 'Critique', 'Credit']) {
      await page.getByRole('button', { name: 'Next phase' }).click();
      expect(await current.textContent()).toBe(phase);
    }
    await expectAdvantages(page, RUN.updates[2]!);
    for (let i = 0; i < 4; i++) await page.getByRole('button', { name: 'Back' }).click();
    expect([await slider.inputValue(), await current.textContent()]).toEqual(['1', 'Update']);
    await page.getByRole('button', { name: 'Back' }).click();
    await expectAdvantages(page, RUN.updates[0]!);
    expect(await page.getByRole('button', { name: 'Back' }).isDisabled()).toBe(true);
  });

  test('says what the pointer is on, and which place in it', async () => {
    const page = await openPage();
    await page.locator('[data-row="1"][data-token="3"]').hover();
    expect(await page.locator('.readout').textContent()).toMatch(/^Answer 2, token 4 ‘=’: advantage −?[\d.]+$/);
    expect(await page.locator('[role=gridcell][aria-selected=true]').count()).toBe(0);
    // the pointer rests, and what is under it is another phase's
    await page.keyboard.press('.');
    await expect.poll(() => page.locator('.readout').textContent()).toMatch(/\(it comes with the phase Credit\)$/);
    await page.getByRole('heading', { level: 1 }).hover();
    expect(await page.locator('.readout').textContent()).toBe('');
  });

  test('is scrubbed with the slider and by clicking a curve', async () => {
    const page = await openPage();
    await page.getByRole('slider', { name: 'Update' }).fill('4');
    await expectAdvantages(page, RUN.updates[4]!);
    const curve = page.getByRole('img', { name: /^Reward/ });
    const { width, height } = (await curve.boundingBox())!;
    await curve.click({ position: { x: width - 12, y: height / 2 } });
    await expectAdvantages(page, RUN.updates[5]!);
    expect(await page.locator('.curve', { hasText: 'Reward' }).locator('.curveValue').textContent()).toBe(RUN.updates[5]!.line.reward.toPrecision(3));
  });

  test('shows every channel of the record', async () => {
    const page = await openPage();
    const update = RUN.updates[0]!;
    const answer = answersTo(update, await problemOn(page))[0]!;
    const index = answer * update.sample.width + 2;
    const channels: [string, string, number][] = [
      ['reward', 'reward', update.score.outcome_N[answer]!],
      ['logprob', 'log-prob', update.score.oldLogprobs_NT[index]!],
      ['entropy', 'entropy', update.score.entropy_NT[index]!],
      ['ratio', 'ratio', update.gradient.ratio_NT[index]!],
      ['change', 'change in log-prob', update.after!.logprobs_WT[index]! - update.score.oldLogprobs_NT[index]!],
      ['row:R', 'reward of the token', update.credit.rows.find((row) => row.id === 'R')!.values[index]!],
    ];
    for (const [id, label, value] of channels) {
      await page.getByLabel('Channel', { exact: true }).selectOption(id);
      const name = await page.locator('[data-row="0"][data-token="2"]').getAttribute('aria-label');
      // run files keep four significant digits: a small difference of two of them is less exact
      expect(Math.abs(spokenNumber(name!, label) - value), id).toBeLessThanOrEqual(0.006 * Math.abs(value) + 3e-4);
    }
  });
});

describe('the inspector', () => {
  test('shows the selected token\'s numbers and the formula with its numbers in place', async () => {
    const page = await openPage();
    const update = RUN.updates[0]!;
    const problem = await problemOn(page);
    await page.getByRole('button', { name: /most blame/ }).click();
    const cell = page.locator('[role=gridcell][aria-selected=true]');
    const [row, token] = await cell.evaluate((element: HTMLElement) => [Number(element.dataset['row']), Number(element.dataset['token'])]);
    const answer = answersTo(update, problem)[row!]!;
    const index = answer * update.sample.width + token!;
    const advantages = answersTo(update, problem).flatMap((one) => [...update.credit.advantages_NT.subarray(one * update.sample.width, one * update.sample.width + update.sample.lengths_N[one]!)]);
    expect(update.credit.advantages_NT[index]).toBe(Math.min(...advantages));

    const inspector = page.locator('.inspector');
    expect(await inspector.textContent()).toContain(`Answer ${row! + 1}, token ${token! + 1}`);
    const line = inspector.locator('.creditLine', { hasText: 'Advantage of the token' });
    const numbers = (await line.locator('.creditNumbers b').allTextContents()).map((text) => shownNumber(text.replaceAll(/[()]/g, '')));
    const result = shownNumber((await line.locator('.creditResult').textContent())!);
    expect(numbers.length).toBe(4);
    const [R, mean, std, epsilon] = numbers as [number, number, number, number];
    expect(result).toBeCloseTo((R - mean) / (std + epsilon), 1);
    expect(Math.abs(result - update.credit.advantages_NT[index]!)).toBeLessThan(0.01);
    expect(R).toBeCloseTo(update.credit.rows.find((one) => one.id === 'R')!.values[index]!, 2);

    const critiques = update.critique.critiques_Nk[answer]!;
    expect(await inspector.getByRole('list', { name: 'Critique votes' }).getByRole('listitem').count()).toBe(critiques.length);
    const top = inspector.getByRole('table').last().getByRole('row');
    const { topBefore, topAfter } = update.after!;
    const cells = await top.nth(1).getByRole('cell').allTextContents();
    expect(shownNumber(cells[0]!)).toBeCloseTo(topBefore.probabilities[index * topBefore.count]!, 2);
    expect(shownNumber(cells[1]!)).toBeCloseTo(topAfter.probabilities[index * topAfter.count]!, 2);
    expect(site.visited.complaints).toEqual([]);
  });
});

describe('keys', () => {
  test('move through tokens, answers, phases, updates and channels', async () => {
    const page = await openPage();
    const selected = page.locator('[role=gridcell][aria-selected=true]');
    const at = async (): Promise<string> => selected.evaluate((cell: HTMLElement) => `${cell.dataset['row']}.${cell.dataset['token']} ${String(document.activeElement === cell)}`);
    await page.locator('[data-row="1"][data-token="1"]').click();
    expect(await at()).toBe('1.1 true');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await at()).toBe('2.2 true');
    await page.keyboard.press('Home');
    expect(await at()).toBe('2.0 true');
    expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('>');
    expect(await page.getByRole('slider', { name: 'Update' }).inputValue()).toBe('1');
    expect(await at()).toBe('2.0 true');
    await page.keyboard.press('.');
    expect(await page.locator('[aria-current=step]').textContent()).toBe('Sample');
    await page.keyboard.press(',');
    expect(await page.locator('[aria-current=step]').textContent()).toBe('Update');
    await page.keyboard.press(']');
    expect(await page.getByLabel('Channel', { exact: true }).inputValue()).toBe('logprob');
    await page.keyboard.press('[');
    expect(await page.getByLabel('Channel', { exact: true }).inputValue()).toBe('advantage');
    await page.keyboard.press('Escape');
    expect(await selected.count()).toBe(0);
  });

  test('one tab stop leads into the answers, Enter selects', async () => {
    const page = await openPage();
    await page.getByRole('button', { name: 'signed square root' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('[role=gridcell][aria-selected=true]').getAttribute('aria-label')).toMatch(/^answer 1, token 1, '\d', advantage/);
  });
});

describe('a bad recorded run', () => {
  test.each([
    ['text that is no JSON', '{"header":'],
    ['a record of another shape', '{"header": {"format": "creditscope-run/9"}}'],
    ['markup', '<img src=x onerror=alert(1)>'],
  ])('%s: says so and leaves the page usable', async (_name, text) => {
    const { page } = await visitWith(text);
    const notice = page.getByText(/recorded run can.t be read/);
    await notice.waitFor();
    expect(await notice.textContent()).toContain('Training here still works');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Creditscope');
    expect(await page.locator('img').count()).toBe(0);
  });
});

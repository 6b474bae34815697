// For everyone: the command list and its keys, every view, menu and dialog read by axe with targets of 24 px, 200 % zoom, a narrow phone,
// forced colours, no motion, and what a screen reader hears.

import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { COMMANDS, keyName } from '../src/views/app/commands';
import { LOOKS } from './axeScan';
import { unpacked } from './recordedNumbers';
import { sharedSite, type VisitOptions } from './site';
import { button, close, dialog, findingsOfAllStates, STATES, visitPlace } from './states';
import { overhang, RUN } from './views';

const site = sharedSite();

async function openPage(options: VisitOptions = {}): Promise<Page> {
  site.visited = await visitPlace(site, options);
  return site.visited.page;
}

test.each(LOOKS)('%s: axe finds nothing in any view, menu or dialog, and none is wider than the page', async (_name, options) => {
  const page = await openPage(options);
  expect(await findingsOfAllStates(page)).toEqual([]);
  expect(site.visited.complaints).toEqual([]);
});

describe('the list of commands', () => {
  test('has every command with its key, is searched by words, and runs what is chosen', async () => {
    const page = await openPage();
    await page.keyboard.press('?');
    const list = dialog(page).getByRole('list', { name: 'Commands' });
    const rows = await list.getByRole('button').allInnerTexts();
    for (const { id, label, keys } of COMMANDS) {
      if (id === 'keys') continue;
      const row = rows.find((text) => text.startsWith(label));
      for (const key of keys) expect(row).toContain(keyName(key));
    }
    expect(rows).toHaveLength(COMMANDS.length - 1);
    // the focus is in the search already
    await page.keyboard.type('back answers table');
    expect(await list.getByRole('button').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Table', exact: true }).waitFor();
    await button(page, 'Commands and keys').click();
    await list.getByRole('button', { name: /^Lessons/ }).click();
    await page.getByRole('dialog', { name: 'Lessons' }).waitFor();
    expect(await dialog(page).count()).toBe(1);
  });

  test('keys do nothing in fields and dialogs, and those of one character can be switched off for good', async () => {
    const page = await openPage();
    const isOn = (view: string): Promise<number> => page.getByRole('region', { name: view, exact: true }).count();
    const selected = page.locator('[role=gridcell][aria-selected=true]');
    await page.getByLabel('Seed').focus();
    for (const key of ['t', 'c', '?', '.']) await page.keyboard.press(key);
    expect([await isOn('Answers'), await dialog(page).count(), await page.locator('[aria-current=step]').innerText()]).toEqual([1, 0, 'Update']);
    await selected.focus();
    await page.keyboard.press('?');
    // beside its fields: the focus is then nowhere
    await dialog(page).getByRole('heading', { name: 'Commands and keys' }).click();
    await page.keyboard.press('t');
    expect(await isOn('Answers')).toBe(1);
    await dialog(page).getByRole('checkbox', { name: /Keys of one character work/ }).uncheck();
    await close(page);
    const isDeaf = async (): Promise<void> => {
      await selected.focus();
      for (const key of ['t', 'c', '?', 'l', '>', '[']) await page.keyboard.press(key);
      expect([await isOn('Answers'), await dialog(page).count(), await page.getByLabel('Channel', { exact: true }).inputValue()]).toEqual([1, 0, 'advantage']);
      // and no tooltip promises them
      expect(await page.locator('[title$=" (.)"], [title$=" (l)"], [title$=" (t)"]').count()).toBe(0);
      const before = await selected.getAttribute('data-token');
      await page.keyboard.press('ArrowRight');
      expect(Number(await selected.getAttribute('data-token'))).toBe(Number(before) + 1);
    };
    await isDeaf();
    await page.reload();
    await selected.waitFor();
    await isDeaf();
    await button(page, 'Commands and keys').click();
    await dialog(page).getByRole('checkbox', { name: /Keys of one character work/ }).check();
    await close(page);
    await page.keyboard.press('t');
    await page.getByRole('region', { name: 'Table', exact: true }).waitFor();
    // a dialog opens again right after it was closed
    for (const key of ['l', 'Escape', 'l']) await page.keyboard.press(key);
    await page.waitForTimeout(200);
    expect(await page.getByRole('dialog', { name: 'Lessons' }).getByRole('listitem').count()).toBeGreaterThan(0);
  });
});

test('at 200 % zoom nothing is wider than the page and what has the focus is in sight', async () => {
  // 1280 x 800 at 200 %
  const page = await openPage({ viewport: { width: 640, height: 400 } });
  for (const { name, enter, leave } of STATES) {
    await enter(page);
    expect(await overhang(page), name).toBe(0);
    await leave?.(page);
  }
  await page.keyboard.press('Escape');
  const hidden = await page.evaluate(() => {
    const covered: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('button, select, input, summary, [role=gridcell][tabindex="0"]')) {
      if (!element.checkVisibility() || element.closest('dialog') !== null || element.matches(':disabled')) continue;
      element.focus();
      const { left, top, width, height } = element.getBoundingClientRect();
      const over = document.elementFromPoint(left + width / 2, top + height / 2);
      if (over === null || !(element.contains(over) || over.contains(element))) covered.push(`${element.outerHTML.slice(0, 120)} under ${over?.outerHTML.slice(0, 80)}`);
    }
    return covered;
  });
  expect(hidden).toEqual([]);
});

test('on a phone the token that is pressed comes up from the lower edge; a theme that is chosen stays', async () => {
  const page = await openPage({ viewport: { width: 360, height: 740 }, colorScheme: 'light' });
  const inspector = page.locator('.inspector');
  const isSheet = (): Promise<boolean> => inspector.evaluate((element) => getComputedStyle(element).position === 'fixed');
  // a link to a token covers nothing
  expect(await isSheet()).toBe(false);
  const chip = page.locator('[role=gridcell][data-row="7"][data-token="3"]');
  await chip.click();
  expect(await isSheet()).toBe(true);
  const [over, pressed, slider] = await Promise.all([inspector, chip, page.getByRole('slider', { name: 'Update', exact: true })].map((one) => one.boundingBox()));
  expect(pressed!.y + pressed!.height).toBeLessThanOrEqual(over!.y);
  expect(over!.y + over!.height).toBeLessThanOrEqual(slider!.y);
  expect(slider!.y + slider!.height).toBeLessThanOrEqual(740);
  await button(page, 'Close').click();
  expect([await isSheet(), await page.locator('[role=gridcell][aria-selected=true]').count()]).toEqual([false, 0]);
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  for (const name of ['Theme: as the system', 'Theme: light']) await button(page, name).click();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  await button(page, 'Theme: dark').waitFor();
  expect(await ground()).toBe(dark);
});

test('in forced colours bars keep their colours, and what is selected, pressed or judged still shows', async () => {
  const page = await openPage();
  const chip = page.locator('[role=gridcell][data-row="1"][data-token="2"]');
  const bar = page.locator('.chip .bar').first();
  const colour = (): Promise<string> => bar.evaluate((element) => getComputedStyle(element).backgroundColor);
  const before = await colour();
  await page.emulateMedia({ forcedColors: 'active' });
  expect(await colour()).toBe(before);
  const pictureOf = async (what: ReturnType<typeof button>): Promise<string> => {
    await page.mouse.move(0, 0);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    return (await what.screenshot()).toString('base64');
  };
  const plain = await pictureOf(chip);
  await chip.click();
  expect(await chip.getAttribute('aria-selected')).toBe('true');
  expect(await pictureOf(chip)).not.toBe(plain);
  const root = button(page, /signed square root/);
  const released = await pictureOf(root);
  await root.click();
  expect(await root.getAttribute('aria-pressed')).toBe('true');
  expect(await pictureOf(root)).not.toBe(released);
  // the critics' line under a token
  const mark = page.locator('.legend .mark-wrong');
  const drawn = await pictureOf(mark);
  await mark.evaluate((element) => { element.style.opacity = '0'; });
  expect(await pictureOf(mark)).not.toBe(drawn);
});

test('where motion is unwanted nothing moves', async () => {
  const page = await openPage();
  const moving = async (): Promise<number> => {
    await page.keyboard.press('.');
    return page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  };
  expect([await moving(), await moving()]).toEqual([0, 0]);
  // and does where it is not
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await moving()).toBeGreaterThan(0);
});

test('a screen reader hears names with their numbers, the results of phases only, and finds a table of every view', async () => {
  const page = await openPage();
  expect(await page.getByRole('grid').getAttribute('aria-label')).toMatch(/^Answers to problem \d+$/);
  const names = await page.getByRole('gridcell').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? ''));
  for (const name of names) expect(name).toMatch(/^answer \d+, token \d+, .+, advantage (minus )?\d/);
  expect(names.some((name) => name.includes('judged wrong'))).toBe(true);
  const live = page.locator('[aria-live=polite]');
  expect(await live.allTextContents()).toEqual(['']);
  await page.keyboard.press('.');
  expect(await live.allTextContents()).toEqual([expect.stringMatching(/^Sample: .*\d/)]);
  await page.keyboard.press('>');
  expect(await live.allTextContents()).toEqual(['']);
  // this run has no value model; the tables of one that has are opened in views.spec.ts
  for (const view of ['Answers', 'Table', 'Gradient', 'Time', 'Compare methods']) {
    await page.getByRole('group', { name: 'On the stage' }).getByRole('button', { name: view, exact: true }).click();
    await page.getByText('Loading …').waitFor({ state: 'detached' });
    await page.locator('summary', { hasText: `Menu of ${view}` }).click();
    await button(page, 'View as table').click();
    await dialog(page).locator('tbody tr').first().waitFor();
    expect(await dialog(page).locator('thead th').count(), view).toBeGreaterThan(1);
    await close(page);
  }
});

test('over a group in which nobody gets credit stands why, and over no other', async () => {
  const page = await openPage();
  await page.getByRole('slider', { name: 'Update', exact: true }).press('End');
  await page.getByText('20 of 20').waitFor();
  const grid = page.getByRole('grid');
  let silent = 0;
  const problems = await page.getByLabel('Problem', { exact: true }).locator('option').count();
  for (let problem = 0; problem < problems; problem++) {
    await page.getByLabel('Problem', { exact: true }).selectOption(String(problem));
    await page.getByRole('grid', { name: `Answers to problem ${problem + 1}`, exact: true }).waitFor();
    const names = await grid.getByRole('gridcell').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? ''));
    const isSilent = names.every((name) => name.includes(', advantage 0'));
    expect(await page.getByText(/^(All 8 answers scored [\d.−]+, so nobody gets credit|Nobody gets credit in this group)\.$/).count()).toBe(isSilent ? 1 : 0);
    silent += isSilent ? 1 : 0;
  }
  // by the file: an answer without credit has no advantage anywhere
  const last = RUN.updates.at(-1)!;
  const advantages_NT = unpacked(last.credit.advantages_NT);
  const lengths_N = unpacked(last.sample.lengths_N);
  const paid = new Set([...unpacked(last.sample.problem_N)].filter((_, answer) => advantages_NT.slice(answer * last.sample.width, answer * last.sample.width + lengths_N[answer]!).some((one) => one !== 0)));
  expect(silent).toBe(problems - paid.size);
  expect(silent).toBeGreaterThan(0);
});

test('a view whose code does not come leaves the rest of the page', async () => {
  const page = await openPage();
  await page.route('**/assets/TableView*', (route) => route.abort());
  await page.keyboard.press('t');
  await page.getByText(/^This view could not be opened/).waitFor();
  await button(page, 'Answers').click();
  expect(await page.getByRole('grid').count()).toBe(1);
  // and one over the page can be left
  await page.route('**/assets/AnswersView*', (route) => route.abort());
  await button(page, 'Real answers').click();
  await page.getByRole('dialog', { name: 'Real answers' }).getByText(/^This view could not be opened/).waitFor();
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await dialog(page).waitFor({ state: 'detached' });
  expect(await page.getByRole('grid').count()).toBe(1);
});

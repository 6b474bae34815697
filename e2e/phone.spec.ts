// A small screen: the setup as a sheet at the lower edge, beside the slider of updates; one sheet at a time; what lies under it; what waits
// in it; and where a lesson, a teacher's link or a wide window take its place.

import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { axeFindings } from './axeScan';
import { sharedSite, visit, type VisitOptions } from './site';
import { button, dialog, visitPlace } from './states';
import { openView, overhang } from './views';

const PHONE = { width: 360, height: 740 };
const TABLET = { width: 768, height: 1024 };

const site = sharedSite();

async function openPage(options: VisitOptions = {}): Promise<Page> {
  site.visited = await visitPlace(site, { viewport: PHONE, ...options });
  return site.visited.page;
}

/** By a teacher's link. */
async function openLink(words: string): Promise<Page> {
  site.visited = await visit(site, { hash: `#v=1&p=small&method=capo&testevery=2&${words}`, viewport: PHONE });
  await site.visited.page.getByRole('grid').waitFor();
  return site.visited.page;
}

const setupButton = (page: Page) => page.getByRole('button', { name: /^Setup( (new|\d+) .*)?$/ });
const setup = (page: Page) => page.getByRole('region', { name: 'Setup', exact: true });
const slider = (page: Page) => page.getByRole('slider', { name: 'Update', exact: true });
const selected = (page: Page) => page.locator('[role=gridcell][aria-selected=true]');
const isTokenUp = (page: Page): Promise<boolean> => page.locator('.inspector').evaluate((element) => getComputedStyle(element).position === 'fixed');
/** The text of what has the focus, or where the sheet itself has it, `sheet`. */
const focused = (page: Page): Promise<string> => page.evaluate(() => (document.activeElement?.id === 'setup' ? 'sheet' : document.activeElement?.textContent ?? ''));

/** Whether a press on the middle of it would meet it. */
function isOnTop(what: ReturnType<typeof button>): Promise<boolean> {
  return what.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    return over !== null && element.contains(over);
  });
}

describe('the way to the setup', () => {
  test('is within reach on every view, wherever the page is scrolled to, and leaves the slider enough to be dragged', async () => {
    const page = await openPage();
    for (const view of ['Table', 'Value', 'Gradient', 'Time', 'Compare methods', 'Answers']) {
      await openView(page, view);
      await page.getByText('Loading …').waitFor({ state: 'detached' });
      for (const top of [0, 1e6]) {
        await page.evaluate((y) => scrollTo(0, y), top);
        const { y, width, height } = (await setupButton(page).boundingBox())!;
        expect([y + height, width >= 44, height >= 44], view).toEqual([PHONE.height, true, true]);
        expect(await isOnTop(setupButton(page)), view).toBe(true);
      }
    }
    const [beside, along] = await Promise.all([setupButton(page), slider(page)].map(async (one) => (await one.boundingBox())!));
    expect(along!.x).toBeGreaterThanOrEqual(beside!.x + beside!.width);
    expect(along!.width).toBeGreaterThanOrEqual(120);
    const middle = along!.y + along!.height / 2;
    await page.mouse.move(along!.x + along!.width / 2, middle);
    await page.mouse.down();
    await page.mouse.move(along!.x + along!.width - 1, middle, { steps: 4 });
    await page.mouse.up();
    await page.getByText('20 of 20').waitFor();
  });

  test('is a column that folds from 860 px on, where a fold is remembered; a sheet never is', async () => {
    const page = await openPage();
    await setupButton(page).click();
    await page.setViewportSize({ width: 860, height: 740 });
    await button(page, 'Fold the setup away').click();
    expect([await setupButton(page).count(), await page.getByLabel('Preset').count()]).toEqual([0, 0]);
    await page.setViewportSize({ width: 859, height: 740 });
    expect(await setup(page).count()).toBe(0);
    await page.keyboard.press('s');
    await page.getByLabel('Preset').waitFor();
    await page.reload();
    await setupButton(page).waitFor();
    expect(await setup(page).count()).toBe(0);
    await page.setViewportSize({ width: 1280, height: 740 });
    await button(page, 'Unfold the setup').waitFor();
  });
});

describe('the sheet', () => {
  test.each([PHONE, TABLET, { width: 640, height: 400 }])('at $width x $height leaves a quarter of the window, scrolls by itself, and covers nothing for good', async (viewport) => {
    const page = await openPage({ viewport });
    await setupButton(page).click();
    await page.getByText('Task, loss and optimiser').click();
    const { x, y, width, height } = (await setup(page).boundingBox())!;
    expect([x, width]).toEqual([0, viewport.width]);
    expect(y).toBeGreaterThanOrEqual(viewport.height * 0.25);
    expect(y + height).toBeLessThanOrEqual((await setupButton(page).boundingBox())!.y);
    const lastField = page.locator('#setup .advanced .field').last().locator('select, input');
    const before = await page.evaluate(() => scrollY);
    await lastField.scrollIntoViewIfNeeded();
    expect([await isOnTop(lastField), await page.evaluate(() => scrollY)]).toEqual([true, before]);
    expect(await isOnTop(button(page, 'Close'))).toBe(true);
    // the page under it, to its end
    const covered = await page.evaluate(() => {
      const found: string[] = [];
      for (const element of document.querySelectorAll<HTMLElement>('button, select, input, summary, [role=gridcell][tabindex="0"]')) {
        if (!element.checkVisibility() || element.closest('dialog') !== null || element.matches(':disabled')) continue;
        element.focus();
        const { left, top, width: w, height: h } = element.getBoundingClientRect();
        const over = document.elementFromPoint(left + w / 2, top + h / 2);
        if (over === null || !(element.contains(over) || over.contains(element))) found.push(`${element.outerHTML.slice(0, 120)} under ${over?.outerHTML.slice(0, 80)}`);
      }
      return found;
    });
    expect(covered).toEqual([]);
    expect(await overhang(page)).toBe(0);
  });

  test.each([['dark', PHONE], ['light', TABLET]] as const)('%s at %o: axe finds nothing in it', async (colorScheme, viewport) => {
    const page = await openPage({ colorScheme, viewport });
    await setupButton(page).click();
    await page.getByText('Task, loss and optimiser').click();
    await page.getByLabel('Seed').fill('9');
    await button(page, 'Train this setup').waitFor();
    expect(await axeFindings(page, ['target-size'])).toEqual([]);
    expect(site.visited.complaints).toEqual([]);
  });

  test('takes the focus in, and gives it back to where it was, by button, key, command and Escape', async () => {
    const page = await openPage();
    const isDown = () => setup(page).waitFor({ state: 'detached' });
    await setupButton(page).click();
    expect(await focused(page)).toBe('sheet');
    expect(await setupButton(page).getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Close');
    await page.keyboard.press('Enter');
    await isDown();
    expect([await focused(page), await setupButton(page).getAttribute('aria-expanded')]).toEqual(['Setup', 'false']);
    // from a field, in which letters are letters
    await setupButton(page).click();
    await page.getByLabel('Seed').focus();
    await page.keyboard.press('s');
    expect(await setup(page).count()).toBe(1);
    await page.keyboard.press('Escape');
    await isDown();
    expect(await focused(page)).toBe('Setup');
    // from a token, and back to it
    await selected(page).focus();
    await page.keyboard.press('s');
    expect(await focused(page)).toBe('sheet');
    await page.keyboard.press('s');
    await isDown();
    expect(await selected(page).evaluate((chip) => chip === document.activeElement)).toBe(true);
    await page.keyboard.press('?');
    await dialog(page).getByRole('button', { name: /^Setup: open it/ }).click();
    await setup(page).waitFor();
    await expect.poll(() => focused(page)).toBe('sheet');
    await setupButton(page).click();
    await isDown();
    // what was opened in it is still open
    await setupButton(page).click();
    await page.getByText('Task, loss and optimiser').click();
    await page.keyboard.press('Escape');
    await setupButton(page).click();
    expect(await page.getByLabel('Learning rate', { exact: true }).isVisible()).toBe(true);
  });

  test('is alone: a token that is chosen puts it away, and it leaves the token chosen', async () => {
    const page = await openPage({ viewport: TABLET });
    await setupButton(page).click();
    const chip = page.locator('[role=gridcell][data-row="0"][data-token="2"]');
    await chip.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await chip.click();
    await setup(page).waitFor({ state: 'detached' });
    expect([await isTokenUp(page), await chip.evaluate((element) => element === document.activeElement)]).toEqual([true, true]);
    await setupButton(page).click();
    expect([await setup(page).count(), await isTokenUp(page), await chip.getAttribute('aria-selected')]).toEqual([1, false, 'true']);
    // Escape takes one thing at a time
    await page.keyboard.press('Escape');
    expect([await setup(page).count(), await isTokenUp(page), await selected(page).count()]).toEqual([0, true, 1]);
    await chip.focus();
    await page.keyboard.press('Escape');
    expect([await isTokenUp(page), await selected(page).count()]).toEqual([false, 0]);
  });
});

test('what waits in the setup stands on its button and is spoken while the sheet is down; training it puts the sheet away', async () => {
  const page = await openPage({ search: '?executor=cpu' });
  const spoken = page.getByRole('status').filter({ hasText: 'Setup:' });
  expect(await setupButton(page).textContent()).toBe('Setup');
  await setupButton(page).click();
  // a field at the sheet's lower edge, pressed where it stands: what typing in it brings up there does not cover it
  const seed = page.getByLabel('Seed');
  await seed.evaluate((field) => {
    const sheet = field.closest('#setup')!;
    sheet.scrollBy({ top: field.getBoundingClientRect().bottom - sheet.getBoundingClientRect().bottom + 4 });
  });
  await seed.click();
  await page.keyboard.press('9');
  await button(page, 'Setup new recipe, not trained yet').waitFor();
  await expect.poll(() => isOnTop(seed)).toBe(true);
  // the sheet says it
  expect(await spoken.count()).toBe(0);
  await page.keyboard.press('Escape');
  expect(await spoken.textContent()).toBe('Setup: new recipe, not trained yet');
  await setupButton(page).click();
  await button(page, 'Train this setup').click();
  await setup(page).waitFor({ state: 'detached' });
  await page.locator('.topBar').getByText('Live', { exact: true }).waitFor({ timeout: 60_000 });
  expect(await setupButton(page).textContent()).toBe('Setup');
  await button(page, 'Pause').click();
  await page.getByText('Paused', { exact: true }).waitFor();
  await setupButton(page).click();
  await page.getByText('Task, loss and optimiser').click();
  await page.getByLabel('Seed').fill('10');
  await button(page, 'Setup 1 change waits').waitFor();
  await page.getByLabel('Learning rate', { exact: true }).fill('0.0005');
  await button(page, 'Setup 2 changes wait').waitFor();
  await page.keyboard.press('Escape');
  expect(await spoken.textContent()).toBe('Setup: 2 changes wait');
  expect(await setupButton(page).innerText()).toMatch(/\b2\b/);
  await setupButton(page).click();
  await button(page, 'Restart with 2 changes').click();
  await setup(page).waitFor({ state: 'detached' });
  await button(page, 'Setup').waitFor();
  expect(site.visited.complaints).toEqual([]);
});

test('a lesson stands in its place, and leaves it as it was: down', async () => {
  const page = await openPage();
  await setupButton(page).click();
  await page.keyboard.press('l');
  await dialog(page).getByRole('listitem').first().getByRole('button').click();
  await page.locator('.lessonText').first().waitFor();
  await page.keyboard.press('s');
  expect([await setupButton(page).count(), await setup(page).count()]).toEqual([0, 0]);
  for (const name of ['Leave', 'Next']) expect(await isOnTop(button(page, name)), name).toBe(true);
  await button(page, 'Leave').click();
  await setupButton(page).waitFor();
  expect(await setup(page).count()).toBe(0);
});

describe('by a teacher’s link', () => {
  test('what it locks can be read in the sheet, which can be put away', async () => {
    const page = await openLink('lock=method.advanced');
    await setupButton(page).click();
    expect(await page.getByLabel('Method').isDisabled()).toBe(true);
    await button(page, 'Close').click();
    await setup(page).waitFor({ state: 'detached' });
  });

  test.each(['hide=setup', 'present=1'])('%s: no way to it, and the slider has the whole width', async (words) => {
    const page = await openLink(words);
    await slider(page).waitFor();
    await page.keyboard.press('s');
    expect([await setupButton(page).count(), await setup(page).count()]).toEqual([0, 0]);
    expect((await page.locator('div.updateSlider').boundingBox())!.x).toBe(0);
  });

  test('embedded, it is there', async () => {
    const page = await openLink('embed=1');
    await setupButton(page).click();
    await page.getByLabel('Preset').waitFor();
    expect(await overhang(page)).toBe(0);
  });
});

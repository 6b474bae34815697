// The states that the page can be in by itself (each view, menu and dialog over the recorded run), and how a person comes to each.

import type { Page } from 'playwright';
import { COMMANDS } from '../src/views/app/commands';
import { axeFindings } from './axeScan';
import { visit, type SiteInBrowser, type Visit, type VisitOptions } from './site';
import { overhang } from './views';

/** Past the first question, with the recorded run. */
const PLACE = '#v=1&p=small&method=capo&testevery=2&at=12.18.4';

/** The page at that place. */
export async function visitPlace(site: SiteInBrowser, options: VisitOptions = {}): Promise<Visit> {
  const open = await visit(site, { hash: PLACE, viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
  open.page.setDefaultTimeout(15_000);
  await open.page.locator('[role=gridcell][aria-selected=true]').first().waitFor();
  // the setup comes from the worker; on a small screen it is a sheet that is down
  await open.page.getByLabel('Preset').waitFor({ state: 'attached' });
  return open;
}

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
export const dialog = (page: Page) => page.locator('dialog[open]');
export const close = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
};

/** Each state of the page that is read by axe, and how a person comes to it; `leave` brings the page back. */
export const STATES: readonly { readonly name: string; enter(page: Page): Promise<void>; leave?(page: Page): Promise<void> }[] = [
  { name: 'answers, a token selected', enter: async () => undefined },
  ...(['table', 'value', 'gradient', 'timeline', 'compare'] as const).map((id) => ({
    name: id,
    enter: async (page: Page) => {
      await page.keyboard.press(COMMANDS.find((command) => command.id === id)!.keys[0]);
      await page.getByText('Loading …').waitFor({ state: 'detached' });
      if (id === 'compare') await page.locator('.compareForm > summary').click();
    },
    leave: (page: Page) => button(page, 'Answers').click(),
  })),
  { name: 'a token pressed', enter: (page) => page.locator('[role=gridcell][data-row="1"][data-token="2"]').first().click(), leave: (page) => page.keyboard.press('Escape') },
  { name: 'file menu', enter: (page) => page.locator('summary', { hasText: /^File/ }).click(), leave: (page) => page.keyboard.press('Escape') },
  { name: 'step menu', enter: (page) => page.locator('summary', { hasText: /^Step/ }).click(), leave: (page) => page.keyboard.press('Escape') },
  { name: 'commands', enter: (page) => page.keyboard.press('?'), leave: close },
  { name: 'share, class and offline', enter: async (page) => { await button(page, 'Share').click(); await page.getByText('For a class:').click(); }, leave: close },
  { name: 'real answers', enter: async (page) => { await button(page, 'Real answers').click(); await button(page, 'Example: GSM8K by language models').waitFor(); }, leave: close },
  { name: 'list of lessons', enter: (page) => page.keyboard.press('l') },
  {
    name: 'a lesson', enter: async (page) => {
      // the list is open
      await dialog(page).getByRole('listitem').first().getByRole('button').click();
      await page.locator('.lessonText').first().waitFor();
    },
  },
];

/** What axe finds in each of them, and which of them are wider than the page. */
export async function findingsOfAllStates(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, enter, leave } of STATES) {
    await enter(page);
    for (const finding of await axeFindings(page, ['target-size'])) found.push(`${name}: ${finding}`);
    if (await overhang(page) > 0) found.push(`${name}: ${await overhang(page)} px wider than the page`);
    await leave?.(page);
  }
  return found;
}

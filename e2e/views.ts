// What the tests of the stage's views share: the recorded run as its file has it, the page, and how a person reaches a view.

import type { Page } from 'playwright';
import { recordedFile, unpacked } from './recordedNumbers';
import { visit, type SiteInBrowser, type Visit, type VisitOptions } from './site';

export const RUN = recordedFile();
export const FIRST = RUN.updates[0]!;
export const { width } = FIRST.sample;
export const lengths_N = unpacked(FIRST.sample.lengths_N);
export const tokens_NT = unpacked(FIRST.sample.tokens_NT);
export const outcome_N = unpacked(FIRST.score.outcome_N);
export const advantages_NT = unpacked(FIRST.credit.advantages_NT);

/** The page with its recorded run. */
export async function visitRecorded(site: SiteInBrowser, options: VisitOptions = {}): Promise<Visit> {
  const open = await visit(site, { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
  await open.page.getByRole('grid').waitFor();
  return open;
}

/** By its tab. */
export async function openView(page: Page, name: string): Promise<void> {
  await page.getByRole('group', { name: 'On the stage' }).getByRole('button', { name }).click();
}

/** The inspector shows what is selected, whichever view is on the stage. */
export async function isSelected(page: Page, words: string): Promise<void> {
  await page.locator('.inspector').getByText(words).waitFor();
}

export const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);

/** px by which something is wider than the page. */
export async function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

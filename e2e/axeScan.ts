// What axe finds on a page, a line each. `more`: rules beside those that axe holds for certain, such as the size of targets.

import axe from 'axe-core';
import type { Page } from 'playwright';
import type { VisitOptions } from './site';

/** What every view is scanned in: either theme, either width. The other two pairs are left to e2e/long. */
export const LOOKS: readonly (readonly [string, VisitOptions])[] = [
  ['light on a desk', { colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
  ['dark on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
];

export async function axeFindings(page: Page, more: readonly string[] = []): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (wanted) => {
    const rules = Object.fromEntries(wanted.map((rule) => [rule, { enabled: true }]));
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { rules });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  }, more);
}

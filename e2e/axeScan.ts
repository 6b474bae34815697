// What axe finds on a page, a line each. `more`: rules beside those that axe holds for certain, such as the size of targets.

import axe from 'axe-core';
import type { Page } from 'playwright';

export async function axeFindings(page: Page, more: readonly string[] = []): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (wanted) => {
    const rules = Object.fromEntries(wanted.map((rule) => [rule, { enabled: true }]));
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { rules });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  }, more);
}

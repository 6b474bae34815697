// `npm run picture`: makes the README's pictures from the page on its recorded runs: public/picture.png (answers and inspector) and
// e2e/pictures (the opening, a comparison, a lesson, on a phone). Node resolves nothing here that needs a build: vite serves the sources.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { ensurePackages, projectRoot } from '../src/cli/install.mjs';
import { ensureBrowser, launchOptions } from './browser.mjs';

/** @typedef {import('playwright').Page} Page */
/** @typedef {{ file: string, size: [number, number], scheme: 'light' | 'dark', go(page: Page): Promise<unknown> }} Picture */

const MORE = 'e2e/pictures';

/** @type {readonly Picture[]} */
const PICTURES = [
  {
    file: 'public/picture.png', size: [1280, 860], scheme: 'light',
    async go(page) {
      await page.getByRole('button', { name: 'Hide', exact: true }).click();
      await page.getByRole('button', { name: 'Show the token with the most blame' }).click();
    },
  },
  { file: `${MORE}/opening.png`, size: [1280, 800], scheme: 'dark', go: (page) => page.getByRole('button', { name: 'What each really deserved' }).click() },
  {
    file: `${MORE}/compare.png`, size: [1280, 900], scheme: 'light',
    async go(page) {
      await page.getByRole('button', { name: 'Compare methods' }).click();
      await page.locator('.creditMatrix').waitFor();
    },
  },
  {
    file: `${MORE}/lesson.png`, size: [1280, 800], scheme: 'light',
    async go(page) {
      await page.getByRole('button', { name: 'Lessons' }).click();
      await page.getByRole('dialog', { name: 'Lessons' }).getByRole('listitem').nth(4).getByRole('button').click();
      await page.getByRole('button', { name: 'Next', exact: true }).click();
    },
  },
];

ensurePackages();
ensureBrowser();
mkdirSync(join(projectRoot, MORE), { recursive: true });
const server = await createServer({ root: projectRoot, server: { port: 0 }, logLevel: 'warn' });
await server.listen();
const browser = await chromium.launch(launchOptions());
try {
  for (const { file, size: [width, height], scheme, go } of PICTURES) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
    await page.goto(`${server.resolvedUrls?.local[0] ?? ''}?executor=webgpu`);
    await page.getByRole('grid').waitFor();
    // the setup panel fills when the training worker has said what there is
    await page.getByLabel('Method', { exact: true }).waitFor();
    await go(page);
    await page.mouse.move(0, 0);
    await page.waitForTimeout(600);
    await page.screenshot({ path: join(projectRoot, file) });
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}

// `npm run picture`: makes public/picture.png, the README's picture, from the page as it opens: the recorded run with the
// token that gets the most blame selected. Node resolves nothing here that needs a build: vite serves the sources.

import { join } from 'node:path';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { ensurePackages, projectRoot } from '../src/cli/install.mjs';
import { ensureBrowser, launchOptions } from './browser.mjs';

ensurePackages();
ensureBrowser();
const server = await createServer({ root: projectRoot, server: { port: 0 }, logLevel: 'warn' });
await server.listen();
const browser = await chromium.launch(launchOptions());
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.getByRole('grid').waitFor();
  await page.getByRole('button', { name: 'Show the token with the most blame' }).click();
  // the setup panel fills when the training worker has said what there is
  await page.getByLabel('Method', { exact: true }).waitFor();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(projectRoot, 'public/picture.png') });
} finally {
  await browser.close();
  await server.close();
}

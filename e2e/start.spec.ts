// `npm start`: prints an address, serves the page there, goes on without a standard input, ends with its signal.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { expect, test } from 'vitest';
import { projectRoot } from '../src/cli/install.mjs';
import { launchOptions } from './browser.mjs';
import { visit } from './site';

test('the development server prints its address and serves the page', async () => {
  // as outside continuous integration, where vite would end with its standard input; and none of Vitest's own settings
  const { CI: _ci, VITEST: _vitest, NODE_ENV: _test, ...env } = process.env;
  const child = spawn(process.execPath, [join(projectRoot, 'src/cli/start.mjs'), '--port', '5290'], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...env, NO_COLOR: '1' } });
  const ended = new Promise((resolve) => { child.on('close', (code, signal) => resolve(signal ?? code)); });
  const browser = await chromium.launch(launchOptions());
  try {
    let output = '';
    child.stdout.on('data', (data) => { output += String(data); });
    const address = (): string | undefined => /Local:\s+(http:\/\/localhost:\d+\/)/.exec(output)?.[1];
    await expect.poll(address, { timeout: 60_000 }).toBeDefined();
    const { page, complaints, foreignRequests } = await visit({ browser, url: address()! });
    await page.getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 });
    expect(foreignRequests).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    child.kill('SIGTERM');
  }
  // vite closes its server and then itself
  expect(await ended).toBe(143);
});

// transformers.js as the page is to use it: built with the page's own settings, in a worker, under its policy, below a path, with the
// exported policy chain beside it. Nothing of it is loaded before it is asked for, and no other host is ever asked.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from 'vite';
import { projectRoot } from '../src/cli/install.mjs';
import { transformersFolder } from '../src/formats/onnx/modelFolder';
import { launchOptions } from './browser.mjs';
import { visit } from './site';
import { serveFolder, type StaticServer } from './staticServer';

const SITE = join(projectRoot, 'node_modules/.cache/creditscope-transformers-page');

describe.each([['with one thread', false], ['cross-origin isolated', true]])('a page that asks for it, %s', (_, isIsolated) => {
  let server: StaticServer;
  let browser: Browser;
  beforeAll(async () => {
    await build({ root: join(projectRoot, 'e2e/transformersPage'), configFile: join(projectRoot, 'vite.config.ts'), publicDir: false, logLevel: 'warn', build: { outDir: SITE, emptyOutDir: true } });
    for (const [name, bytes] of await transformersFolder(async (file) => new Uint8Array(readFileSync(join(projectRoot, 'public/models/chain', file))))) {
      const path = join(SITE, 'models/chain', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
    server = await serveFolder(SITE, '/some/base/', isIsolated);
    browser = await chromium.launch(launchOptions());
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(SITE, { recursive: true, force: true });
  });

  test('gets its answer from files of its own build alone, when it asks and not before', async () => {
    const { page, complaints, foreignRequests, close } = await visit({ browser, url: server.url });
    const large = (): string[] => server.requests.map(({ path }) => path).filter((path) => /transformers|\.wasm$|models\//.test(path));
    await page.getByRole('button').click({ trial: true });
    expect(large()).toEqual([]);
    await page.getByRole('button').click();
    // each step is right modulo 10
    await expect.poll(() => page.getByRole('status').textContent(), { timeout: 60_000 }).toBe('7+5=2\n2-3=9\n9+8=7\n=7');
    expect(large().filter((path) => path.endsWith('.wasm'))).toEqual([expect.stringMatching(/^\/some\/base\/assets\/ort-wasm-simd-threaded\.asyncify-[\w-]+\.wasm$/)]);
    expect(large()).toContain('/some/base/models/chain/onnx/model.onnx');
    expect(server.requests.filter(({ path, status }) => !path.startsWith('/some/base/') || status !== 200)).toEqual([]);
    expect(foreignRequests).toEqual([]);
    expect(complaints).toEqual([]);
    // a copy in the browser's cache would outlive the build that it belongs to
    expect(await page.evaluate(async () => (await caches.keys()).length === 0 || (await (await caches.open('transformers-cache')).keys()).length === 0)).toBe(true);
    await close();
  });
});

test('the page\'s first script holds nothing of it and stays small', () => {
  const html = readFileSync(join(projectRoot, 'dist/index.html'), 'utf8');
  const scripts = [...html.matchAll(/<(?:script|link)[^>]*(?:src|href)="\.\/([^"]+\.js)"/g)].map((match) => readFileSync(join(projectRoot, 'dist', match[1]!)));
  expect(scripts.length).toBeGreaterThan(0);
  for (const one of scripts) expect(one.includes('onnxruntime')).toBe(false);
});

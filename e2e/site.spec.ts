// The built site: works below any path, asks no other host for anything, needs no cross-origin isolation, and lets no
// script run but its own.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../src/cli/install.mjs';
import { openSite, visit, type Site, type Visit } from './site';

/** Long enough for the workers to have started and the recorded run to have been fetched. */
const SETTLED_MS = 3000;

describe.each(['/', '/some/base/'])('served below %s', (base) => {
  let site: Site;
  let visited: Visit;
  beforeAll(async () => {
    site = await openSite({ base });
    visited = await visit(site);
    await visited.page.getByRole('heading', { level: 1 }).waitFor();
    await visited.page.waitForTimeout(SETTLED_MS);
  });
  afterAll(() => site?.close());

  test('shows itself without an error, a warning, a missing file or a policy violation', () => {
    expect(visited.complaints).toEqual([]);
  });

  test('asks for files below its own path only', () => {
    expect(visited.foreignRequests).toEqual([]);
    expect(site.server.requests.length).toBeGreaterThan(1);
    expect(site.server.requests.filter(({ path, status }) => !path.startsWith(base) || status !== 200)).toEqual([]);
  });

  test('is not cross-origin isolated and has WebGPU', async () => {
    expect(await visited.page.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(await visited.page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null)).toBe(true);
  });
});

describe('the content-security policy', () => {
  let site: Site;
  let visited: Visit;
  beforeAll(async () => {
    site = await openSite();
    visited = await visit(site);
  });
  afterAll(() => site?.close());

  test('forbids inline scripts', async () => {
    const ran = await visited.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineScriptRan = true';
      document.head.append(script);
      return 'inlineScriptRan' in globalThis;
    });
    expect(ran).toBe(false);
  });

  test('forbids text as code', async () => {
    // in a later task: what Playwright evaluates itself is exempt
    const outcome = await visited.page.evaluate(() => new Promise((resolve) => {
      setTimeout(() => {
        try {
          resolve(new Function('return "ran"')());
        } catch (error) {
          resolve((error as Error).name);
        }
      });
    }));
    expect(outcome).toBe('EvalError');
  });

  test('allows wasm', async () => {
    const size = await visited.page.evaluate(() => new Promise((resolve, reject) => {
      setTimeout(() => {
        WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])).then((module) => resolve(WebAssembly.Module.exports(module).length), reject);
      });
    }));
    expect(size).toBe(0);
  });

  test.each(['https://example.com/script.js', 'http://127.0.0.1:9/script.js'])('forbids scripts and requests from %s', async (address) => {
    const before = visited.foreignRequests.length;
    const outcomes = await visited.page.evaluate(async (source) => {
      const script = document.createElement('script');
      script.src = source;
      const scriptOutcome = await new Promise((resolve) => {
        script.onload = () => resolve('loaded');
        script.onerror = () => resolve('refused');
        document.head.append(script);
      });
      return [scriptOutcome, await fetch(source).then(() => 'loaded', () => 'refused')];
    }, address);
    expect(outcomes).toEqual(['refused', 'refused']);
    // refused by the policy, before anything was asked for
    expect(visited.foreignRequests.length).toBe(before);
    const violations = (): string[] => visited.complaints.filter((one) => one.includes('policy violation') && one.includes(new URL(address).host));
    await expect.poll(violations).toHaveLength(2);
  });
});

test.each([['no-adapter', 'object'], ['absent', 'undefined']] as const)('a browser without WebGPU (%s) gets the page too', async (webGpu, type) => {
  const site = await openSite({ webGpu });
  try {
    const { page, complaints } = await visit(site);
    expect(await page.evaluate(() => typeof navigator.gpu)).toBe(type);
    expect(await page.evaluate(() => navigator.gpu?.requestAdapter()) ?? null).toBeNull();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(SETTLED_MS);
    // Chromium itself says so to whoever asks for an adapter
    expect(complaints.filter((one) => !one.startsWith('console warning: No available adapters.'))).toEqual([]);
  } finally {
    await site.close();
  }
});

test('the built page holds the policy before anything that it governs, and only relative addresses', () => {
  const html = readFileSync(join(projectRoot, 'dist/index.html'), 'utf8');
  const addresses = [...html.matchAll(/\b(?:src|href)="([^"]*)"/g)].map((match) => match[1]!);
  expect(addresses.length).toBeGreaterThan(1);
  expect(addresses.filter((one) => !one.startsWith('./'))).toEqual([]);
  expect(html.indexOf('Content-Security-Policy')).toBeGreaterThan(0);
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(Math.min(...['<script', '<link', '<style'].map((tag) => html.indexOf(tag)).filter((at) => at >= 0)));
});

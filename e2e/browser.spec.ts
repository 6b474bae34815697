// Finding a browser and starting it with WebGPU.

import { afterEach, expect, test, vi } from 'vitest';
import { installedBrowser, probeWebGpu, wayNames } from './browser.mjs';

afterEach(() => { vi.unstubAllEnvs(); });

test('the environment names the browser, before any that is installed', () => {
  vi.stubEnv('CHROMIUM_PATH', process.execPath);
  expect(installedBrowser()).toBe(process.execPath);
});

test('a wrong path in the environment is an error that names the variable', () => {
  vi.stubEnv('CHROMIUM_PATH', '/no/such/browser');
  expect(() => installedBrowser()).toThrow('CHROMIUM_PATH names /no/such/browser');
});

test('the probe finds an adapter, and says why where there is none', async () => {
  expect(await probeWebGpu()).toMatchObject({ way: expect.stringMatching(wayNames.join('|')), adapter: expect.stringContaining('Chromium') });
  vi.stubEnv('CHROMIUM_PATH', process.execPath); // Node is no browser
  expect(await probeWebGpu()).toMatchObject({ reason: expect.stringContaining(`${wayNames[0]}: `) });
});

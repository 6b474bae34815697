// Build, development server and the tests' projects:
//   unit      plain tests in Node
//   dawn      every *.gpu.test.ts in Node through Dawn: quick, for development
//   chromium  every *.gpu.test.ts in a real Chromium with WebGPU, but those named *.node.gpu.test.ts, which need Node
//             (files, processes, two devices) and which `npm test` therefore runs in dawn; *.browser.gpu.test.ts are not for dawn
//   e2e       the built page in a real Chromium, two files at a time; a test that fails runs once more, since two browsers and their workers share two cores
//   quiet     those of them that measure time (*.quiet.spec.ts), with the machine to themselves
//   long      the same where it takes many minutes (`npm run test:long`): kills, memory, lessons, learning
// A test that runs in both places reads fixtures by `import fixture from '../../../e2e/fixtures/x.json'`.

import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { installedBrowser, launchOptions } from './e2e/browser.mjs';
import { assemblyScript } from './src/cli/assemblyScriptPlugin.mjs';
import { dawnEnvironment } from './src/cli/dawnEnvironment.mjs';
import { firstPaint } from './src/cli/firstPaintPlugin.mjs';
import { offline } from './src/cli/offlinePlugin.mjs';

// It holds for the page itself, which asks no other host for anything. A worker is under its own response's policy, which a static site has
// none of: the critics' and the answers' workers ask the hosts that a person has named and agreed to, and e2e/ counts what they ask.
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:",
  "connect-src 'self'", "worker-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'none'",
].join('; ');

/** Only in the built page: in development React's fast refresh is an inline script. */
const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY }, injectTo: 'head-prepend' }],
};

/** A test that asserts nothing fails. */
const strict = { expect: { requireAssertions: true } };
const gpuTests = 'src/**/*.gpu.test.ts';
const nodeGpuTests = 'src/**/*.node.gpu.test.ts';
const longTests = 'e2e/long/**/*.spec.ts';
const quietTests = 'e2e/*.quiet.spec.ts';
const browserGpuTests = 'src/**/*.browser.gpu.test.ts';

const simd = assemblyScript(import.meta.dirname);

const isTesting = process.env.VITEST !== undefined;
// Inherited by the processes that Vitest starts for its tests; the loader's path can't be changed later.
if (isTesting) Object.assign(process.env, dawnEnvironment(installedBrowser()));

/** Make the page cross-origin isolated, so that threads may share memory. It loads nothing from elsewhere, so nothing breaks. */
const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export default defineConfig({
  base: './',
  server: { headers: ISOLATION },
  preview: { headers: ISOLATION },
  plugins: [react(), contentSecurityPolicy, firstPaint(import.meta.dirname), simd, offline(import.meta.dirname)],
  // A worker asks for it late; a dependency that the development server finds late reloads the page.
  optimizeDeps: { include: ['@huggingface/transformers'] },
  worker: { format: 'es', plugins: () => [simd] },
  // an inlined asset is a data: address, which the policy does not let scripts fetch
  build: { assetsInlineLimit: 0 },
  test: {
    projects: [
      { plugins: [simd], test: { ...strict, name: 'unit', environment: 'node', testTimeout: 60_000, maxWorkers: 2, include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], exclude: [gpuTests] } },
      { plugins: [simd], test: { ...strict, name: 'dawn', environment: 'node', include: [gpuTests], exclude: [browserGpuTests], setupFiles: ['src/gpu/dawnSetup.ts'], testTimeout: 60_000, fileParallelism: false } },
      {
        plugins: [simd],
        optimizeDeps: { include: ['fast-check', '@jax-js/jax'] },
        test: {
          ...strict,
          name: 'chromium',
          include: [gpuTests],
          exclude: [nodeGpuTests],
          testTimeout: 60_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            ui: false,
            screenshotFailures: false,
            provider: playwright({ launchOptions: isTesting ? launchOptions() : {} }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      { test: { ...strict, name: 'e2e', environment: 'node', include: ['e2e/*.spec.ts'], exclude: [quietTests], globalSetup: ['e2e/buildSite.ts'], testTimeout: 120_000, hookTimeout: 60_000, maxWorkers: 2, retry: 1 } },
      { test: { ...strict, name: 'quiet', environment: 'node', include: [quietTests], globalSetup: ['e2e/buildSite.ts'], testTimeout: 120_000, hookTimeout: 60_000, fileParallelism: false } },
      { test: { ...strict, name: 'long', environment: 'node', include: [longTests], globalSetup: ['e2e/buildSite.ts'], testTimeout: 1_800_000, hookTimeout: 60_000, fileParallelism: false } },
    ],
  },
});

import { expect, test } from 'vitest';
import type { NoDeviceReason } from '../gpu/device';
import { webgpuNextStep, type BrowserFacts } from './webgpuNextStep';

const CHROMIUM = (system: string, more = '', version = 100) => `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36${more}`;
const WINDOWS = 'Windows NT 10.0; Win64; x64';
const MAC = 'Macintosh; Intel Mac OS X 10_15_7';
const LINUX = 'X11; Linux x86_64';
const ANDROID = 'Linux; Android 10; K';
const FIREFOX = (system: string, version = 130) => `Mozilla/5.0 (${system}; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`;
const SAFARI = (system: string, version = 18) => `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version}.0 Safari/605.1.15`;
const IPHONE = 'iPhone; CPU iPhone OS 18_5 like Mac OS X';

type Case = readonly [name: string, given: Partial<BrowserFacts> & { readonly userAgent: string }, lack: NoDeviceReason, step: RegExp];

const CASES: readonly Case[] = [
  ['Chrome, Windows', { userAgent: CHROMIUM(WINDOWS), brands: ['Google Chrome', 'Chromium', 'Not/A)Brand'] }, 'no-webgpu', /^Update Chrome to version 113/],
  ['Chrome, Windows', { userAgent: CHROMIUM(WINDOWS), brands: ['Google Chrome', 'Chromium'] }, 'no-adapter', /graphics acceleration.*chrome:\/\/settings\/system.*driver; chrome:\/\/gpu/],
  ['a Chrome new enough, Windows', { userAgent: CHROMIUM(WINDOWS, '', 150), brands: ['Google Chrome', 'Chromium'] }, 'no-webgpu', /^Switch on/],
  ['Edge, Windows', { userAgent: CHROMIUM(WINDOWS, ' Edg/100.0.0.0'), brands: ['Microsoft Edge', 'Chromium'] }, 'no-adapter', /edge:\/\/settings\/system and restart Edge/],
  ['Edge without brands, Windows', { userAgent: CHROMIUM(WINDOWS, ' Edg/100.0.0.0') }, 'no-webgpu', /^Update Edge/],
  ['Chrome, macOS', { userAgent: CHROMIUM(MAC), brands: ['Google Chrome', 'Chromium'] }, 'software-adapter', /without a graphics card trains on the processor\. .*chrome:\/\/settings/],
  ['Chrome, ChromeOS', { userAgent: CHROMIUM('X11; CrOS x86_64 14541.0.0'), brands: ['Google Chrome', 'Chromium'] }, 'no-webgpu', /version 113/],
  ['Chrome, Linux', { userAgent: CHROMIUM(LINUX), brands: ['Google Chrome', 'Chromium'] }, 'no-webgpu', /version 144/],
  ['Chromium, Linux', { userAgent: CHROMIUM(LINUX), brands: ['Chromium', 'Not/A)Brand'], hasGpu: true }, 'no-adapter', /^On Linux this browser .*--enable-unsafe-webgpu .*VulkanFromANGLE$/],
  ['Edge, Linux', { userAgent: CHROMIUM(LINUX, ' Edg/100.0.0.0'), brands: ['Microsoft Edge', 'Chromium'] }, 'no-adapter', /^On Linux Edge/],
  ['Chrome, Android', { userAgent: CHROMIUM(ANDROID), brands: ['Google Chrome', 'Chromium'] }, 'no-webgpu', /version 121.*Android 12/],
  ['Chrome, Android', { userAgent: CHROMIUM(ANDROID), brands: ['Google Chrome', 'Chromium'] }, 'no-adapter', /Qualcomm or ARM/],
  ['Chrome, iPhone', { userAgent: `Mozilla/5.0 (${IPHONE}) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/150.0 Mobile/15E148 Safari/604.1` }, 'no-webgpu', /iOS or iPadOS 26/],
  ['Firefox, Windows', { userAgent: FIREFOX(WINDOWS) }, 'no-webgpu', /Firefox to version 141/],
  ['Firefox, Windows', { userAgent: FIREFOX(WINDOWS) }, 'no-adapter', /Settings, General, Performance/],
  ['a Firefox new enough, Windows', { userAgent: FIREFOX(WINDOWS, 152) }, 'no-webgpu', /Settings, General, Performance/],
  ['a Firefox new enough, Linux', { userAgent: FIREFOX(LINUX, 152) }, 'no-webgpu', /about:config.*dom\.webgpu\.enabled/],
  ['Firefox, macOS', { userAgent: FIREFOX('Macintosh; Intel Mac OS X 10.15') }, 'no-webgpu', /Apple silicon.*147.*Intel.*Chrome or Edge/],
  ['Firefox, Linux', { userAgent: FIREFOX(LINUX) }, 'no-webgpu', /about:config.*dom\.webgpu\.enabled/],
  ['Firefox, Android', { userAgent: FIREFOX('Android 14; Mobile') }, 'no-webgpu', /open this page in Chrome, version 121/],
  ['Firefox, iPhone', { userAgent: `Mozilla/5.0 (${IPHONE}) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/152.0 Mobile/15E148 Safari/605.1.15` }, 'no-webgpu', /iOS or iPadOS 26/],
  ['Safari, macOS', { userAgent: SAFARI(MAC) }, 'no-webgpu', /macOS 26/],
  ['a Safari new enough, macOS', { userAgent: SAFARI(MAC, 26) }, 'no-webgpu', /^Restart Safari/],
  ['Safari, iPad that says it is a Mac', { userAgent: SAFARI(MAC), touchPoints: 5 }, 'no-webgpu', /iPadOS 26/],
  ['Safari, iPhone', { userAgent: SAFARI(IPHONE) }, 'no-adapter', /Low Power Mode/],
  ['a browser that is not known', { userAgent: 'Mozilla/5.0 (PlayStation 5) AppleWebKit/605.1.15' }, 'no-webgpu', /^Open this page in Chrome or Edge/],
  ['any, plain http', { userAgent: CHROMIUM(WINDOWS), brands: ['Google Chrome'], isSecureContext: false }, 'no-webgpu', /https address.*localhost/],
  ['any, plain http', { userAgent: SAFARI(IPHONE), isSecureContext: false }, 'no-webgpu', /https address/],
  ['WebGPU in pages alone', { userAgent: SAFARI(MAC), hasGpu: true }, 'no-webgpu', /not for workers/],
  ['any, weak card', { userAgent: FIREFOX(WINDOWS), hasGpu: true }, 'limits-too-low', /too small for the kernels/],
  ['Windows, device refused', { userAgent: CHROMIUM(WINDOWS), hasGpu: true }, 'request-failed', /Restart the browser\..*driver/],
  ['macOS, device refused', { userAgent: SAFARI(MAC), hasGpu: true }, 'request-failed', /^(?!.*driver).*update it/],
  ['any, no answer', { userAgent: CHROMIUM(WINDOWS), hasGpu: true }, 'timeout', /Close other tabs/],
];

test.each(CASES)('%s: %o, %s', (_, given, lack, step) => {
  expect(webgpuNextStep({ brands: [], touchPoints: 0, isSecureContext: true, hasGpu: false, ...given, lack })).toMatch(step);
});

const LACKS: readonly NoDeviceReason[] = ['no-webgpu', 'no-adapter', 'software-adapter', 'limits-too-low', 'request-failed', 'timeout'];

test('whatever the browser and the reason: a plain sentence', () => {
  for (const [, given] of CASES) {
    for (const lack of LACKS) {
      expect(webgpuNextStep({ brands: [], touchPoints: 0, isSecureContext: true, hasGpu: lack !== 'no-webgpu', ...given, lack })).toMatch(/^(?!.*(undefined|—))[A-Z].{20,}/);
    }
  }
});

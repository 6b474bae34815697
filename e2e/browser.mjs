// Which Chromium the tests use and how it is started so that it has WebGPU. Looked for in this order: named by the
// environment, installed on the machine, Playwright's own, the distribution's package (as root on Debian).

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../src/cli/install.mjs';

/** Any of these may name the browser's executable. */
const VARIABLES = ['CHROMIUM_PATH', 'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH', 'CHROME_PATH', 'CHROME_BIN'];
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'microsoft-edge-stable'];
const MACOS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Google Chrome Canary'];
const WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
const INSTALL_LIMIT_MS = 180_000;

/** Of several lists Chromium takes the last: Playwright's own, and the address bar's pop-ups, which nobody sees and which take a process and a fifth of the time of each page. */
const FEATURES_OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding',
  'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch',
  'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'SpareRendererForSitePerProcess',
];
const QUIET = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', `--disable-features=${FEATURES_OFF.join(',')}`];
/** The ways to start a browser with WebGPU, by platform, the first preferred. */
const FLAGS = {
  linux: { swiftshader: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--enable-unsafe-webgpu', '--enable-features=Vulkan', '--use-vulkan=swiftshader', ...QUIET] },
  other: {
    own: ['--enable-unsafe-webgpu', ...QUIET],
    swiftshader: ['--enable-unsafe-webgpu', '--enable-unsafe-swiftshader', '--use-webgpu-adapter=swiftshader', ...QUIET],
  },
};
/** Headless and with none of these, Linux's Chromium has no adapter; elsewhere its GPU is taken away. */
export const argsWithoutWebGpu = process.platform === 'linux' ? ['--no-sandbox', ...QUIET] : ['--disable-gpu', '--disable-software-rasterizer', ...QUIET];
/** @type {Record<string, string[]>} */
const ways = process.platform === 'linux' ? FLAGS.linux : FLAGS.other;
export const wayNames = Object.keys(ways);

/** What Playwright's chromium.launch gets. The way to start is the first, or the one that a probe found to work. */
export function launchOptions(way = process.env.CREDITSCOPE_BROWSER_WAY ?? wayNames[0] ?? '') {
  return { executablePath: installedBrowser(), args: ways[way] ?? [], headless: true };
}

/** A browser that is on this machine already, as a path. Undefined if none is. */
export function installedBrowser() {
  for (const variable of VARIABLES) {
    const path = process.env[variable];
    if (path === undefined || path === '') continue;
    if (!isExecutable(path)) throw new Error(`${variable} names ${path}, which is not an executable file.`);
    return path;
  }
  return usualPlaces().find(isExecutable) ?? playwrightsOwn();
}

/** Finds a browser or installs one; throws with the command to run where neither works. */
export function ensureBrowser() {
  const found = installedBrowser();
  if (found !== undefined && starts(found)) return found;
  for (const install of [installPlaywrights, installWithApt]) {
    const now = install() ? installedBrowser() : undefined;
    if (now !== undefined && starts(now)) return now;
  }
  throw new Error(`No Chromium with WebGPU on this machine. Install one, for example with\n    ${commandToRun()}\nor name one: CHROMIUM_PATH=/path/to/chromium npm test`);
}

function usualPlaces() {
  const { platform, env } = process;
  const onPath = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, platform === 'win32' ? `${name}.exe` : name)));
  // by name first, then by folder: a chromium anywhere on the path goes before a chrome
  onPath.sort((a, b) => NAMES.findIndex((name) => baseName(a) === name) - NAMES.findIndex((name) => baseName(b) === name));
  if (platform === 'darwin') return [...MACOS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`), ...onPath];
  if (platform !== 'win32') return [...onPath, '/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/snap/bin/chromium'];
  const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((one) => one !== undefined);
  return [...roots.flatMap((root) => WINDOWS.map((place) => `${root}\\${place}`)), ...onPath];
}

/** @param {string} path */
function baseName(path) {
  return path.replace(/^.*[\\/]/, '').replace(/\.exe$/, '');
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Ubuntu's chromium-browser is a script that only asks for a snap. Elsewhere asking for the version opens a window. @param {string} path */
function starts(path) {
  return process.platform !== 'linux' || spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

function playwrightsOwn() {
  try {
    const { chromium } = createRequire(import.meta.url)('playwright');
    const path = chromium.executablePath();
    return isExecutable(path) ? path : undefined;
  } catch {
    return undefined; // not installed yet
  }
}

/** @param {string} command @param {string[]} args */
function tryInstall(command, args) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout: INSTALL_LIMIT_MS, env: environment }).status === 0;
}

function installPlaywrights() {
  process.stderr.write('No Chromium found; trying to install Playwright\'s ...\n');
  return tryInstall(process.execPath, [join(projectRoot, 'node_modules/playwright/cli.js'), 'install', 'chromium']);
}

function installWithApt() {
  if (process.getuid?.() !== 0 || !isExecutable('/usr/bin/apt-get')) return false;
  process.stderr.write('Trying to install the distribution\'s chromium ...\n');
  return tryInstall('apt-get', ['update']) && tryInstall('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
}

function commandToRun() {
  return isExecutable('/usr/bin/apt-get') ? 'sudo apt-get install chromium' : 'npx playwright install chromium';
}

/**
 * The name of the first way in which the browser offers an adapter, and that adapter's name.
 * @returns {Promise<{ way: string, adapter: string } | { reason: string }>}
 */
export async function probeWebGpu() {
  const { chromium } = await import(pathToFileURL(join(projectRoot, 'node_modules/playwright/index.mjs')).href);
  const reasons = [];
  for (const way of wayNames) {
    try {
      const browser = await chromium.launch(launchOptions(way));
      try {
        const page = await browser.newPage();
        await page.route('**/*', (/** @type {import('playwright').Route} */ route) => route.fulfill({ body: '<title>probe</title>', contentType: 'text/html' }));
        await page.goto('http://localhost/');
        const adapter = await page.evaluate(askForAdapter);
        if (adapter !== undefined) return { way, adapter: `${adapter} in Chromium ${browser.version()}` };
        reasons.push(`${way}: no adapter`);
      } finally {
        await browser.close();
      }
    } catch (error) {
      reasons.push(`${way}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
  }
  return { reason: reasons.join('; ') };
}

/** Runs in the page. */
async function askForAdapter() {
  const adapter = await navigator.gpu?.requestAdapter();
  if (adapter === null || adapter === undefined) return undefined;
  return [adapter.info.vendor, adapter.info.architecture].filter((part) => part !== '').join(' ') || 'unnamed adapter';
}

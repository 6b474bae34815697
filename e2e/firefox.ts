// A real Firefox, driven by WebDriver BiDi: Playwright's Firefox is a patched one that it downloads itself, this is the one that people
// have. Looked for by FIREFOX_PATH, then on the path, then as the distribution's package (as root on Debian).

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';

const NAMES = ['firefox', 'firefox-esr'];
const MACOS = '/Applications/Firefox.app/Contents/MacOS/firefox';

/** Throws a sentence where there is none. `preferences` as in about:config. */
export async function openFirefox(preferences: Readonly<Record<string, boolean>> = {}): Promise<Browser> {
  const path = installed() ?? (installWithApt() ? installed() : undefined);
  if (path === undefined) throw new Error('No Firefox found: install one, or name it by FIREFOX_PATH.');
  return puppeteer.launch({ browser: 'firefox', executablePath: path, headless: true, extraPrefsFirefox: preferences, defaultViewport: { width: 1280, height: 800 } });
}

function installed(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [process.env.FIREFOX_PATH, ...onPath, MACOS].find((path) => path !== undefined && path !== '' && existsSync(path));
}

function installWithApt(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words: string[]) => spawnSync('apt-get', words, { stdio: ['ignore', 2, 2], timeout: 180_000, env: environment }).status === 0;
  return apt('update') && apt('install', '-y', '--no-install-recommends', 'firefox-esr');
}

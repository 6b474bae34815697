// Ends the whole browser at seeded moments while a run trains, again and again, and each time starts it anew on the same
// profile and continues the run.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RandomStream } from '../src/random/threefry';
import { KillableBrowser } from './hardKill';
import { chooseSmall, goOn, hasLines, linesOf, listen, pageIn, press, type Line } from './smallRun';

/** of training, before the browser ends */
const LONGEST_LIFE_MS = 2500;

export interface Life {
  /** updates that the run had when it went on; 0 for the first */
  readonly found: number;
  /** updates that the page had been told of when it ended */
  readonly told: number;
  /** of training; undefined for the last, which was not killed */
  readonly afterMs?: number;
}

export interface KilledRun { readonly lives: readonly Life[]; readonly lines: readonly Line[] }

/** Trains past every kill and then to the end of the update after; `seed` is that of the moments. */
export async function trainThroughKills(url: string, kills: number, seed: number): Promise<KilledRun> {
  const moments = new RandomStream([seed, 0]);
  return inProfile(async (profile) => {
    const lives: Life[] = [];
    for (let life = 0; life <= kills; life++) {
      const browser = await KillableBrowser.start(profile);
      try {
        await listen(browser.context);
        const page = await pageIn(browser.context, url);
        if (life === 0) await chooseSmall(page);
        const found = life === 0 ? 0 : await goOn(page);
        await press(page, 'Play');
        if (life === kills) {
          await hasLines(page, found + 2);
          const lines = await linesOf(page);
          return { lives: [...lives, { found, told: lines.length }], lines };
        }
        // without one update there would be nothing to find
        if (life === 0) await hasLines(page, 1);
        const afterMs = Math.round(moments.uniform() * LONGEST_LIFE_MS);
        await page.waitForTimeout(afterMs);
        lives.push({ found, told: (await linesOf(page)).length, afterMs });
      } finally {
        await browser.kill();
      }
    }
    throw new Error('no life was the last');
  });
}

/** The same run in a browser that nothing happens to. */
export async function trainUnbroken(url: string, updates: number): Promise<readonly Line[]> {
  return inProfile(async (profile) => {
    const browser = await KillableBrowser.start(profile);
    try {
      await listen(browser.context);
      const page = await pageIn(browser.context, url);
      await chooseSmall(page);
      await press(page, 'Play');
      await hasLines(page, updates, 600_000);
      return (await linesOf(page)).slice(0, updates);
    } finally {
      await browser.kill();
    }
  });
}

async function inProfile<T>(work: (profile: string) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'creditscope-profile-'));
  try {
    return await work(profile);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

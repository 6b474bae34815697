// Memory of the page and its workers while a small run trains: measured after so many updates and again after more. What
// the page keeps for scrubbing, every record of every update, grows by design and is counted exactly where it arrives; what
// is left of the growth must be nothing much.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { KillableBrowser } from './hardKill';
import { chooseSmall, hasLines, heardBy, listen, pageIn, paused, press, type Heard } from './smallRun';

/** Lets a page measure itself, and at once: else Chromium waits up to 20 s for a collection. */
const MEASURABLE = ['--enable-blink-features=ForceEagerMeasureMemory'];
const TRAIN_LIMIT_MS = 1_700_000;

export interface Measured {
  readonly updates: number;
  /** of the page's own JavaScript, with the memory behind its arrays */
  readonly pageBytes: number;
  /** of the page and its workers together: JavaScript, DOM and shared memory; measuring takes up to a minute, so only if asked for */
  readonly all?: { readonly bytes: number; readonly workerBytes: number };
  readonly recordBytes: number;
  /** of the process; undefined where the system does not tell */
  readonly residentBytes: number | undefined;
}

export interface MemoryRun { readonly measured: readonly Measured[]; readonly heard: Heard }

/** Trains two problems of two answers by CAPO; `url` is that of an isolated page (e2e/site.ts). */
export async function trainMeasured(url: string, stops: readonly number[], measuresAll = false): Promise<MemoryRun> {
  const profile = mkdtempSync(join(tmpdir(), 'creditscope-profile-'));
  const browser = await KillableBrowser.start(profile, MEASURABLE);
  try {
    await listen(browser.context);
    const page = await pageIn(browser.context, url);
    await chooseSmall(page, { problems: 2, answers: 2, updatesBetweenTests: 50 });
    const measured: Measured[] = [];
    for (const stop of stops) {
      await press(page, 'Play');
      await hasLines(page, stop, TRAIN_LIMIT_MS);
      await press(page, 'Pause');
      await paused(page);
      const pageBytes = await pageBytesOf(page);
      measured.push({ pageBytes, ...(measuresAll && { all: await bytesOfAll(page) }), ...recordsOf(await heardBy(page)), residentBytes: browser.residentBytes() });
    }
    return { measured, heard: await heardBy(page) };
  } finally {
    await browser.kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

const recordsOf = ({ lines, recordBytes }: Heard): Pick<Measured, 'updates' | 'recordBytes'> => ({ updates: lines.length, recordBytes });

async function pageBytesOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const usage = await session.send('Runtime.getHeapUsage') as { usedSize: number; embedderHeapUsedSize?: number; backingStorageSize?: number };
  await session.detach();
  return usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0);
}

function bytesOfAll(page: Page): Promise<{ bytes: number; workerBytes: number }> {
  return page.evaluate(async () => {
    interface Part { readonly bytes: number; readonly attribution: readonly { readonly scope: string }[] }
    const measure = performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number; breakdown: readonly Part[] }> };
    const { bytes, breakdown } = await measure.measureUserAgentSpecificMemory();
    const ofWorkers = breakdown.filter(({ attribution }) => attribution.some(({ scope }) => scope !== 'Window'));
    return { bytes, workerBytes: ofWorkers.reduce((sum, part) => sum + part.bytes, 0) };
  });
}

/** The most messages that came in any one second. */
export function busiestSecond(messages: readonly number[]): number {
  return Math.max(...messages.map((at, i) => messages.slice(i).findIndex((later) => later >= at + 1000)).map((count, i) => (count === -1 ? messages.length - i : count)));
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

// A thousand updates of two problems with two answers: memory stays where it was after the first two hundred, but for the
// records that the page keeps for scrubbing. Of those the arrays are counted as they arrive (20 kB an update here); the objects
// around them were measured to take another 13 kB.

import { expect, test } from 'vitest';
import { busiestSecond, median, trainMeasured } from '../memory';
import { sharedSite } from '../site';

const MIB = 2 ** 20;

const site = sharedSite({ webGpu: 'no-adapter', isIsolated: true });

test('flat over a thousand updates, each of at most 0.2 s, with at most ten messages a second', { timeout: 3_600_000 }, async () => {
  const { measured: [early, late], heard } = await trainMeasured(site.url, [200, 1000], true);
  const grown = {
    updates: late!.updates - early!.updates, records: late!.recordBytes - early!.recordBytes, page: late!.pageBytes - early!.pageBytes,
    workers: late!.all!.workerBytes - early!.all!.workerBytes, all: late!.all!.bytes - early!.all!.bytes,
    resident: late!.residentBytes === undefined ? undefined : late!.residentBytes - early!.residentBytes!,
  };
  const seconds = median(heard.seconds);
  const perSecond = heard.messages.length / ((heard.messages.at(-1)! - heard.messages[0]!) / 1000);
  console.log(JSON.stringify({ early, late, grown, seconds, perSecond, busiest: busiestSecond(heard.messages) }));
  expect(grown.updates).toBeGreaterThanOrEqual(790);
  expect(grown.page).toBeLessThan(2.5 * grown.records + 2 * MIB);
  expect(grown.all - grown.workers).toBeLessThan(2.5 * grown.records + 2 * MIB);
  expect(grown.workers).toBeLessThan(4 * MIB);
  if (grown.resident !== undefined) expect(grown.resident).toBeLessThan(grown.page + 48 * MIB);
  expect(seconds).toBeLessThanOrEqual(0.2);
  expect(perSecond).toBeLessThanOrEqual(10);
  // that the clocks of two threads differ a little may put one more into a second, and a pause another
  expect(busiestSecond(heard.messages)).toBeLessThanOrEqual(12);
  expect(heard.lines.map(({ update }) => update)).toEqual(heard.lines.map((_, i) => i + 1));
});

// A hundred quick updates: the page is told of every one in at most ten messages a second, and memory does not run away;
// e2e/long/memory.spec.ts watches a thousand.

import { expect, test } from 'vitest';
import { busiestSecond, trainMeasured } from './memory';
import { sharedSite } from './site';

const MIB = 2 ** 20;

const site = sharedSite({ webGpu: 'no-adapter', isIsolated: true });

test('a hundred updates', { timeout: 240_000 }, async () => {
  const { measured: [early, late], heard } = await trainMeasured(site.url, [20, 120]);
  console.log(JSON.stringify({ early, late, busiest: busiestSecond(heard.messages) }));
  expect(late!.updates - early!.updates).toBeGreaterThanOrEqual(95);
  expect(late!.pageBytes - early!.pageBytes).toBeLessThan(2.5 * (late!.recordBytes - early!.recordBytes) + 4 * MIB);
  expect(busiestSecond(heard.messages)).toBeLessThanOrEqual(12);
  expect(heard.lines.map(({ update }) => update)).toEqual(heard.lines.map((_, i) => i + 1));
});

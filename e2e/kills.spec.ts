// A browser that is killed three times while it trains; e2e/long/kills.spec.ts does it twenty times.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { trainThroughKills, trainUnbroken } from './kills';
import { openSite, type Site } from './site';

let site: Site;
beforeAll(async () => { site = await openSite({ webGpu: 'no-adapter' }); });
afterAll(() => site?.close());

test('killed three times while it trains, the run is whole each time and equals the unbroken one bit for bit', { timeout: 240_000 }, async () => {
  const { lives, lines } = await trainThroughKills(site.url, 3, 1);
  expect(lives.length).toBe(4);
  for (const [life, { found }] of lives.entries()) expect(found, `found in life ${life}`).toBeGreaterThanOrEqual(lives[life - 1]?.told ?? 0);
  expect(lines).toEqual(await trainUnbroken(site.url, lines.length));
});

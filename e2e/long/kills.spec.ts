// The browser, killed with all its processes at twenty seeded moments while it trains: what the page was told of is found
// each time, so at most the update under way is lost, and in the end every line is that of a run that nothing happened to.

import { expect, test } from 'vitest';
import { trainThroughKills, trainUnbroken } from '../kills';
import { sharedSite } from '../site';

const KILLS = 20;

const site = sharedSite({ webGpu: 'no-adapter' });

test.each([1, 2])('killed twenty times at moments of seed %i', async (seed) => {
  const { lives, lines } = await trainThroughKills(site.url, KILLS, seed);
  console.log(`found, told, after ms: ${lives.map(({ found, told, afterMs }) => `${found} ${told} ${afterMs ?? '-'}`).join('; ')}; at the end ${lines.length}`);
  expect(lives.length).toBe(KILLS + 1);
  for (const [life, { found }] of lives.entries()) expect(found, `found in life ${life}`).toBeGreaterThanOrEqual(lives[life - 1]?.told ?? 0);
  expect(lines.map(({ update }) => update)).toEqual(lines.map((_, i) => i + 1));
  expect(lines).toEqual(await trainUnbroken(site.url, lines.length));
});

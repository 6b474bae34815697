// Every view, menu and dialog read by axe in the looks that the daily tests leave out: dark on a desk, light on a phone, and a tablet.

import { expect, test } from 'vitest';
import { sharedSite } from '../site';
import { findingsOfAllStates, visitPlace } from '../states';

const site = sharedSite();

test.each([['dark', 1280], ['light', 360], ['light', 768], ['dark', 768]] as const)('%s, %i px wide: axe finds nothing and nothing is wider than the page', async (colorScheme, width) => {
  site.visited = await visitPlace(site, { colorScheme, viewport: { width, height: 800 } });
  expect(await findingsOfAllStates(site.visited.page)).toEqual([]);
  expect(site.visited.complaints).toEqual([]);
});

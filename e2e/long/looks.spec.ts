// Every view, menu and dialog read by axe in the looks that the daily tests leave out: dark on a desk, light on a phone, and a tablet.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openSite, type Site, type Visit } from '../site';
import { findingsOfAllStates, visitPlace } from '../states';

let site: Site;
let open: Visit | undefined;
beforeAll(async () => { site = await openSite(); });
afterAll(() => site?.close());
afterEach(async () => {
  await open?.close();
  open = undefined;
});

test.each([['dark', 1280], ['light', 360], ['light', 768], ['dark', 768]] as const)('%s, %i px wide: axe finds nothing and nothing is wider than the page', async (colorScheme, width) => {
  open = await visitPlace(site, { colorScheme, viewport: { width, height: 800 } });
  expect(await findingsOfAllStates(open.page)).toEqual([]);
  expect(open.complaints).toEqual([]);
});

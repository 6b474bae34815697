// Vitest set-up of the end-to-end tests: builds dist/ first. `npm test` has a part of its own for that and says so.

import { build } from 'vite';

export default async function buildSite(): Promise<void> {
  if (process.env.CREDITSCOPE_SITE_IS_BUILT === '1') return;
  await build({ logLevel: 'warn' });
}

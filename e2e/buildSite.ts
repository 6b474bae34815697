// Vitest set-up of the end-to-end tests: builds dist/ first. `npm test` has a part of its own for that and says so.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../src/cli/install.mjs';

export default function buildSite(): void {
  if (process.env.CREDITSCOPE_SITE_IS_BUILT === '1') return;
  // A process of its own: under Vitest's NODE_ENV=test vite would take React's development build.
  const { NODE_ENV: _test, VITEST: _yes, ...env } = process.env;
  const vite = join(projectRoot, 'node_modules/vite/bin/vite.js');
  const { status, stderr } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: projectRoot, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`vite build failed:\n${stderr}`);
}

// `npm start`: installs what is missing, then starts vite, which prints the address. Arguments go to vite (npm start -- --port 8080).

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensurePackages, projectRoot } from './install.mjs';
import { followChild } from './followChild.mjs';

try {
  ensurePackages();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
const vite = join(projectRoot, 'node_modules/vite/bin/vite.js');
// vite ends when its standard input ends: without a terminal it gets a pipe that stays open as long as we live.
followChild(spawn(process.execPath, [vite, ...process.argv.slice(2)], {
  cwd: projectRoot,
  stdio: [process.stdin.isTTY ? 'inherit' : 'pipe', 'inherit', 'inherit'],
}));

// Installs the npm packages that the lockfile names and node_modules lacks. Plain Node: it runs before anything is installed.
// Everything it prints goes to stderr, so that a command's own output stays its own.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Throws an Error with a sentence for a person when the packages are not there afterwards. */
export function ensurePackages() {
  requireNode();
  const missing = missingPackages();
  if (missing.length === 0) return;
  process.stderr.write(`Installing ${missing.length} npm packages ...\n`);
  // npm ci gives exactly the lockfile; it refuses one that package.json has outgrown, which npm install mends.
  if (!npm('ci') && !npm('install')) throw new Error('npm could not install the packages (see above). Is the npm registry reachable?');
  const still = missingPackages();
  if (still.length > 0) throw new Error(`npm finished, but these packages are not there: ${still.join(', ')}`);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node ${process.versions.node} is too old: 20.19 or newer is needed.`);
}

/** Packages of the lockfile that are absent or of another version. Optional ones (other platforms' binaries) may be absent. */
function missingPackages() {
  /** @type {{ packages: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} */
  const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages).filter(([path, wanted]) => {
    if (path === '' || wanted.optional === true || wanted.link === true) return false;
    const manifest = join(projectRoot, path, 'package.json');
    return !existsSync(manifest) || JSON.parse(readFileSync(manifest, 'utf8')).version !== wanted.version;
  }).map(([path]) => path.replace(/^.*node_modules\//, ''));
}

/** @param {'ci' | 'install'} command */
function npm(command) {
  // include=dev: NODE_ENV=production would leave out the tools that build and test.
  const words = [command, '--include=dev', '--no-audit', '--no-fund'];
  // Under `npm start` npm names its own script, which spares Windows the shell that npm.cmd needs.
  const script = process.env.npm_execpath;
  const [file, args] = script?.endsWith('.js') === true ? [process.execPath, [script, ...words]] : ['npm', words];
  const { status } = spawnSync(file, args, { cwd: projectRoot, stdio: ['ignore', 2, 2], shell: file === 'npm' && process.platform === 'win32' });
  return status === 0;
}

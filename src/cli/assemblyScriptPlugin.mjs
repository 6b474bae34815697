// Vite plugin: `import wasm from './x.as'` compiles AssemblyScript with SIMD and gives the module's bytes as base64;
// './x.as?shared' gives the same module for a memory that threads share.
// Results are kept under node_modules/.cache by the source's hash, because the compiler takes a second to load.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FLAGS = ['--enable', 'simd', '--optimizeLevel', '3', '--shrinkLevel', '0', '--runtime', 'stub', '--importMemory', '--noAssert'];
const SHARED_FLAGS = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];

/**
 * @param {string} projectRoot
 * @returns {import('vite').Plugin}
 */
export function assemblyScript(projectRoot) {
  const cache = join(projectRoot, 'node_modules/.cache/assemblyscript');
  return {
    name: 'assemblyscript',
    async load(id) {
      const [file = '', query] = id.split('?');
      if (!file.endsWith('.as')) return null;
      this.addWatchFile(file);
      const source = readFileSync(file, 'utf8');
      const flags = query === 'shared' ? [...FLAGS, ...SHARED_FLAGS] : FLAGS;
      const kept = join(cache, createHash('sha256').update(flags.join() + source).digest('hex').slice(0, 24));
      if (!existsSync(kept)) {
        mkdirSync(cache, { recursive: true });
        // whole at once: another process may be looking for it
        const unfinished = `${kept}.${process.pid}`;
        writeFileSync(unfinished, await compile(source, file, flags));
        renameSync(unfinished, kept);
      }
      return { code: `export default ${JSON.stringify(readFileSync(kept, 'utf8'))};`, moduleType: 'js' };
    },
  };
}

/**
 * @param {string} source
 * @param {string} file
 * @param {readonly string[]} flags
 */
async function compile(source, file, flags) {
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Uint8Array} */
  let bytes = new Uint8Array();
  const { error, stderr } = await asc.main(['module.ts', '--outFile', 'module.wasm', ...flags], {
    readFile: (name) => (name === 'module.ts' ? source : null),
    writeFile: (name, contents) => { if (name === 'module.wasm' && typeof contents !== 'string') bytes = contents; },
    listFiles: () => [],
  });
  if (error) throw new Error(`${file} does not compile:\n${stderr.toString()}`);
  return Buffer.from(bytes).toString('base64');
}

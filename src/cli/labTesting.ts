// For tests of commands: a folder of their own, and the launcher called from it as a person would.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { projectRoot } from './install.mjs';

export let folder: string;

/** Called at the top of a test file: makes the folder before its tests and removes it after them. */
export function makeFolder(): void {
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'creditscope-lab-')); });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
}

export function lab(...args: string[]): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(projectRoot, 'src/cli/launch.mjs'), ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, INIT_CWD: folder } });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (data) => { output += String(data); });
    child.stderr.on('data', (data) => { errors += String(data); });
    child.on('close', (code) => resolve({ code, output, errors }));
  });
}

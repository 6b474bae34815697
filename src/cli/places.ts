// Where commands read and write. The launcher starts them in the project's root; a file that the caller names is
// relative to where the caller stood.

import { accessSync, closeSync, constants, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { FileReader } from '../formats/safetensorsIndex';
import { UsageError } from './usageError';

export const MODELS = 'public/models';
export const RUNS = 'public/runs';
export const ANSWERS = 'public/answers';
/** part of the page's own code */
export const OPENING = 'src/views/opening/opening.json';

export const callersPath = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);

export function policyFiles(name: string): FileReader {
  return async (file) => new Uint8Array(readFileSync(join(MODELS, name, file)));
}

/** Finds out before any work that a file can be written; writes nothing. */
export function refuseUnwritable(path: string, option: string): void {
  try {
    if (!statSync(dirname(path)).isDirectory()) throw new Error('its folder is not a folder');
    accessSync(dirname(path), constants.W_OK);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error('it is a folder');
  } catch (error) {
    throw new UsageError(`${option} ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A folder to write into, made before any work that it is for. */
export function readyFolder(path: string, option: string): void {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new UsageError(`${option} ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The old file or the new one is there at any moment, never half of one. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    const file = openSync(unfinished, 'w');
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

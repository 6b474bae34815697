// Finds the fixture files of a folder tree, and the files that cases name. Nothing outside the folder is read.

import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { asObject, FormatError, parseJson, shown } from '../../formats/formatError';
import type { Neighbours } from './family';
import { FIXTURE_FORMAT, readFixtureFile, type FixtureCase, type ParsedCase } from './fixture';

/** Where packages and repositories keep what is not fixtures. */
const LEFT_OUT = new Set(['node_modules', '.git']);

export interface FoundCase {
  /** relative to the folder */
  readonly file: string;
  readonly parsed: ParsedCase;
}

/** Cases in order of path; a file that cannot be read as JSON, or claims the format and is malformed, is one case with an error. */
export async function findCases(root: string): Promise<FoundCase[]> {
  const found: FoundCase[] = [];
  for (const path of await jsonFiles(root)) {
    const file = relative(root, path);
    try {
      found.push(...readCases(await readFile(path), path).map((parsed) => ({ file, parsed })));
    } catch (error) {
      const problem = error instanceof FormatError ? error : new FormatError('file', error instanceof Error ? error.message : String(error));
      found.push({ file, parsed: { name: 'file', error: problem } });
    }
  }
  return found;
}

function readCases(bytes: Uint8Array, path: string): ParsedCase[] {
  const json = parseJson(bytes, 'file');
  const format = typeof json === 'object' && json !== null && 'format' in json ? json.format : undefined;
  if (format === FIXTURE_FORMAT) return readFixtureFile(asObject(json, 'file'), path);
  // other JSON files (config.json, an index of shards) are nobody's fixture
  if (typeof format !== 'string' || !format.startsWith('rl-fixture')) return [];
  throw new FormatError('format', `${shown(format)} is not ${FIXTURE_FORMAT}`);
}

async function jsonFiles(folder: string, seen = new Set<string>()): Promise<string[]> {
  const real = await realpath(folder);
  // a link may lead back up
  if (seen.has(real)) return [];
  seen.add(real);
  const files: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (LEFT_OUT.has(name)) continue;
    const path = join(folder, name);
    const kind = await stat(path).catch(() => undefined);
    if (kind?.isDirectory() === true) files.push(...await jsonFiles(path, seen));
    else if (kind?.isFile() === true && name.endsWith('.json')) files.push(path);
  }
  return files;
}

export function neighboursIn(root: string): Neighbours {
  /** The folders from that of the case's file up to the root. */
  const foldersOf = (from: FixtureCase): string[] => {
    const folders: string[] = [];
    for (let folder = dirname(from.path); ; folder = dirname(folder)) {
      folders.push(folder);
      if (relative(root, folder) === '' || dirname(folder) === folder) return folders;
    }
  };
  return {
    async file(from, name) {
      refuseEscape(name);
      for (const folder of foldersOf(from)) {
        const bytes = await readFile(join(folder, name)).catch(() => undefined);
        if (bytes !== undefined) return bytes;
      }
      throw new FormatError(shown(name), 'is in no folder from that of the case up to the one checked');
    },
    folder(from, name, holds) {
      refuseEscape(name);
      const candidates = [dirname(from.path), ...foldersOf(from).map((folder) => join(folder, name))];
      return async (file) => {
        refuseEscape(file);
        for (const folder of candidates) {
          // the first folder that is one decides: files of two folders must not mix
          if (await stat(join(folder, holds)).catch(() => undefined) !== undefined) return readFile(join(folder, file));
        }
        throw new FormatError(shown(name), `no folder of that name holds ${holds}`);
      };
    },
  };
}

function refuseEscape(name: string): void {
  if (name === '' || name.startsWith(sep) || name.split(/[\\/]/).includes('..')) throw new FormatError('inputs', `name ${shown(name)}, which leads out of the folder`);
}

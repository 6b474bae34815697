// The recordings that ship, fetched as the page does, with the files of public/ in the server's place.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchMaterial } from './lessonMaterial';
import type { LessonMaterial } from './lessonScene';

const PUBLIC = join(import.meta.dirname, '../../public');
const known = new Map<string, Promise<LessonMaterial>>();

export function shippedMaterial(recordings: readonly string[]): Promise<LessonMaterial> {
  const name = recordings.join();
  const material = known.get(name) ?? fetchShipped(recordings);
  known.set(name, material);
  return material;
}

async function fetchShipped(recordings: readonly string[]): Promise<LessonMaterial> {
  const { fetch } = globalThis;
  globalThis.fetch = async (address) => new Response(await readFile(join(PUBLIC, String(address)), 'utf8'));
  try {
    return await fetchMaterial(recordings);
  } finally {
    globalThis.fetch = fetch;
  }
}

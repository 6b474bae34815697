// Which lessons were finished or left, in the browser's storage. A storage that refuses, or that holds something else, is as good as none.

import { keepText, readText, type TextStorage } from './keptText';

const KEY = 'creditscope.lessons';
const NAME = /^[\w-]{1,40}$/;
const MOST = 100;

export function readDone(storage: TextStorage): string[] {
  try {
    const held: unknown = JSON.parse(readText(storage, KEY) ?? '[]');
    if (!Array.isArray(held)) return [];
    return [...new Set(held.filter((one): one is string => typeof one === 'string' && NAME.test(one)))].slice(0, MOST);
  } catch {
    return [];
  }
}

export function writeDone(storage: TextStorage, done: readonly string[]): void {
  keepText(storage, KEY, JSON.stringify(done));
}

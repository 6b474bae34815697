// Which lessons were finished or left, in the browser's storage. A storage that refuses, or that holds something else, is as good as none.

const KEY = 'creditscope.lessons';
const NAME = /^[\w-]{1,40}$/;
const MOST = 100;

export type LessonStorage = Pick<Storage, 'getItem' | 'setItem'>;

export function readDone(storage: LessonStorage | null): string[] {
  try {
    const held: unknown = JSON.parse(storage?.getItem(KEY) ?? '[]');
    if (!Array.isArray(held)) return [];
    return [...new Set(held.filter((one): one is string => typeof one === 'string' && NAME.test(one)))].slice(0, MOST);
  } catch {
    return [];
  }
}

export function writeDone(storage: LessonStorage | null, done: readonly string[]): void {
  try {
    storage?.setItem(KEY, JSON.stringify(done));
  } catch {
    // then they are forgotten with the page
  }
}

// Short texts that the browser keeps for the page from one visit to the next. A storage that refuses, or none at all, is as good as one
// that is empty and forgets: the page then begins as for a newcomer.

/** null where the browser refuses it. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem'> | null;

export function readText(storage: TextStorage, key: string): string | null {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

export function keepText(storage: TextStorage, key: string, text: string): void {
  try {
    storage?.setItem(key, text);
  } catch {
    // then it is forgotten with the page
  }
}

// Whole files in a folder of the browser's origin-private file system (https://fs.spec.whatwg.org). Written through the
// handle that workers have: when the promise resolves, the bytes have left for the disk.

import { sentence } from './sentence';

/** Not in TypeScript's DOM library, which describes windows. */
interface SyncAccessHandle {
  truncate(size: number): void;
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  flush(): void;
  close(): void;
}
type PrivateFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccessHandle> };

export interface PrivateFile { readonly bytes: Uint8Array<ArrayBuffer>; readonly lastModified: number }

/** Undefined where there is no such file. */
export async function readPrivateFile(folder: FileSystemDirectoryHandle, name: string): Promise<PrivateFile | undefined> {
  try {
    const file = await (await folder.getFileHandle(name)).getFile();
    return { bytes: new Uint8Array(await file.arrayBuffer()), lastModified: file.lastModified };
  } catch (error) {
    if (isNamed(error, 'NotFoundError')) return undefined;
    throw error;
  }
}

/** Not atomic: a crash in the middle leaves a broken file. Who needs the old one meanwhile writes beside it (savedRun.ts). */
export async function writePrivateFile(folder: FileSystemDirectoryHandle, name: string, bytes: Uint8Array): Promise<void> {
  const file = await folder.getFileHandle(name, { create: true }) as PrivateFileHandle;
  const handle = await file.createSyncAccessHandle();
  try {
    handle.truncate(0);
    const written = handle.write(bytes, { at: 0 });
    if (written !== bytes.byteLength) throw new DOMException(`${written} of ${bytes.byteLength} bytes were written`, 'QuotaExceededError');
    handle.flush();
  } finally {
    handle.close();
  }
}

/** Why a file could not be read or written, as the end of a sentence for a person. */
export function storageReason(error: unknown): string {
  if (isNamed(error, 'QuotaExceededError')) return 'the browser\'s storage for this page is full';
  if (isNamed(error, 'SecurityError')) return 'this browser does not let the page keep files';
  return sentence(error);
}

export const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

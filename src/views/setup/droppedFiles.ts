// The files of whatever was dropped, folders within included. Browsers hand folders over through a reader that gives a few
// entries at a time.

import type { ModelFile } from '../../workers/criticMessages';

/** A model has some dozen files; a whole disk that was dropped by mistake is not walked to its end. */
const MOST_FILES = 2000;

export async function droppedFiles({ items }: DataTransfer): Promise<ModelFile[]> {
  const found: ModelFile[] = [];
  // entries are to be had in the event only, before the first wait
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  for (const entry of entries) await walk(entry, '', found);
  return found;
}

async function walk(entry: FileSystemEntry, folder: string, found: ModelFile[]): Promise<void> {
  if (found.length >= MOST_FILES) return;
  const path = `${folder}${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => { (entry as FileSystemFileEntry).file(resolve, reject); });
    found.push({ path, file });
  } else {
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject); });
      if (some.length === 0) return;
      for (const one of some) await walk(one, `${path}/`, found);
    }
  }
}

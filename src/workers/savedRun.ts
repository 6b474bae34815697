// One run in a folder of its own. The state lies in two files that are written in turn: the newer whole one counts, so a
// crash while one is written leaves the other, which is the state before. Beside them, each in a file of its own, the
// records of updates, to be looked at: a record that is missing or damaged is left out and nothing else suffers.

import { FormatError } from '../formats/formatError';
import { readRunFile, writeRunFile } from '../formats/runFile';
import { writeRunState } from '../formats/runStateFile';
import type { RunNames, UpdateRecord } from '../lab/record';
import { openRunState, type RunState } from '../lab/runState';
import { readPrivateFile, writePrivateFile } from './privateFile';
import { MOST_RECORDS_KEPT } from './protocol';

const SLOTS = ['a.state', 'b.state'] as const;
type Slot = (typeof SLOTS)[number];

export interface SavedState { readonly state: RunState; readonly slot: Slot; readonly savedAt: number }

/** The newer of the two states. Undefined if none was ever written; throws a FormatError if none is whole. */
export async function readSavedState(folder: FileSystemDirectoryHandle): Promise<SavedState | undefined> {
  let newest: SavedState | undefined;
  let damage: FormatError | undefined;
  for (const slot of SLOTS) {
    const file = await readPrivateFile(folder, slot);
    if (file === undefined) continue;
    try {
      const state = openRunState(file.bytes, slot);
      if (newest === undefined || state.lines.length > newest.state.lines.length) newest = { state, slot, savedAt: file.lastModified };
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      damage ??= error;
    }
  }
  if (newest === undefined && damage !== undefined) throw damage;
  return newest;
}

/** Of the updates up to the state's, oldest first; not of all, perhaps of none. */
export async function readSavedRecords(folder: FileSystemDirectoryHandle, { lines, characters }: RunState): Promise<UpdateRecord[]> {
  const records: UpdateRecord[] = [];
  for (let update = Math.max(1, lines.length - MOST_RECORDS_KEPT + 1); update <= lines.length; update++) {
    const file = await readPrivateFile(folder, recordName(update));
    if (file === undefined) continue;
    try {
      const { names, updates: [record] } = readRunFile(new TextDecoder().decode(file.bytes));
      const isOfRun = record?.line.update === update && names.alphabet.slice(-characters.length).join() === characters.join();
      if (isOfRun) records.push({ ...record, line: lines[update - 1]! });
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }
  return records;
}

export class SavedRun {
  private nextSlot: Slot;

  /** `folder` makes it where it is gone; `newest`: the slot whose state must not be written over next. */
  constructor(readonly id: string, private readonly folder: () => Promise<FileSystemDirectoryHandle>, newest: Slot, readonly release: () => void) {
    this.nextSlot = otherThan(newest);
  }

  /** `records`: the one of the latest update, or those of a run that came whole from elsewhere. */
  async save(state: RunState, names: RunNames, records: readonly UpdateRecord[]): Promise<void> {
    const folder = await this.folder();
    await writePrivateFile(folder, this.nextSlot, writeRunState(state));
    this.nextSlot = otherThan(this.nextSlot);
    for (const record of records.slice(-MOST_RECORDS_KEPT)) {
      await writePrivateFile(folder, recordName(record.line.update), new TextEncoder().encode(writeRunFile({ header: state.header, names, updates: [record] })));
    }
    await forgetRecordsBefore(folder, (records.at(-1)?.line.update ?? 0) - MOST_RECORDS_KEPT + 1);
  }
}

const otherThan = (slot: Slot): Slot => (slot === 'a.state' ? 'b.state' : 'a.state');

const recordName = (update: number): string => `update-${String(update).padStart(6, '0')}.json`;

async function forgetRecordsBefore(folder: FileSystemDirectoryHandle, update: number): Promise<void> {
  if (update <= 1) return;
  const old: string[] = [];
  for await (const name of folder.keys()) if (name.startsWith('update-') && name < recordName(update)) old.push(name);
  for (const name of old) await folder.removeEntry(name);
}

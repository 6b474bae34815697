// The runs that the browser keeps for this page, each in its folder (savedRun.ts). Whoever has a run open holds its Web
// Lock until the worker ends, however it ends; so of two tabs one has the run and the other is told.

import { FormatError } from '../formats/formatError';
import type { UpdateRecord } from '../lab/record';
import type { RunState } from '../lab/runState';
import { isNamed, readPrivateFile, storageReason } from './privateFile';
import type { SavedRunEntry } from './protocol';
import { readSavedRecords, readSavedState, SavedRun } from './savedRun';

/** When one more begins, the one that was saved longest ago goes. */
export const MOST_RUNS = 8;
/** Another tab that reads a run, or a page that is just being closed, lets go of it sooner. */
const LOCK_WAIT_MS = 1500;
const FOLDER = /^[\w-]{1,64}$/;

export interface SavedRunsParts {
  /** the folder of all runs */
  readonly root: () => Promise<FileSystemDirectoryHandle>;
  readonly locks: Pick<LockManager, 'request'>;
  readonly newId: () => string;
  readonly lockWaitMs?: number;
}

export interface OpenedRun { readonly run: SavedRun; readonly state: RunState; readonly records: readonly UpdateRecord[] }

export class SavedRuns {
  constructor(private readonly parts: SavedRunsParts) {}

  /** Latest first, those that cannot be read last. */
  async list(): Promise<SavedRunEntry[]> {
    const entries = await Promise.all((await this.ids()).map((id) => this.entry(id)));
    const timeOf = (entry: SavedRunEntry): number => (entry.kind === 'whole' ? entry.savedAt : 0);
    return entries.filter((entry) => entry !== undefined).sort((a, b) => timeOf(b) - timeOf(a));
  }

  /** An empty one, held by this worker. */
  async create(): Promise<SavedRun> {
    await this.makeRoom();
    const id = this.parts.newId();
    const release = await this.hold(id);
    if (release === undefined) throw new Error('another tab keeps a run of the same name');
    return new SavedRun(id, () => this.folderOf(id, true), 'b.state', release);
  }

  /** Throws an Error with a sentence if it is open elsewhere, damaged or gone. */
  async open(id: string): Promise<OpenedRun> {
    const release = await this.hold(id);
    if (release === undefined) throw new Error('This run is open in another tab. Go on there, or close that tab first.');
    try {
      const folder = await this.folderOf(id, false);
      const saved = await readSavedState(folder);
      if (saved === undefined) throw new Error('nothing of it was saved');
      const { state, slot } = saved;
      return { run: new SavedRun(id, () => this.folderOf(id, true), slot, release), state, records: await readSavedRecords(folder, state) };
    } catch (error) {
      release();
      throw unreadable(error);
    }
  }

  /** What is saved of a run that may be open elsewhere, and be written just now: one of its two states is whole then. */
  async read(id: string): Promise<Pick<OpenedRun, 'state' | 'records'>> {
    try {
      const folder = await this.folderOf(id, false);
      // one state may be in the middle of being written, and the other be next before this has read it
      const saved = await readSavedState(folder).catch(() => readSavedState(folder));
      if (saved === undefined) throw new Error('nothing of it was saved');
      return { state: saved.state, records: await readSavedRecords(folder, saved.state) };
    } catch (error) {
      throw unreadable(error);
    }
  }

  /** Throws an Error with a sentence if it is open elsewhere. */
  async remove(id: string): Promise<void> {
    const release = await this.hold(id);
    if (release === undefined) throw new Error('This run is open in another tab and stays.');
    try {
      await (await this.parts.root()).removeEntry(id, { recursive: true });
    } catch (error) {
      if (!isNamed(error, 'NotFoundError')) throw new Error(`The kept run can't be removed (${storageReason(error)}).`, { cause: error });
    } finally {
      release();
    }
  }

  private async entry(id: string): Promise<SavedRunEntry | undefined> {
    const release = await this.hold(id);
    if (release === undefined) return { kind: 'busy', id };
    try {
      const saved = await readSavedState(await this.folderOf(id, false));
      // a folder without a state: its tab was closed before the first update was saved
      if (saved === undefined) await (await this.parts.root()).removeEntry(id, { recursive: true });
      return saved && { kind: 'whole', id, configuration: saved.state.header.configuration, updates: saved.state.lines.length, savedAt: saved.savedAt };
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) return undefined;
      return { kind: 'damaged', id, reason: error instanceof FormatError ? error.message : storageReason(error) };
    } finally {
      release();
    }
  }

  private async ids(): Promise<string[]> {
    const ids: string[] = [];
    for await (const [name, { kind }] of (await this.parts.root()).entries()) if (kind === 'directory' && FOLDER.test(name)) ids.push(name);
    return ids;
  }

  private async folderOf(id: string, create: boolean): Promise<FileSystemDirectoryHandle> {
    return (await this.parts.root()).getDirectoryHandle(id, { create });
  }

  private async makeRoom(): Promise<void> {
    const ages = await Promise.all((await this.ids()).map(async (id) => ({ id, savedAt: await this.lastSaved(id) })));
    const old = ages.sort((a, b) => b.savedAt - a.savedAt).slice(MOST_RUNS - 1);
    // one that is open in another tab stays
    for (const { id } of old) await this.remove(id).catch(() => undefined);
  }

  private async lastSaved(id: string): Promise<number> {
    const folder = await this.folderOf(id, false);
    const files = await Promise.all(['a.state', 'b.state'].map((name) => readPrivateFile(folder, name)));
    return Math.max(0, ...files.map((file) => file?.lastModified ?? 0));
  }

  /** The way to let go; undefined if somebody else does not. */
  private hold(id: string): Promise<(() => void) | undefined> {
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(this.parts.lockWaitMs ?? LOCK_WAIT_MS);
      this.parts.locks.request(`creditscope run ${id}`, { signal }, () => new Promise<void>((release) => { resolve(release); }))
        .catch((error: unknown) => { if (signal.aborted) resolve(undefined); else reject(error); });
    });
  }
}

function unreadable(error: unknown): Error {
  return new Error(`The kept run can't be read (${isNamed(error, 'NotFoundError') ? 'it is not there any more' : storageReason(error)}).`, { cause: error });
}

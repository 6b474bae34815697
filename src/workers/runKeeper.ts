// Keeps the live run as it goes: after each committed update (where updates take less than four times as long as a
// save, after some: saving takes at most a fifth of the time) and whenever the run rests. What cannot be kept (a full disk, say) is told in one sentence; training goes on.
//
// Kept are the lines of all updates, exactly, and the state after the latest; of the updates at which it was saved also
// the answers and their credit, rounded as in a run file.

import type { RunNames, UpdateLine, UpdateRecord } from '../lab/record';
import type { Run } from '../lab/run';
import type { RunState } from '../lab/runState';
import { storageReason } from './privateFile';
import type { Kept, SavedRunEntry } from './protocol';
import type { SavedRun } from './savedRun';
import type { OpenedRun, SavedRuns } from './savedRuns';

/** Updates between two saves take at least this many times as long as a save. */
const SHARE_OF_TIME = 4;
/** without storage every update would fail at once, again and again */
const SHORTEST_PAUSE_MS = 50;

type KernelChoice = Readonly<Record<string, string>>;

export class RunKeeper {
  private lines: UpdateLine[] = [];
  private saved: SavedRun | undefined;
  /** after the latest update, while that is not saved; read at once, because the next update changes the model */
  private unsaved: { readonly state: RunState; readonly names: RunNames; readonly record: UpdateRecord } | undefined;
  private notBefore = -Infinity;

  constructor(private readonly runs: SavedRuns, private readonly now: () => number) {}

  /** Under which name the live run is kept, if it is. */
  get id(): string | undefined {
    return this.saved?.id;
  }

  /** All but the live run; none where the browser keeps nothing. */
  async list(): Promise<SavedRunEntry[]> {
    return this.runs.list().catch(() => []);
  }

  forget(id: string): Promise<void> {
    return this.runs.remove(id);
  }

  /** The next updates are those of a new run, or of the one opened with `open`. */
  release(): void {
    this.saved?.release();
    this.saved = undefined;
    this.unsaved = undefined;
    this.lines = [];
    this.notBefore = -Infinity;
  }

  /** To go on with it; nobody else can until `release`. */
  async open(id: string): Promise<OpenedRun> {
    this.release();
    const opened = await this.runs.open(id);
    this.saved = opened.run;
    this.lines = [...opened.state.lines];
    return opened;
  }

  /** To be called between two updates, before the record's arrays are given away. */
  async committed(run: Run, kernelChoice: KernelChoice, record: UpdateRecord): Promise<Kept | undefined> {
    const started = this.now();
    this.lines.push(record.line);
    try {
      this.unsaved = { state: await run.state(this.lines, kernelChoice), names: run.names, record };
    } catch (error) {
      return notSaved(error);
    }
    const kept = this.now() < this.notBefore ? undefined : await this.save(started);
    if (this.unsaved !== undefined) this.unsaved = { ...this.unsaved, record: structuredClone(record) };
    return kept;
  }

  /** The run waits: time to save what was put off. */
  async rest(): Promise<Kept | undefined> {
    return this.unsaved && this.save(this.now());
  }

  private async save(started: number): Promise<Kept> {
    const { state, names, record } = this.unsaved!;
    try {
      this.saved ??= await this.runs.create();
      await this.saved.save(state, names, record);
      this.unsaved = undefined;
      return { update: state.lines.length };
    } catch (error) {
      return notSaved(error);
    } finally {
      const ended = this.now();
      this.notBefore = ended + Math.max(SHORTEST_PAUSE_MS, SHARE_OF_TIME * (ended - started));
    }
  }
}

const notSaved = (error: unknown): Kept => ({ problem: `This run is not being saved: ${storageReason(error)}. Training goes on.` });

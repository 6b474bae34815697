// Keeps the live run as it goes: after each committed update, before the page hears of it, so that whatever ends the page
// ends at most the update under way. On two cores a save takes a hundredth of a second or two. What cannot be kept (a full
// disk, say) is told in one sentence; training goes on, and saving is tried again after a while and whenever the run rests.
//
// Kept are the lines of all updates, exactly, and the state after the latest; of the updates at which it was saved also
// the answers and their credit, rounded as in a run file.

import type { RunNames, UpdateRecord } from '../lab/record';
import type { RunState } from '../lab/runState';
import { storageReason } from './privateFile';
import type { Kept, SavedRunEntry } from './protocol';
import type { SavedRun } from './savedRun';
import type { OpenedRun, SavedRuns } from './savedRuns';

/** until what failed is tried again */
const FAILURE_PAUSE_MS = 1000;
/** Storage that has not answered by then counts as failed: Chromium 156 was seen to lose such an answer for good, on a busy machine. */
const ANSWER_LIMIT_MS = 10_000;

const NO_ANSWER = 'the browser\'s storage does not answer';

export class RunKeeper {
  private saved: SavedRun | undefined;
  /** after the latest update, where that could not be saved */
  private unsaved: { readonly state: RunState; readonly names: RunNames; readonly records: readonly UpdateRecord[] } | undefined;
  private notBefore = -Infinity;
  /** a save that storage has not answered; a second one beside it could write over the newer state */
  private unanswered: Promise<void> | undefined;
  /** of the live run; another object for the next */
  private life = {};

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
    this.notBefore = -Infinity;
    this.unanswered = undefined;
    this.life = {};
  }

  /** To go on with it; nobody else can until `release`. */
  async open(id: string): Promise<OpenedRun> {
    this.release();
    const opened = await this.runs.open(id);
    this.saved = opened.run;
    return opened;
  }

  /** What is saved of a run that another tab may go on with. */
  read(id: string): Promise<Pick<OpenedRun, 'state' | 'records'>> {
    return this.runs.read(id);
  }

  /** A run that came from elsewhere, at once and as one of its own. */
  async adopt(state: RunState, names: RunNames, records: readonly UpdateRecord[]): Promise<Kept> {
    this.release();
    this.unsaved = { state, names, records };
    return this.save();
  }

  /** The state after an update, and its record, before the record's arrays are given away. */
  async committed(state: RunState, names: RunNames, record: UpdateRecord): Promise<Kept | undefined> {
    this.unsaved = { state, names, records: [record] };
    const kept = this.now() < this.notBefore ? undefined : await this.save();
    if (this.unsaved !== undefined) this.unsaved = { ...this.unsaved, records: [structuredClone(record)] };
    return kept;
  }

  /** The run waits: time to save what could not be saved. */
  async rest(): Promise<Kept | undefined> {
    return this.unsaved && this.save();
  }

  private async save(): Promise<Kept> {
    const { state, names, records } = this.unsaved!;
    try {
      if (this.unanswered !== undefined) throw new Error(NO_ANSWER);
      await this.answered(this.write(state, names, records));
      this.unsaved = undefined;
      return { update: state.lines.length };
    } catch (error) {
      this.notBefore = this.now() + FAILURE_PAUSE_MS;
      return { problem: `This run is not being saved: ${storageReason(error)}. Training goes on.` };
    }
  }

  private async write(state: RunState, names: RunNames, records: readonly UpdateRecord[]): Promise<void> {
    const { life } = this;
    const saved = this.saved ?? (await this.runs.create());
    if (life !== this.life) return saved.release();
    this.saved = saved;
    await saved.save(state, names, records);
  }

  private async answered(work: Promise<void>): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const isOver = (): void => { if (this.unanswered === work) this.unanswered = undefined; };
        this.unanswered = work;
        work.then(isOver, isOver);
        reject(new Error(NO_ANSWER));
      }, ANSWER_LIMIT_MS);
    });
    try {
      await Promise.race([work, limit]);
    } finally {
      clearTimeout(timer);
    }
  }
}

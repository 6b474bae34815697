// What the page hears of a run while it trains, at most ten times a second: the phase under way, or the updates completed since
// the last time. None of those is left out; they are committed, and kept if the run is kept.

import type { UpdateRecord } from '../lab/record';
import type { PhaseDone } from '../lab/run';
import { PROTOCOL_VERSION, type Kept, type Standing, type TrainingEvent } from './protocol';
import { transferables } from './transferables';

const MESSAGE_INTERVAL_MS = 100;

export interface PageNewsParts {
  post(event: TrainingEvent, transfer: ArrayBuffer[]): void;
  now(): number;
  standing(): Standing;
}

export class PageNews {
  private untold: UpdateRecord[] = [];
  private keptOfUntold: Kept | undefined;
  private lastMessage = -Infinity;

  constructor(private readonly parts: PageNewsParts) {}

  /** Whether the page may hear something again; then it is to be told. */
  isDue(): boolean {
    const now = this.parts.now();
    if (now - this.lastMessage < MESSAGE_INTERVAL_MS) return false;
    this.lastMessage = now;
    return true;
  }

  /** A phase is done, perhaps the last of an update. `withRecord`: at once, with what it produced. */
  phase(run: string, { update, phase, record, complete }: PhaseDone, withRecord: boolean, kept: Kept | undefined): void {
    if (complete !== undefined) this.untold.push(complete);
    this.keptOfUntold = kept ?? this.keptOfUntold;
    const isWanted = withRecord && complete === undefined;
    if (!isWanted && !this.isDue()) return;
    if (!isWanted && this.untold.length > 0) this.updates(run);
    else this.parts.post({ protocol: PROTOCOL_VERSION, run, kind: 'phase', update, phase, ...(isWanted && { record }) }, []);
  }

  /** Whatever is left to tell. */
  updates(run: string): void {
    const [records, kept] = [this.untold, this.keptOfUntold];
    this.forget();
    // the run keeps nothing of a complete update, so its arrays can go
    if (records.length > 0) this.parts.post({ protocol: PROTOCOL_VERSION, run, kind: 'updates', records, ...(kept !== undefined && { kept }), ...this.parts.standing() }, [...transferables(records)]);
  }

  /** Whoever drops a run does not want to hear of its last updates. */
  forget(): void {
    [this.untold, this.keptOfUntold] = [[], undefined];
  }
}

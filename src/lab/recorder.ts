// Keeps what the phases hand on: the latest updates whole, older ones as their line only.

import type { RunHeader, RunNames, RunRecord, UpdateLine, UpdateRecord } from './record';

export class Recorder {
  private readonly lines: UpdateLine[] = [];
  private readonly records: UpdateRecord[] = [];

  /** `keep`: how many of the latest updates are kept whole */
  constructor(private readonly header: RunHeader, private readonly names: RunNames, private readonly keep = Infinity) {}

  add(record: UpdateRecord): void {
    this.lines.push(record.line);
    this.records.push(record);
    if (this.records.length > this.keep) this.records.shift();
  }

  allLines(): readonly UpdateLine[] {
    return this.lines;
  }

  /** The updates that are still whole. */
  run(): RunRecord {
    return { header: this.header, names: this.names, updates: [...this.records] };
  }
}

// Keeps what the phases handed on, update by update: a run that can be written to a file and replayed.

import type { RunHeader, RunNames, RunRecord, UpdateRecord } from './record';

export class Recorder {
  private readonly updates: UpdateRecord[] = [];

  constructor(private readonly header: RunHeader, private readonly names: RunNames) {}

  add(record: UpdateRecord): void {
    this.updates.push(record);
  }

  run(): RunRecord {
    return { header: this.header, names: this.names, updates: [...this.updates] };
  }
}

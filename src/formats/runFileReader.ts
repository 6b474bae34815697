// Reads a run file (runFile.ts) line by line: nothing of it is believed before its field is checked, and nothing counts
// before its end is there and its checksum is right.

import type { UpdateRecord } from '../lab/record';
import { fromBase64 } from './base64';
import { asObject, FormatError, shown } from './formatError';
import { migrationFrom, versionOf, type Migration } from './migrations/migration';
import { parseCounted } from './parsePacked';
import type { RunFile } from './runFile';
import { checkNames, checkUpdate } from './runFileChecks';
import { updateCodec } from './runFileUpdate';
import { headCodec, TextsChecksum, UPDATES_FOLLOW, type RunFileHead } from './runFileWriter';

/** One of a thousand updates of 256 answers has a fifth of them. */
const MOST_VALUES = 2 ** 29;

export class RunFileReader {
  private readonly sum = new TextsChecksum();
  /** of a document that is not laid out in lines */
  private readonly unordered: string[] = [];
  private head: RunFileHead | undefined;
  private migration: Migration | undefined;
  private updates: UpdateRecord[] = [];
  private drained = 0;
  private latest = -1;
  private ending: Readonly<Record<string, unknown>> | undefined;
  private claimed = 0;

  /** How many updates were read. */
  get count(): number {
    return this.drained + this.updates.length;
  }

  /** The updates that were read since the last time; they are let go. */
  drain(): UpdateRecord[] {
    const updates = this.updates;
    this.drained += updates.length;
    this.updates = [];
    return updates;
  }

  line(given: string): void {
    const text = given.trim();
    if (text === '') return;
    if (this.unordered.length > 0 || (this.head === undefined && !text.endsWith(UPDATES_FOLLOW))) this.unordered.push(text);
    else if (this.head === undefined) this.readHead(text, this.parse(`${text}]}`, 'run'));
    else if (this.ending !== undefined) throw new FormatError('run', `goes on after its end: ${shown(text)}`);
    else if (text.startsWith(']')) this.ending = asObject(this.parse(text.replace(/^\]\s*,?/, '{'), 'run'), 'run');
    else this.readUpdate(text.replace(/,$/, ''));
  }

  /** Of the whole file; its updates are those that were not drained. */
  end(): RunFile {
    if (this.unordered.length > 0) this.readDocument();
    if (this.head === undefined) throw new FormatError('run', 'is empty');
    if (this.ending === undefined) throw new FormatError('run', `stops in the middle, after ${this.count} updates`);
    const { state, checksum } = this.ending;
    // version 1 had none
    const isDue = this.migration === undefined || this.migration.from > 1;
    if (isDue && checksum !== this.sum.hex) throw new FormatError('run', `is damaged: its contents have checksum ${this.sum.hex}, it was written with ${shown(checksum)}`);
    if (state !== undefined && typeof state !== 'string') throw new FormatError('run.state', `must be text, is ${shown(state)}`);
    return { ...this.head, updates: this.updates, ...(state !== undefined && { state: fromBase64(state, 'run.state') }) };
  }

  private readDocument(): void {
    const document = asObject(this.parse(this.unordered.join('\n'), 'run'), 'run');
    const { updates, state, checksum, ...head } = document;
    this.readHead(`${JSON.stringify(head).slice(0, -1)}${UPDATES_FOLLOW}`, head);
    if (!Array.isArray(updates)) throw new FormatError('run.updates', `must be a list, is ${shown(updates)}`);
    for (const update of updates as unknown[]) this.takeUpdate(JSON.stringify(update), update);
    this.ending = { state, checksum };
  }

  private readHead(text: string, json: unknown): void {
    this.sum.add(text);
    const header = asObject(asObject(json, 'run')['header'], 'run.header');
    this.migration = migrationFrom(versionOf(header['format'], 'creditscope-run', 'run.header.format'));
    this.head = headCodec.read(this.migration.head(json), 'run');
    checkNames(this.head.names, 'run');
    const wrong = this.head.past?.findIndex(({ update }, i) => update !== i + 1) ?? -1;
    if (wrong !== -1) throw new FormatError(`run.past[${wrong}].update`, `must be ${wrong + 1}`);
  }

  private readUpdate(text: string): void {
    this.takeUpdate(text, this.parse(text, `run.updates[${this.count}]`));
  }

  private takeUpdate(text: string, json: unknown): void {
    this.sum.add(text);
    const where = `run.updates[${this.count}]`;
    const update = updateCodec.read(this.migration!.update(json), where);
    checkUpdate(update, this.head!.names.alphabet.length, where);
    if (update.line.update <= this.latest) throw new FormatError(`${where}.line.update`, `is ${update.line.update}, after ${this.latest}`);
    this.latest = update.line.update;
    this.updates.push(update);
  }

  private parse(text: string, where: string): unknown {
    const { json, claimed } = parseCounted(text, where);
    this.claimed += claimed;
    if (this.claimed > MOST_VALUES) throw new FormatError('run', `claims more than ${MOST_VALUES} repeated values`);
    return json;
  }
}

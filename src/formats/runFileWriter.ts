// Writes a run file (runFile.ts) piece by piece.

import type { RunHeader, RunNames, UpdateLine, UpdateRecord } from '../lab/record';
import { toBase64 } from './base64';
import { list, number, optional, record, type Codec } from './codec';
import { crc32 } from './crc32';
import { headerCodec, namesCodec } from './runFileHeader';
import { lineCodec, updateCodec } from './runFileUpdate';

export interface RunFileHead { readonly header: RunHeader; readonly names: RunNames; readonly past?: readonly UpdateLine[] }

export const headCodec: Codec<RunFileHead> = record<RunFileHead>({ header: headerCodec, names: namesCodec, past: optional(list(lineCodec(number))) });

export const UPDATES_FOLLOW = ',"updates":[';

export class RunFileWriter {
  private readonly sum = new TextsChecksum();
  private updates = 0;

  head({ header, names, past }: RunFileHead): string {
    const text = `${JSON.stringify(headCodec.write({ header, names, past })).slice(0, -1)}${UPDATES_FOLLOW}`;
    this.sum.add(text);
    return text;
  }

  update(update: UpdateRecord): string {
    const text = JSON.stringify(updateCodec.write(update));
    this.sum.add(text);
    return `${this.updates++ === 0 ? '' : ','}\n${text}`;
  }

  end(state?: Uint8Array): string {
    return `\n]${state === undefined ? '' : `,"state":"${toBase64(state)}"`},"checksum":"${this.sum.hex}"}\n`;
  }
}

const encoder = new TextEncoder();

/** Of texts one after the other. */
export class TextsChecksum {
  private sum = 0;

  add(text: string): void {
    this.sum = crc32(encoder.encode(`${text}\n`), this.sum);
  }

  get hex(): string {
    return this.sum.toString(16).padStart(8, '0');
  }
}

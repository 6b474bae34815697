// Reads and writes run files away from the page, an update at a time.

import { RunFileReader } from '../formats/runFileReader';
import { gzipped, readLines } from '../formats/runFileStream';
import { RunFileWriter } from '../formats/runFileWriter';
import type { RunFileReply, RunFileRequest } from './runFileMessages';
import { sentence } from './sentence';
import { transferables } from './transferables';

export interface RunFileHostParts {
  post(reply: RunFileReply, transfer: ArrayBuffer[]): void;
  /** milliseconds */
  now(): number;
}

const MESSAGE_INTERVAL_MS = 100;

export class RunFileHost {
  private readonly writer = new RunFileWriter();
  /** the pieces that gzip waits for */
  private readonly pieces = new TransformStream<string, string>();
  private readonly into = this.pieces.writable.getWriter();
  private written: Promise<Blob> | undefined;
  private lastMessage = -Infinity;

  constructor(private readonly parts: RunFileHostParts) {}

  async receive(request: RunFileRequest): Promise<void> {
    try {
      switch (request.kind) {
        case 'read': return await this.read(request.file);
        case 'head': {
          this.written = gzipped(this.pieces.readable);
          return await this.take(this.writer.head(request.head));
        }
        case 'update': return await this.take(this.writer.update(request.record));
        case 'end': {
          await this.into.write(this.writer.end(request.state));
          await this.into.close();
          return this.parts.post({ kind: 'written', file: await this.written! }, []);
        }
        default: request satisfies never;
      }
    } catch (error) {
      this.parts.post({ kind: 'failed', message: sentence(error) }, []);
    }
  }

  private async take(piece: string): Promise<void> {
    await this.into.write(piece);
    this.parts.post({ kind: 'ready' }, []);
  }

  private async read(file: Blob): Promise<void> {
    const reader = new RunFileReader();
    let done = 0;
    await readLines(file, (line) => {
      reader.line(line);
      if (this.parts.now() - this.lastMessage < MESSAGE_INTERVAL_MS) return;
      this.lastMessage = this.parts.now();
      this.tellUpdates(reader);
      this.parts.post({ kind: 'reading', done, total: file.size }, []);
    }, (bytes) => { done = bytes; });
    const { updates, state, ...head } = reader.end();
    this.parts.post({ kind: 'updates', records: updates }, [...transferables(updates)]);
    this.parts.post({ kind: 'read', head, ...(state !== undefined && { state }) }, state === undefined ? [] : [state.buffer]);
  }

  private tellUpdates(reader: RunFileReader): void {
    const records = reader.drain();
    if (records.length > 0) this.parts.post({ kind: 'updates', records }, [...transferables(records)]);
  }
}

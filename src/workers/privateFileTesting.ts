// For tests: a folder of the origin-private file system in memory, on a disk that fills up and under a process that can
// be killed in the middle of a write; and the browser's locks.

export interface FakeDisk {
  /** bytes that can still be written */
  room: number;
  /** bytes until the process is killed; nothing can be done afterwards */
  life: number;
}

export class Killed extends Error {}

export class FakeFolder {
  readonly kind = 'directory';
  readonly files = new Map<string, { bytes: Uint8Array<ArrayBuffer>; lastModified: number }>();
  readonly folders = new Map<string, FakeFolder>();
  private time = 0;

  constructor(readonly disk: FakeDisk = { room: Infinity, life: Infinity }) {}

  /** The same files as a process started later finds them. */
  handle(): FileSystemDirectoryHandle {
    return this as unknown as FileSystemDirectoryHandle;
  }

  async getDirectoryHandle(name: string, { create = false } = {}): Promise<FakeFolder> {
    this.refuseDead();
    let folder = this.folders.get(name);
    if (folder === undefined && !create) throw new DOMException(`no folder ${name}`, 'NotFoundError');
    if (folder === undefined) this.folders.set(name, (folder = new FakeFolder(this.disk)));
    return folder;
  }

  async getFileHandle(name: string, { create = false } = {}) {
    this.refuseDead();
    if (!this.files.has(name) && !create) throw new DOMException(`no file ${name}`, 'NotFoundError');
    if (!this.files.has(name)) this.set(name, new Uint8Array());
    return {
      getFile: async () => {
        const { bytes, lastModified } = this.files.get(name)!;
        return { lastModified, arrayBuffer: async () => bytes.slice().buffer };
      },
      createSyncAccessHandle: async () => ({
        truncate: (size: number) => this.set(name, this.files.get(name)!.bytes.slice(0, size)),
        write: (bytes: Uint8Array) => this.write(name, bytes),
        flush: () => this.refuseDead(),
        close: () => {},
      }),
    };
  }

  async removeEntry(name: string): Promise<void> {
    this.refuseDead();
    if (!this.files.delete(name) && !this.folders.delete(name)) throw new DOMException(`no ${name}`, 'NotFoundError');
  }

  async *entries(): AsyncGenerator<[string, { kind: string }]> {
    for (const name of this.files.keys()) yield [name, { kind: 'file' }];
    for (const entry of this.folders) yield entry;
  }

  async *keys(): AsyncGenerator<string> {
    for await (const [name] of this.entries()) yield name;
  }

  private set(name: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.files.set(name, { bytes, lastModified: ++this.time });
  }

  private write(name: string, bytes: Uint8Array): number {
    this.refuseDead();
    const written = Math.min(bytes.byteLength, this.disk.room, this.disk.life);
    this.set(name, Uint8Array.from(bytes.subarray(0, written)));
    this.disk.room -= written;
    this.disk.life -= bytes.byteLength;
    this.refuseDead();
    return written;
  }

  private refuseDead(): void {
    if (this.disk.life < 0) throw new Killed();
  }
}

/** Of one origin: shared by its tabs. Exclusive locks only. */
export class FakeLocks {
  private readonly tails = new Map<string, Promise<unknown>>();

  request = (async (name: string, { signal }: { signal: AbortSignal }, work: () => Promise<unknown>): Promise<unknown> => {
    const before = this.tails.get(name);
    const aborted = new Promise((_, reject) => { signal.addEventListener('abort', () => reject(signal.reason as Error)); });
    let done: () => void = () => {};
    const mine = new Promise<void>((resolve) => { done = resolve; });
    this.tails.set(name, Promise.resolve(before).then(() => mine));
    try {
      await Promise.race([before, aborted]);
      return await work();
    } finally {
      done();
    }
  }) as LockManager['request'];
}

// The CPU executor's threads: workers that hold the same wasm modules over the same memory and take chunks of a kernel's
// work beside the executor's own thread, which waits until all are done. See thread.mjs for the bargain between them.

import {
  awaitChange, BOARD_WORDS, bodiesOf, BODY, CHUNKS, CLAIM, DONE, EPOCH, FAILED, GIVEN, GIVEN_COUNT, MOST_CHUNKS, PARTS, PARTS_PER_CHUNK, takeChunks,
} from './thread.mjs';

/** One worker, as Node or a browser gives it. */
export interface ThreadPort {
  postMessage(message: unknown): void;
  /** what it says, one word a message; rejects when the worker failed */
  nextMessage(): Promise<unknown>;
  terminate(): void;
}
export interface ThreadSupply {
  /** threads in all, the executor's own among them */
  readonly count: number;
  start(): ThreadPort;
}

export const MOST_THREADS = 64;
/** More chunks than threads: one that another program holds up leaves its share to the rest. */
const CHUNKS_PER_THREAD = 4;
/** A chunk of fewer multiply-adds costs more to hand over than to compute. */
const LEAST_OPERATIONS = 30_000;
const PATIENCE_MS = 1000;
const MOST_PATIENCE = 60;

export class ThreadPool {
  private readonly board = new Int32Array(new SharedArrayBuffer(BOARD_WORDS * 4));
  private readonly ports: ThreadPort[];
  private readonly modules: WebAssembly.Module[] = [];
  private bodies: ReturnType<typeof bodiesOf> = [];
  private task = 0;
  private epoch = 0;

  constructor(private readonly memory: WebAssembly.Memory, private readonly supply: ThreadSupply) {
    this.ports = Array.from({ length: supply.count - 1 }, () => supply.start());
  }

  /** Resolves when every thread has the module; `exports` are the executor's own. */
  async add(module: WebAssembly.Module, exports: WebAssembly.Exports): Promise<void> {
    this.modules.push(module);
    this.bodies = [...this.bodies, ...bodiesOf(exports)];
    Atomics.store(this.board, EPOCH, ++this.epoch);
    this.announce(0);
    const { board, memory, modules, epoch } = this;
    await Promise.all(this.ports.map((port) => {
      port.postMessage({ board, memory, modules, epoch });
      return port.nextMessage();
    }));
  }

  /** Calls `body(...given, first, end)` so that [0, parts) is covered once. `operations` is the whole work in multiply-adds. */
  run(body: (...given: number[]) => void, parts: number, operations: number, given: readonly number[]): void {
    const most = Math.min(this.supply.count * CHUNKS_PER_THREAD, MOST_CHUNKS, Math.floor(operations / LEAST_OPERATIONS));
    if (most <= 1 || parts <= 1) {
      if (parts > 0) body(...given, 0, parts);
      return;
    }
    const size = Math.ceil(parts / most);
    const chunks = Math.ceil(parts / size);
    const { board } = this;
    const fields = { [CHUNKS]: chunks, [PARTS]: parts, [PARTS_PER_CHUNK]: size, [BODY]: this.bodies.indexOf(body), [GIVEN_COUNT]: given.length, [DONE]: 0 };
    for (const [word, value] of Object.entries(fields)) Atomics.store(board, Number(word), value);
    given.forEach((value, i) => Atomics.store(board, GIVEN + i, value));
    this.announce(chunks);
    takeChunks(board, this.bodies);
    this.awaitDone(chunks);
  }

  close(): void {
    for (const port of this.ports) port.terminate();
  }

  private announce(chunks: number): void {
    this.task++;
    Atomics.store(this.board, CLAIM, (this.task << 8) | chunks);
    Atomics.notify(this.board, CLAIM);
  }

  private awaitDone(chunks: number): void {
    let [seen, patience] = [-1, 0];
    for (;;) {
      const done = Atomics.load(this.board, DONE);
      if (done === chunks) break;
      patience = done === seen ? patience + 1 : 0;
      if (patience > MOST_PATIENCE) throw new Error(`a thread of the processor has not answered for ${(MOST_PATIENCE * PATIENCE_MS) / 1000} s`);
      seen = done;
      awaitChange(this.board, DONE, done, PATIENCE_MS);
    }
    if (Atomics.exchange(this.board, FAILED, 0) !== 0) throw new Error('a kernel failed in a thread of the processor');
  }
}

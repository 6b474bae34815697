// The CPU executor's memory: one WebAssembly memory, so that wasm bodies work on buffers where they lie.
// Allocation is first fit over a list of free blocks; blocks start at multiples of 64 bytes and are zeroed. Threads see a
// shared memory grow.

const ALIGNMENT = 64;
const PAGE = 65_536;
const MOST_PAGES = 65_536;
const FIRST_PAGES = 16;

interface Block { address: number; bytes: number }

export class LinearMemory {
  readonly memory: WebAssembly.Memory;
  private readonly free: Block[] = [];
  private end = ALIGNMENT;
  private held = 0;

  constructor(isShared = false) {
    this.memory = isShared ? sharedMemory() : new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES });
  }

  /** To typed arrays a SharedArrayBuffer is as good. */
  get buffer(): ArrayBuffer {
    return this.memory.buffer;
  }

  bytesHeld(): number {
    return this.held;
  }

  allocate(bytes: number): number {
    const wanted = roundUp(bytes);
    this.held += wanted;
    const index = this.free.findIndex((block) => block.bytes >= wanted);
    if (index === -1) return this.extend(wanted);
    const block = this.free[index]!;
    const { address } = block;
    block.address += wanted;
    block.bytes -= wanted;
    if (block.bytes === 0) this.free.splice(index, 1);
    new Uint8Array(this.buffer, address, wanted).fill(0);
    return address;
  }

  release(address: number, bytes: number): void {
    const size = roundUp(bytes);
    this.held -= size;
    this.free.push({ address, bytes: size });
    this.free.sort((a, b) => a.address - b.address);
    for (let i = this.free.length - 1; i > 0; i--) {
      const [before, after] = [this.free[i - 1]!, this.free[i]!];
      if (before.address + before.bytes !== after.address) continue;
      before.bytes += after.bytes;
      this.free.splice(i, 1);
    }
  }

  private extend(bytes: number): number {
    const address = this.end;
    const missing = Math.ceil((address + bytes - this.buffer.byteLength) / PAGE);
    if (missing > 0) {
      try {
        this.memory.grow(missing);
      } catch {
        throw new RangeError(`the processor's memory cannot grow by ${Math.round((missing * PAGE) / 2 ** 20)} MiB; ${Math.round(this.held / 2 ** 20)} MiB are in use`);
      }
    }
    this.end = address + bytes;
    return address;
  }
}

const roundUp = (bytes: number): number => Math.ceil(Math.max(bytes, 1) / ALIGNMENT) * ALIGNMENT;

/** A shared memory takes its greatest size's addresses at once: where there are not so many, a smaller one must do. */
function sharedMemory(): WebAssembly.Memory {
  for (let maximum = MOST_PAGES; ; maximum /= 2) {
    try {
      return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum, shared: true });
    } catch (error) {
      if (maximum / 2 < FIRST_PAGES) throw error;
    }
  }
}

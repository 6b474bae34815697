// One thread of the CPU executor, and how threads share a kernel's work: its parts (rows, heads) are cut into chunks and
// whoever is free takes the next. A chunk writes outputs that no other chunk touches, each by the same operations in the
// same order whoever computes it, so that the bits do not depend on the number of threads.
//
// Plain JavaScript without imports: Node starts a thread from this file's text (nodeThreads.ts), a browser from its address.

/**
 * Words of the board, the shared memory through which the executor talks to its threads. CLAIM holds the task's number
 * in its upper 24 bits and the count of chunks that nobody has taken in its lower 8. While that count is not zero nobody
 * changes the fields from CHUNKS on; a change of CLAIM tells a thread that what it has read of them is old.
 */
export const CLAIM = 0;
/** chunks finished */
export const DONE = 1;
/** a thread whose epoch is over goes back to its messages */
export const EPOCH = 2;
export const FAILED = 3;
export const CHUNKS = 4;
export const PARTS = 5;
export const PARTS_PER_CHUNK = 6;
/** index into the bodies */
export const BODY = 7;
export const GIVEN_COUNT = 8;
export const GIVEN = 9;
export const BOARD_WORDS = 32;
export const MOST_CHUNKS = 255;

/** Tells a thread from any other worker that loads this file. */
export const THREAD_NAME = 'creditscope-thread';

/** How often a word is looked at before its reader goes to sleep: some tens of microseconds, about what waking costs. */
const LOOKS = 3000;

/** @typedef {(...given: number[]) => void} Body a wasm function; its last two numbers are its first part and the one after its last */

/**
 * Takes chunks until none is left; returns the claim word that says so.
 * @param {Int32Array} board @param {readonly Body[]} bodies
 */
export function takeChunks(board, bodies) {
  for (;;) {
    const claim = Atomics.load(board, CLAIM);
    const left = claim & MOST_CHUNKS;
    if (left === 0) return claim;
    const chunks = Atomics.load(board, CHUNKS);
    const body = bodies[Atomics.load(board, BODY)];
    const size = Atomics.load(board, PARTS_PER_CHUNK);
    const first = (left - 1) * size;
    const end = Math.min(first + size, Atomics.load(board, PARTS));
    const given = Array.from({ length: Atomics.load(board, GIVEN_COUNT) }, (_, i) => Atomics.load(board, GIVEN + i));
    if (Atomics.compareExchange(board, CLAIM, claim, claim - 1) !== claim) continue;
    try {
      body?.(...given, first, end);
    } catch {
      Atomics.store(board, FAILED, 1);
    }
    if (Atomics.add(board, DONE, 1) + 1 === chunks) Atomics.notify(board, DONE);
  }
}

/**
 * Looks at a word for a while before it sleeps; returns as soon as the word is no longer `old`, at the latest after `limitMs`.
 * @param {Int32Array} board @param {number} word @param {number} old @param {number} [limitMs]
 */
export function awaitChange(board, word, old, limitMs) {
  for (let i = 0; i < LOOKS; i++) if (Atomics.load(board, word) !== old) return;
  Atomics.wait(board, word, old, limitMs);
}

/** In the order of the modules' exports, which is everybody's. @param {WebAssembly.Exports} exports @returns {Body[]} */
export const bodiesOf = (exports) => /** @type {Body[]} */ (Object.values(exports).filter((one) => typeof one === 'function'));

/** @typedef {{ board: Int32Array, memory: WebAssembly.Memory, modules: WebAssembly.Module[], epoch: number }} Orders */

/** @param {Orders} orders @param {() => void} isReady */
function serve({ board, memory, modules, epoch }, isReady) {
  const bodies = modules.flatMap((module) => bodiesOf(new WebAssembly.Instance(module, { env: { memory, log: Math.log } }).exports));
  isReady();
  for (;;) {
    const claim = takeChunks(board, bodies);
    if (Atomics.load(board, EPOCH) !== epoch) return;
    awaitChange(board, CLAIM, claim);
  }
}

/** @typedef {{ onmessage: unknown, postMessage(message: unknown): void }} Port */

const nodeThreads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
if (nodeThreads === undefined ? Reflect.get(globalThis, 'name') === THREAD_NAME : nodeThreads.workerData === THREAD_NAME) {
  const port = /** @type {Port} */ (nodeThreads?.parentPort ?? globalThis);
  port.onmessage = (/** @type {MessageEvent<Orders>} */ { data }) => serve(data, () => port.postMessage(data.epoch));
}

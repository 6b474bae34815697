// How often the training worker crashed of late: a second time within a minute goes on with the processor, a third stops.

const MEMORY_MS = 60_000;

/** Counts a crash; returns how many there were within the minute before it. */
export function createCrashMemory(now: () => number): () => number {
  const crashes: number[] = [];
  return () => {
    const recent = crashes.filter((at) => now() - at < MEMORY_MS).length;
    crashes.push(now());
    return recent;
  };
}

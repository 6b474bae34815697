// A worker may end without a word: stopped by the browser for its memory, say. So each holds a Web Lock as long as it
// lives; whoever waits for that lock gets it when the worker is gone. Not where there are no locks (an insecure page).

/** What a worker says once, unasked, when it holds its lock. */
export interface Alive {
  readonly kind: 'alive';
  readonly lifeline: string;
}

/** In the worker. */
export function holdLifeline(locks: LockManager | undefined, post: (alive: Alive) => void): void {
  if (locks === undefined) return;
  const lifeline = `creditscope worker ${crypto.randomUUID()}`;
  void locks.request(lifeline, () => {
    post({ kind: 'alive', lifeline });
    return new Promise(() => {});
  });
}

/** Outside: resolves when the worker is gone. */
export async function lifelineCut(lifeline: string): Promise<void> {
  await navigator.locks.request(lifeline, () => undefined);
}

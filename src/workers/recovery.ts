// What follows when a device, its memory or the critics' worker is lost: the run is made anew from its last committed update and goes on,
// once on a new device, a second time within a minute on the processor, and if that fails too it stops. The page hears of every turn.

import type { BackendWish } from './hostParts';
import type { Begun, Live } from './hostRuns';
import type { EventBody } from './protocol';
import { sentence } from './sentence';

/** a second loss within it goes on with the processor */
const LOSS_MEMORY_MS = 60_000;

export interface RecoveryParts {
  now(): number;
  isOnProcessor(): boolean;
  /** tells what is left to tell of the run, and frees its memory and device */
  letGo(run: string): void;
  /** makes it live from what is committed */
  prepare(begun: Begun, wish: BackendWish): Promise<Live>;
  stop(begun: Begun, message: string): Promise<void>;
  post(run: string, event: EventBody): void;
}

export class Recovery {
  private lostAt = -Infinity;

  constructor(private readonly parts: RecoveryParts) {}

  /** The next loss is the first of another run. */
  forget(): void {
    this.lostAt = -Infinity;
  }

  async recover(begun: Begun, error: unknown, wasOnProcessor = this.parts.isOnProcessor()): Promise<void> {
    const { parts } = this;
    const isSecond = parts.now() - this.lostAt < LOSS_MEMORY_MS;
    this.lostAt = parts.now();
    const { id, committed } = begun;
    const update = committed?.lines.length ?? 0;
    parts.letGo(id);
    if (isSecond && wasOnProcessor) return parts.stop(begun, `Update ${update + 1} was broken off again, on the processor too: ${sentence(error)}. Reset to start again.`);
    const back = `Update ${update + 1} was broken off: ${sentence(error)}. ${update === 0 ? 'The run begins anew' : `Training is back at update ${update}`}`;
    parts.post(id, { kind: 'rolledBack', update, message: `${back}; opening ${isSecond ? 'the processor' : 'a new device'}.` });
    const wish: BackendWish = isSecond ? { noGpuBecause: `Training was broken off twice within a minute, last because ${sentence(error)}.` } : { storedChoice: committed?.kernelChoice };
    try {
      const { run } = await parts.prepare(begun, wish);
      if ('run' in begun) run.takeOverSettings((begun as Live).run.header.interventions);
      const place = parts.isOnProcessor() ? `the processor${isSecond ? ', because this was the second time within a minute' : ''}` : 'a new device';
      parts.post(id, { kind: 'rolledBack', update, message: `${back} and goes on with ${place}.`, header: run.header });
    } catch (failure) {
      await this.recover(begun, failure, isSecond);
    }
  }
}

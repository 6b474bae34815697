// Listens to the page's training worker: a function of the test's own takes every message, and what it makes of them is kept beside the page.

import type { BrowserContext, Page } from 'playwright';
import type { TrainingEvent } from '../src/workers/protocol';

export interface Listener<Kept extends object> {
  /** under which the page holds it */
  readonly name: string;
  /** before the first message; as JSON */
  readonly start: Kept;
  /** runs in the page, so it knows nothing but what it is given; changes `kept` */
  readonly take: (kept: Kept, event: TrainingEvent) => void;
}

/** From the next load on, anew with each. */
export async function keepHeard<Kept extends object>(pages: Page | BrowserContext, { name, start, take }: Listener<Kept>): Promise<void> {
  // messages of the other workers, which read files and answer questions, bear no protocol
  await pages.addInitScript(`{
    const kept = ${JSON.stringify(start)};
    globalThis[${JSON.stringify(name)}] = kept;
    const take = ${take};
    globalThis.Worker = class extends Worker {
      constructor(...given) {
        super(...given);
        this.addEventListener('message', ({ data }) => { if (data.protocol !== undefined) take(kept, data); });
      }
    };
  }`);
}

export function heardIn<Kept extends object>(page: Page, { name }: Listener<Kept>): Promise<Kept> {
  return page.evaluate((key) => (globalThis as unknown as Record<string, Kept>)[key]!, name);
}

// Asks the critic's worker, as the Critic that a run calls.

import type { RunConfiguration } from '../lab/configuration';
import type { Critic } from '../lab/phases/context';
import type { CritiqueRecord } from '../lab/record';
import type { CritiqueReply, CritiqueRequest } from './criticMessages';

/** What of a Worker is needed; tests make one by hand. */
export interface CriticPort {
  postMessage(request: CritiqueRequest): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<CritiqueReply>) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
}

export class CriticClient {
  private readonly waiting = new Map<string, { resolve: (record: CritiqueRecord) => void; reject: (error: Error) => void }>();

  constructor(private readonly port: CriticPort) {
    port.addEventListener('message', ({ data }) => this.receive(data));
    port.addEventListener('error', ({ message }) => {
      for (const { reject } of this.waiting.values()) reject(new Error(`the critic's worker failed: ${message}`));
      this.waiting.clear();
    });
  }

  criticOf(run: string, { task, taskOptions, critic, seed }: RunConfiguration): Critic {
    return (sample, update) => new Promise((resolve, reject) => {
      this.waiting.set(keyOf(run, update), { resolve, reject });
      this.port.postMessage({ run, update, task, taskOptions, critic, seed, sample });
    });
  }

  private receive(reply: CritiqueReply): void {
    const key = keyOf(reply.run, reply.update);
    const asked = this.waiting.get(key);
    this.waiting.delete(key);
    if (reply.kind === 'critique') asked?.resolve(reply.record);
    else asked?.reject(new Error(reply.message));
  }
}

const keyOf = (run: string, update: number): string => `${run} ${update}`;

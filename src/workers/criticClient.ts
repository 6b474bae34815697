// Asks the critics' worker, as the Critic and the ValueCritic that a run calls.

import type { RunConfiguration } from '../lab/configuration';
import { NonFiniteError } from '../lab/nonFinite';
import type { Critic } from '../lab/phases/context';
import type { ValueCritic } from '../lab/valueCritic';
import type { CriticAnswer, CriticReply, CriticRequest } from './criticMessages';

/** What of a Worker is needed; tests make one by hand. */
export interface CriticPort {
  postMessage(request: CriticRequest): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<CriticReply>) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
}

type AnswerTo<K extends CriticAnswer['kind']> = Extract<CriticAnswer, { readonly kind: K }>;

export class CriticClient {
  private readonly waiting = new Map<string, { resolve: (answer: CriticAnswer) => void; reject: (error: Error) => void }>();

  constructor(private readonly port: CriticPort) {
    port.addEventListener('message', ({ data }) => this.receive(data));
    port.addEventListener('error', ({ message }) => {
      for (const { reject } of this.waiting.values()) reject(new Error(`the critic's worker failed: ${message}`));
      this.waiting.clear();
    });
  }

  criticOf(run: string, { task, taskOptions, critic, seed }: RunConfiguration): Critic {
    return async (sample, update) => (await this.ask({ run, update, kind: 'critique', task, taskOptions, critic, seed, sample })).record;
  }

  /** Resolves when the run's value model is ready on its device. */
  async valuesOf(run: string, configuration: RunConfiguration): Promise<ValueCritic> {
    await this.ask({ run, update: 0, kind: 'prepareValues', configuration });
    return {
      score: async (sample, update) => (await this.ask({ run, update, kind: 'scoreValues', sample })).values_NT,
      learn: async (sample, update, values_NT, targets_NT) => (await this.ask({ run, update, kind: 'learnValues', sample, values_NT, targets_NT })).record,
    };
  }

  /** Frees the value model, if there is one. */
  dropValues(): void {
    this.port.postMessage({ run: '', update: 0, kind: 'dropValues' });
  }

  private ask<K extends CriticAnswer['kind']>(request: CriticRequest & { readonly kind: K }): Promise<AnswerTo<K>> {
    return new Promise((resolve, reject) => {
      this.waiting.set(keyOf(request.run, request.update, request.kind), { resolve: (answer) => resolve(answer as AnswerTo<K>), reject });
      this.port.postMessage(request);
    });
  }

  private receive(reply: CriticReply): void {
    const key = keyOf(reply.run, reply.update, reply.kind === 'error' ? reply.of : reply.kind);
    const asked = this.waiting.get(key);
    this.waiting.delete(key);
    if (reply.kind !== 'error') asked?.resolve(reply);
    else asked?.reject(reply.nonFinite === undefined ? new Error(reply.message) : new NonFiniteError(reply.nonFinite.tensor, reply.update, reply.nonFinite.index));
  }
}

const keyOf = (run: string, update: number, kind: CriticAnswer['kind']): string => `${run} ${update} ${kind}`;

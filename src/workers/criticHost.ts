// The critics' side of the conversation: a request in, a reply out. Knows neither workers nor WebGPU, so that tests can
// drive it by hand. Holds at most one value model, that of the latest run that asked for one.

import type { RunConfiguration } from '../lab/configuration';
import { NonFiniteError } from '../lab/nonFinite';
import { critique } from '../lab/phases/critique';
import type { ValueCritic } from '../lab/valueCritic';
import { taskFamily } from '../tasks';
import type { CriticAnswer, CriticReply, CriticRequest } from './criticMessages';

export interface OpenValues {
  readonly critic: ValueCritic;
  /** frees the device */
  close(): void;
}

export class CriticHost {
  private values: { readonly run: string; readonly opened: Promise<OpenValues> } | undefined;

  constructor(private readonly openValues: (configuration: RunConfiguration) => Promise<OpenValues>) {}

  async receive(request: CriticRequest): Promise<CriticReply | undefined> {
    const { run, update, kind } = request;
    if (kind === 'dropValues') {
      this.drop();
      return undefined;
    }
    try {
      return { run, update, ...(await this.answer(request)) };
    } catch (error) {
      const nonFinite = error instanceof NonFiniteError ? { nonFinite: { tensor: error.tensor, index: error.index } } : {};
      return { run, update, kind: 'error', of: kind, message: error instanceof Error ? error.message : String(error), ...nonFinite };
    }
  }

  private async answer(request: Exclude<CriticRequest, { kind: 'dropValues' }>): Promise<CriticAnswer> {
    const { run, update, kind } = request;
    switch (kind) {
      case 'critique': {
        const { task, taskOptions, critic, seed, sample } = request;
        return { kind, record: critique(taskFamily(task).create(taskOptions), critic, seed, update, sample) };
      }
      case 'prepareValues': {
        this.drop();
        const opened = this.openValues(request.configuration);
        this.values = { run, opened };
        await opened;
        return { kind };
      }
      case 'scoreValues': return { kind, values_NT: await (await this.criticOf(run)).score(request.sample, update) };
      case 'learnValues': return { kind, record: await (await this.criticOf(run)).learn(request.sample, update, request.values_NT, request.targets_NT) };
    }
  }

  private async criticOf(run: string): Promise<ValueCritic> {
    if (this.values?.run !== run) throw new Error('this run has no value model');
    return (await this.values.opened).critic;
  }

  private drop(): void {
    void this.values?.opened.then((values) => values.close(), () => undefined);
    this.values = undefined;
  }
}

// The critics' side of the conversation: a request in, a reply out. Knows neither workers nor WebGPU, so that tests can
// drive it by hand. Holds at most one value model, that of the latest run that asked for one.

import { ResourceLost } from '../gpu/resourceLost';
import { NonFiniteError } from '../lab/nonFinite';
import { JudgeStopped, judgeRecord, languageJudge, type JudgeProgress, type JudgeWatch, type OpenModel } from '../lab/judging';
import { critiqueBy } from '../lab/phases/critique';
import type { ValueCritic } from '../lab/valueCritic';
import { taskFamily } from '../tasks';
import type { CriticAnswer, CriticReply, CriticRequest, Joint, ModelFile } from './criticMessages';
import { sentence } from './sentence';

export interface OpenValues {
  readonly critic: ValueCritic;
  /** frees the device */
  close(): void;
}

export class CriticHost {
  /** one request after the other: they share the value model's memory */
  private queue: Promise<unknown> = Promise.resolve();
  private judging: AbortController | undefined;
  private values: { readonly run: string; readonly open: OpenValues } | undefined;

  /** `tell`: hears how far a judge is. `openModel`: opens what judges on this machine, from these files where it is a folder */
  constructor(
    private readonly openValues: (request: Extract<CriticRequest, { kind: 'prepareValues' }>) => Promise<OpenValues>, private readonly tell: (reply: CriticReply) => void = () => {},
    private readonly openModel?: (files: readonly ModelFile[]) => OpenModel,
  ) {}

  receive(request: CriticRequest): Promise<CriticReply | undefined> {
    if (request.kind === 'cancelCritique') {
      this.judging?.abort();
      return Promise.resolve(undefined);
    }
    const reply = this.queue.then(() => this.obey(request));
    this.queue = reply;
    return reply;
  }

  /** Never rejects. */
  private async obey(request: Exclude<CriticRequest, { kind: 'cancelCritique' }>): Promise<CriticReply | undefined> {
    const { run, update, shard, kind } = request;
    if (kind === 'dropValues') {
      this.drop();
      return undefined;
    }
    try {
      return { run, update, shard, ...(await this.answer(request)) };
    } catch (error) {
      const nonFinite = error instanceof NonFiniteError ? { nonFinite: { tensor: error.tensor, index: error.index } } : {};
      return { run, update, shard, kind: 'error', of: kind, message: sentence(error), ...(error instanceof ResourceLost && { isLost: true as const }), ...(error instanceof JudgeStopped && { judgeStopped: { ...(error.asks !== undefined && { asks: error.asks }) } }), ...nonFinite };
    }
  }

  private async answer(request: Exclude<CriticRequest, { kind: 'dropValues' | 'cancelCritique' }>): Promise<CriticAnswer> {
    const { run, update, kind } = request;
    switch (kind) {
      case 'critique': {
        const { task, taskOptions, sample, named, files = [] } = request;
        return { kind, record: await critiqueBy(taskFamily(task).create(taskOptions), request, update, sample, { ...named, open: this.openModel?.(files), ...this.watch(request) }) };
      }
      case 'judgeCases': {
        const { judge: named, cases, critiques, seed, files = [] } = request;
        const judge = languageJudge(named, seed, update, this.openModel?.(files));
        const critiques_Nk = await judge.critique(cases, critiques, this.watch(request));
        return { kind, critiques_Nk, judge: judgeRecord(critiques_Nk, judge.describe?.()) };
      }
      case 'prepareValues': {
        this.drop();
        const open = await this.openValues(request);
        this.values = { run, open };
        return { kind, kernelChoice: { ...open.critic.kernelChoice } };
      }
      case 'scoreValues': return { kind, values_NT: await this.criticOf(run).score(request.sample, update) };
      case 'learnValues': return { kind, record: await this.criticOf(run).learn(request.sample, update, request.values_NT, request.targets_NT) };
      case 'readValues': return { kind, state: await this.criticOf(run).readState(update) };
    }
  }

  private watch({ run, update, shard }: Joint): JudgeWatch {
    this.judging = new AbortController();
    return { signal: this.judging.signal, onProgress: (progress: JudgeProgress) => this.tell({ run, update, shard, kind: 'judging', progress }) };
  }

  private criticOf(run: string): ValueCritic {
    if (this.values?.run !== run) throw new Error('this run has no value model');
    return this.values.open.critic;
  }

  private drop(): void {
    this.values?.open.close();
    this.values = undefined;
  }
}

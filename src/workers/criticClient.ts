// Asks the critics' worker, as the Critic and the ValueCritic that a run calls.

import type { Executor } from '../gpu/executor';
import { ResourceLost } from '../gpu/resourceLost';
import type { RunConfiguration } from '../lab/configuration';
import { FOLDER, JudgeStopped, type JudgeProgress, type Named } from '../lab/judging';
import { NonFiniteError } from '../lab/nonFinite';
import type { Critic } from '../lab/phases/context';
import type { SampleRecord } from '../lab/record';
import type { RunState } from '../lab/runState';
import type { ValueCritic } from '../lab/valueCritic';
import type { CriticAnswer, CriticReply, CriticRequest, Joint, ModelFile } from './criticMessages';
import type { Alive } from './lifeline';

/** What of a Worker is needed; tests make one by hand. */
export interface CriticPort {
  postMessage(request: CriticRequest): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<CriticReply | Alive>) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
  terminate(): void;
}

/** Answers that go over to be scored in one message: what the default preset samples in an update. */
const SHARD_ANSWERS = 256;
/** Shard of what is about all answers of an update at once. */
const WHOLE = 0;

type AnswerTo<K extends CriticAnswer['kind']> = Extract<CriticAnswer, { readonly kind: K }>;

/** What a person has named so far, and the files of the folder they have opened. */
export interface NamedNow extends Named {
  readonly files?: readonly ModelFile[];
}

export class CriticClient {
  private readonly waiting = new Map<string, { resolve: (answer: CriticAnswer) => void; reject: (error: Error) => void }>();

  private port: CriticPort | undefined;
  /** of the worker before this one */
  private loss: ResourceLost | undefined;

  /** `cut`: resolves when the holder of a lifeline is gone */
  constructor(
    private readonly open: () => CriticPort, private readonly cut?: (lifeline: string) => Promise<void>, private readonly shardAnswers = SHARD_ANSWERS,
    private readonly onJudging: (progress: JudgeProgress) => void = () => {},
  ) {
    this.port = this.connect();
  }

  /** `namedNow`: what a person named, if anything, asked for at each batch. */
  criticOf(run: string, { task, taskOptions, critic, method, methodParameters, seed }: RunConfiguration, namedNow: () => NamedNow = () => ({})): Critic {
    return async (sample, update) => {
      const { files, ...named } = namedNow();
      return (await this.ask({ run, update, shard: WHOLE, kind: 'critique', task, taskOptions, critic, method, methodParameters, seed, sample, ...onlyFor(critic, named, files) })).record;
    };
  }

  /**
   * Critiques of any answers by any language model: the built-in judge is `{ kind: 'model', name: BUILT_IN, settings: defaultSettings(BUILT_IN) }`.
   * Rejects with JudgeStopped where a person has to help; its `asks` is what to put to them. `conversation`: a name that no other question under way has.
   */
  async judgeCases(conversation: string, question: Omit<Extract<CriticRequest, { kind: 'judgeCases' }>, 'kind' | keyof Joint>): Promise<Omit<AnswerTo<'judgeCases'>, 'kind'>> {
    return this.ask({ run: conversation, update: 0, shard: WHOLE, kind: 'judgeCases', ...question });
  }

  /** The critiques under way fail with JudgeStopped. */
  cancelCritique(): void {
    this.port?.postMessage({ run: '', update: 0, shard: WHOLE, kind: 'cancelCritique' });
  }

  /** Resolves when the run's value model is ready, on the kind of executor that the policy has; with `resumed` as it was then. */
  async valuesOf(run: string, configuration: RunConfiguration, executor: Executor['kind'], resumed?: RunState): Promise<ValueCritic> {
    const { kernelChoice } = await this.ask({ run, update: 0, shard: WHOLE, kind: 'prepareValues', configuration, executor, ...(resumed !== undefined && { resumed: { model: resumed.model, lines: resumed.lines, values: resumed.values, kernelChoice: resumed.kernelChoice } }) });
    // a worker that is put in its place knows of no value model
    const { port } = this;
    const ask: typeof this.ask = (request) => (this.port === port ? this.ask(request) : Promise.reject(this.loss!));
    return {
      kernelChoice,
      score: async (sample, update) => {
        const parts = answerShards(sample, this.shardAnswers).map((part, shard) => ask({ run, update, shard, kind: 'scoreValues', sample: part }));
        return joined((await Promise.all(parts)).map(({ values_NT }) => values_NT));
      },
      learn: async (sample, update, values_NT, targets_NT) => (await ask({ run, update, shard: WHOLE, kind: 'learnValues', sample, values_NT, targets_NT })).record,
      readState: async (update) => (await ask({ run, update, shard: WHOLE, kind: 'readValues' })).state,
    };
  }

  /** Frees the value model, if there is one. */
  dropValues(): void {
    this.port?.postMessage({ run: '', update: 0, shard: WHOLE, kind: 'dropValues' });
  }

  private ask<K extends CriticAnswer['kind']>(request: CriticRequest & { readonly kind: K }): Promise<AnswerTo<K>> {
    return new Promise((resolve, reject) => {
      this.waiting.set(keyOf(request, request.kind), { resolve: (answer) => resolve(answer as AnswerTo<K>), reject });
      this.port ??= this.connect();
      this.port.postMessage(request);
    });
  }

  private connect(): CriticPort {
    const port = this.open();
    port.addEventListener('message', ({ data }) => {
      if (data.kind !== 'alive') this.receive(data);
      else void this.cut?.(data.lifeline).then(() => this.crashed(port, 'it ended without a word'));
    });
    port.addEventListener('error', (event) => {
      // it is dealt with here; else the page would hear of it as its own worker's failure
      event.preventDefault();
      this.crashed(port, event.message);
    });
    return port;
  }

  /** Whatever was asked fails; what is asked next goes to a new worker, which knows of no run. */
  private crashed(port: CriticPort, why: string): void {
    if (this.port !== port) return;
    port.terminate();
    this.port = undefined;
    const failed = [...this.waiting.values()];
    this.waiting.clear();
    this.loss = new ResourceLost(`the critics' worker failed (${why})`);
    for (const { reject } of failed) reject(this.loss);
  }

  private receive(reply: CriticReply): void {
    if (reply.kind === 'judging') return this.onJudging(reply.progress);
    const key = keyOf(reply, reply.kind === 'error' ? reply.of : reply.kind);
    const asked = this.waiting.get(key);
    this.waiting.delete(key);
    if (reply.kind !== 'error') asked?.resolve(reply);
    else asked?.reject(errorOf(reply));
  }
}

function errorOf({ message, nonFinite, isLost, judgeStopped, update, of }: Extract<CriticReply, { kind: 'error' }>): Error {
  if (judgeStopped !== undefined) return new JudgeStopped(message, judgeStopped.asks);
  if (nonFinite !== undefined) return new NonFiniteError(nonFinite.tensor, update, nonFinite.index);
  return isLost === true ? new ResourceLost(`${of === 'critique' ? 'critic' : 'value model'}: ${message}`) : new Error(message);
}

/** A key goes to no judge that does not need it, and files to none that does not read them. */
function onlyFor({ judge = 'exact', model }: RunConfiguration['critic'], { endpoint, settings }: Named, files: readonly ModelFile[] | undefined): { readonly named: Named; readonly files?: readonly ModelFile[] } {
  if (judge === 'endpoint') return { named: endpoint === undefined ? {} : { endpoint } };
  if (judge !== 'model') return { named: {} };
  return { named: settings === undefined ? {} : { settings }, ...(model === FOLDER && files !== undefined && { files }) };
}

const keyOf = ({ run, update, shard }: Joint, kind: CriticAnswer['kind']): string => `${run} ${update} ${shard} ${kind}`;

/** Stretches of at most `most` answers each; what they say of problems is that of the whole. */
function answerShards(sample: SampleRecord, most: number): SampleRecord[] {
  const { width } = sample;
  return Array.from({ length: Math.ceil(sample.answers / most) }, (_, shard) => {
    const [from, until] = [shard * most, Math.min(sample.answers, (shard + 1) * most)];
    return {
      ...sample, answers: until - from, problem_N: sample.problem_N.slice(from, until), lengths_N: sample.lengths_N.slice(from, until), finished_N: sample.finished_N.slice(from, until),
      tokens_NT: sample.tokens_NT.slice(from * width, until * width), samplerLogprobs_NT: sample.samplerLogprobs_NT.slice(from * width, until * width),
    };
  });
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// The policy worker's side of the conversation: takes commands, walks a run, says what happened. Knows neither workers
// nor WebGPU, so that tests can drive it by hand.
//
// Work is done strictly one piece after the other. Pause, reset and a new start are heard between two phases.

import type { Executor } from '../gpu/executor';
import type { RunConfiguration } from '../lab/configuration';
import { NonFiniteError } from '../lab/nonFinite';
import type { Progress } from '../lab/prepareRun';
import { readConfiguration } from '../lab/readConfiguration';
import type { PhaseDone, Run } from '../lab/run';
import type { RunState } from '../lab/runState';
import { NO_RUN, PROTOCOL_VERSION, type Catalogue, type Command, type EventBody, type Kept, type Past, type TrainingEvent } from './protocol';
import type { RunKeeper } from './runKeeper';
import { transferables } from './transferables';

export interface Backend {
  readonly executor: Executor;
  /** why it is not WebGPU */
  readonly reason?: string;
  /** resolves with a sentence when the device is gone */
  readonly lost?: Promise<string>;
}

export interface HostParts {
  readonly catalogue: Catalogue;
  post(event: TrainingEvent, transfer: ArrayBuffer[]): void;
  /** `storedChoice`: the kernels of a run that goes on */
  openBackend(storedChoice?: Readonly<Record<string, string>>): Promise<Backend>;
  prepare(run: string, configuration: RunConfiguration, executor: Executor, onProgress: Progress, resumed?: RunState): Promise<Run>;
  /** absent: runs are not kept */
  readonly keeper?: RunKeeper;
  /** a run's memory is being freed: whatever else holds some for it may let go */
  dropped?(): void;
  close(): void;
  now(): number;
}

/** at most ten messages a second about what is going on */
const MESSAGE_INTERVAL_MS = 100;

interface Live { readonly id: string; readonly run: Run }

export class TrainingHost {
  private queue: Promise<void>;
  private backend: Backend | undefined;
  private live: Live | undefined;
  /** true from a pause, reset, start or dispose until the loop has heard it */
  private mustStop = false;
  private lastMessage = -Infinity;

  constructor(private readonly parts: HostParts) {
    this.post(NO_RUN, { kind: 'catalogue', catalogue: parts.catalogue });
    this.queue = this.openBackend().then(() => undefined, (error: unknown) => this.post(NO_RUN, { kind: 'error', message: sentence(error) })).then(() => this.listSaved());
  }

  receive(command: Command): void {
    if (command.protocol !== PROTOCOL_VERSION) return this.post(command.run, { kind: 'error', message: 'The page and its worker are of different versions; reload the page.' });
    if (['start', 'resume', 'pause', 'reset', 'dispose'].includes(command.kind)) this.mustStop = true;
    this.queue = this.queue.then(() => this.obey(command)).catch((error: unknown) => this.fail(command.run, error));
  }

  /** Resolves when everything asked so far is done. */
  idle(): Promise<void> {
    return this.queue;
  }

  private async obey(command: Command): Promise<void> {
    switch (command.kind) {
      case 'start': return this.start(command.run, command.configuration);
      case 'resume': return this.resume(command.run, command.id);
      case 'forget': return this.forget(command.id);
      case 'play': return this.go(command.run, () => false, false);
      case 'nextPhase': return this.go(command.run, () => true, true);
      case 'nextUpdate': return this.go(command.run, (done) => done.complete !== undefined, false);
      case 'pause': {
        this.mustStop = false;
        if (this.live?.id === command.run) await this.rest(this.live);
        return;
      }
      case 'reset': {
        this.mustStop = false;
        if (this.live?.id === command.run) this.drop();
        return this.listSaved();
      }
      case 'dispose': {
        this.drop();
        return this.parts.close();
      }
      default: command satisfies never;
    }
  }

  private async start(run: string, given: RunConfiguration): Promise<void> {
    this.mustStop = false;
    if (this.live !== undefined) this.drop();
    return this.prepare(run, readConfiguration(given));
  }

  private async resume(run: string, id: string): Promise<void> {
    this.mustStop = false;
    // its device opens anew, with the kernels of then
    this.drop();
    try {
      const { state, records } = await this.parts.keeper!.open(id);
      await this.prepare(run, state.header.configuration, state, { lines: state.lines, updates: records });
    } catch (error) {
      this.drop();
      await this.listSaved();
      throw error;
    }
  }

  private async prepare(run: string, configuration: RunConfiguration, resumed?: RunState, past?: Past): Promise<void> {
    const { executor, lost } = await this.openBackend(resumed?.kernelChoice);
    const prepared = await this.parts.prepare(run, configuration, executor, (done, total) => {
      if (this.isDue() || done === total) this.post(run, { kind: 'preparing', done, total });
    }, resumed).catch((error: unknown) => {
      this.drop();
      throw error;
    });
    const live: Live = { id: run, run: prepared };
    this.live = live;
    void lost?.then((message) => {
      if (this.live === live) this.stop(live, { reason: 'device-lost', message: `The GPU went away (${message}). Reset to start again.` });
    });
    this.post(run, { kind: 'header', header: prepared.header, names: prepared.names, ...(past !== undefined && { past }) });
    this.post(run, { kind: 'paused', update: prepared.updates, ...(past !== undefined && { kept: { update: prepared.updates } }) });
  }

  /** Walks phases until `isEnough`, or until told to stop: then whoever told it speaks next. */
  private async go(run: string, isEnough: (done: PhaseDone) => boolean, withRecord: boolean): Promise<void> {
    const { live } = this;
    if (live === undefined || live.id !== run) return;
    for (;;) {
      await messagesHeard();
      if (this.mustStop) return;
      const done = await live.run.nextPhase();
      if (this.live !== live) return;
      const kept = done.complete && await this.parts.keeper?.committed(live.run, this.kernelChoice, done.complete);
      if (this.live !== live) return;
      this.tell(live, done, withRecord, kept);
      if (isEnough(done)) return this.rest(live);
    }
  }

  private async rest({ id, run }: Live): Promise<void> {
    const kept = await this.parts.keeper?.rest();
    this.post(id, { kind: 'paused', update: run.updates, ...(kept !== undefined && { kept }) });
  }

  private tell({ id }: Live, { update, phase, record, complete }: PhaseDone, withRecord: boolean, kept: Kept | undefined): void {
    if (withRecord && complete === undefined) this.post(id, { kind: 'phase', update, phase, record });
    else if (this.isDue()) this.post(id, { kind: 'phase', update, phase });
    // the run keeps nothing of a complete update, so its arrays can go
    if (complete !== undefined) this.parts.post({ protocol: PROTOCOL_VERSION, run: id, kind: 'update', record: complete, ...(kept !== undefined && { kept }) }, [...transferables(complete)]);
  }

  private get kernelChoice(): Readonly<Record<string, string>> {
    return this.backend?.executor.kernelChoice ?? {};
  }

  private async forget(id: string): Promise<void> {
    await this.parts.keeper?.forget(id).finally(() => this.listSaved());
  }

  private async listSaved(): Promise<void> {
    if (this.parts.keeper !== undefined) this.post(NO_RUN, { kind: 'savedRuns', runs: await this.parts.keeper.list() });
  }

  private fail(run: string, error: unknown): void {
    const { live } = this;
    if (live === undefined || live.id !== run) {
      return this.post(run, { kind: 'error', message: sentence(error) });
    }
    if (error instanceof NonFiniteError) this.stop(live, { reason: 'non-finite', tensor: error.tensor, message: error.message });
    else this.post(run, { kind: 'error', message: sentence(error) });
  }

  private stop(live: Live, why: Pick<Extract<EventBody, { kind: 'stopped' }>, 'reason' | 'tensor' | 'message'>): void {
    this.post(live.id, { kind: 'stopped', update: live.run.updates, ...why });
    this.drop();
  }

  /** Frees the run and all its memory; the next start opens the device anew. */
  private drop(): void {
    this.live = undefined;
    this.parts.keeper?.release();
    this.parts.dropped?.();
    this.backend?.executor.destroy();
    this.backend = undefined;
  }

  private async openBackend(storedChoice?: Readonly<Record<string, string>>): Promise<Backend> {
    if (this.backend !== undefined) return this.backend;
    const backend = await this.parts.openBackend(storedChoice);
    this.backend = backend;
    const { executor, reason } = backend;
    this.post(NO_RUN, { kind: 'backend', backend: executor.kind, adapter: executor.description, ...(reason !== undefined && { reason }) });
    return backend;
  }

  private isDue(): boolean {
    const now = this.parts.now();
    if (now - this.lastMessage < MESSAGE_INTERVAL_MS) return false;
    this.lastMessage = now;
    return true;
  }

  private post(run: string, body: EventBody): void {
    this.parts.post({ protocol: PROTOCOL_VERSION, run, ...body }, []);
  }
}

/** On the processor a phase never waits for anything, and a worker hears messages only between tasks. */
function messagesHeard(): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, 0); });
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// The policy worker's side of the conversation: takes commands, walks a run, says what happened. Knows neither workers
// nor WebGPU, so that tests can drive it by hand.
//
// Work is done strictly one piece after the other. Pause, reset and a new start are heard between two phases.
//
// An update is committed when both models have learned and their state has been read back; a loss takes the run back there (./recovery).

import { writeRunState } from '../formats/runStateFile';
import { ResourceLost } from '../gpu/resourceLost';
import type { RunConfiguration } from '../lab/configuration';
import type { CompareWish } from '../lab/fidelity/readCompareWish';
import { JudgeStopped, type JudgeProgress } from '../lab/judging';
import { NonFiniteError } from '../lab/nonFinite';
import type { Progress } from '../lab/prepareRun';
import { readConfiguration } from '../lab/readConfiguration';
import type { UpdateRecord } from '../lab/record';
import type { PhaseDone } from '../lab/run';
import { openRunState } from '../lab/runState';
import { compareMethods } from './comparing';
import { HostDevice } from './hostDevice';
import type { BackendWish, HostParts } from './hostParts';
import type { Begun, Live, Opened } from './hostRuns';
import { applyEdits, changeSettings } from './intervening';
import { PageNews } from './pageNews';
import { NO_RUN, PROTOCOL_VERSION, type Command, type EventBody, type Kept, type Past, type Standing } from './protocol';
import { Recovery } from './recovery';
import { RewindPoints } from './rewindPoints';
import { sentence } from './sentence';
import { UpdateProfiler } from './updateProfile';

type CommandOf<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;

export class TrainingHost {
  private queue: Promise<void>;
  private live: Live | undefined;
  /** of a judge's model on its way, as last heard of */
  private loadingFile: string | undefined;
  /** true from a pause, reset, start or dispose until the loop has heard it */
  private mustStop = false;
  /** true from a wish to stop comparing until the next comparison is asked for */
  private mustEndComparison = false;
  /** after each update that is played */
  private pauseMs = 0;
  private readonly news: PageNews;
  private readonly device: HostDevice;
  private readonly recovery: Recovery;
  private points = new RewindPoints();

  constructor(private readonly parts: HostParts) {
    this.news = new PageNews({ post: parts.post, now: parts.now, standing: () => this.standing });
    this.device = new HostDevice((wish) => parts.openBackend(wish), (event) => this.post(NO_RUN, event));
    this.recovery = new Recovery({
      now: () => parts.now(), isOnProcessor: () => this.device.isProcessor, post: (run, event) => this.post(run, event),
      letGo: (run) => {
        this.news.updates(run);
        this.free();
      },
      prepare: (begun, wish) => this.prepare(begun, wish, () => {}),
      stop: (begun, message) => this.stop(begun, { reason: 'device-lost', message }),
    });
    this.post(NO_RUN, { kind: 'catalogue', catalogue: parts.catalogue });
    this.queue = this.device.open().then(() => undefined, (error: unknown) => this.post(NO_RUN, { kind: 'error', message: sentence(error) })).then(() => this.listSaved());
  }

  receive(command: Command): void {
    if (command.protocol !== PROTOCOL_VERSION) return this.post(command.run, { kind: 'error', message: 'The page and its worker are of different versions; reload the page.' });
    if (command.kind === 'exportState') return this.exportState(command.run);
    if (command.kind === 'pace') return void (this.pauseMs = command.pauseMs);
    if (command.kind === 'changeSettings') return this.live?.id === command.run ? changeSettings(this.live.run, command, (event) => this.post(command.run, event)) : undefined;
    if (['start', 'resume', 'resumeFile', 'goBack', 'pause', 'reset', 'dispose'].includes(command.kind)) this.mustStop = true;
    if (['start', 'resume', 'resumeFile', 'goBack', 'cancelJudging', 'reset', 'dispose'].includes(command.kind)) this.parts.cancelJudging?.();
    if (command.kind === 'cancelCompare' || this.mustStop) this.mustEndComparison = true;
    if (command.kind === 'compare') this.mustEndComparison = false;
    this.queue = this.queue.then(() => this.obey(command)).catch((error: unknown) => this.fail(command.run, error));
  }

  /** Resolves when everything asked so far is done. */
  idle(): Promise<void> {
    return this.queue;
  }

  private async obey(command: Command): Promise<void> {
    switch (command.kind) {
      case 'start': return this.start(command.run, command.configuration, command.noGpuBecause);
      case 'resume': return this.resume(command);
      case 'resumeFile': return this.resumeFile(command);
      case 'goBack': return this.goBack(command);
      case 'forget': return this.forget(command.id);
      case 'play': return this.go(command.run, () => false, false);
      case 'nextPhase': return this.go(command.run, () => true, true);
      case 'nextUpdate': return this.go(command.run, (done) => done.complete !== undefined, false);
      case 'profileUpdate': return this.go(command.run, (done) => done.complete !== undefined, false, new UpdateProfiler());
      case 'pause': {
        this.mustStop = false;
        if (this.live?.id === command.run) await this.rest(this.live);
        return;
      }
      case 'compare': return this.compare(command.run, command.wish);
      case 'applyEdits': {
        const { live } = this;
        if (live?.id !== command.run) return;
        await applyEdits(live.run, command, (event) => this.post(live.id, event));
        return this.rest(live);
      }
      // heard at once, in receive()
      case 'exportState':
      case 'changeSettings':
      case 'pace':
      case 'cancelCompare':
      case 'cancelJudging': return;
      case 'nameJudge': {
        const { endpoint, settings, files } = command;
        return this.parts.nameJudge?.({ endpoint, settings, files });
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

  private async start(run: string, given: RunConfiguration, noGpuBecause?: string): Promise<void> {
    this.mustStop = false;
    this.recovery.forget();
    if (this.live !== undefined || noGpuBecause !== undefined) this.drop();
    const configuration = readConfiguration(given);
    this.points = new RewindPoints();
    await this.begin({ id: run, configuration }, { noGpuBecause });
    this.announce();
  }

  private async resume({ run, id, isCopy, noGpuBecause }: CommandOf<'resume'>): Promise<void> {
    await this.goOn(run, noGpuBecause, async () => {
      const keeper = this.parts.keeper!;
      const { state, records } = isCopy === true ? await keeper.read(id) : await keeper.open(id);
      return { state, records, isNew: isCopy };
    });
  }

  /** Of a run file: the page has its records already. */
  private async resumeFile({ run, state, records, noGpuBecause }: CommandOf<'resumeFile'>): Promise<void> {
    await this.goOn(run, noGpuBecause, async () => ({ state: openRunState(state, 'state'), records, isNew: true, isShown: true }));
  }

  /** The run that it comes from stays kept as it is. */
  private async goBack({ run, update, settings, records }: CommandOf<'goBack'>): Promise<void> {
    await this.goOn(run, undefined, async () => {
      const state = this.points.at(update);
      if (state === undefined) throw new Error(`Update ${update} is not at hand any more.`);
      return { state, records, isNew: true, isShown: true, settings, points: this.points.before(update) };
    });
  }

  private async goOn(run: string, noGpuBecause: string | undefined, open: () => Promise<Opened>): Promise<void> {
    this.mustStop = false;
    this.recovery.forget();
    // its device opens anew, with the kernels of then
    this.drop();
    try {
      const { state, records, isNew = false, isShown = false, settings, points = new RewindPoints([state]) } = await open();
      const { lines, header: { configuration }, kernelChoice } = state;
      this.points = points;
      await this.begin({ id: run, configuration, committed: state }, { storedChoice: kernelChoice, noGpuBecause });
      if (settings !== undefined) this.live?.run.changeSettings(settings);
      const adopted = isNew && this.live !== undefined ? await this.parts.keeper?.adopt({ ...state, header: this.live.run.header }, this.live.run.names, records) : { update: lines.length };
      this.announce({ lines, updates: isShown ? [] : records }, adopted);
    } catch (error) {
      this.drop();
      await this.listSaved();
      throw error;
    }
  }

  private async begin(begun: Begun, wish: BackendWish): Promise<void> {
    try {
      await this.prepare(begun, wish, (done, total) => {
        if (this.news.isDue() || done === total) this.post(begun.id, { kind: 'preparing', done, total });
      });
    } catch (error) {
      if (!(error instanceof ResourceLost)) throw error;
      await this.recovery.recover(begun, error, wish.noGpuBecause !== undefined);
    }
  }

  /** Makes the run live; whoever called tells of it. */
  private async prepare({ id, configuration, committed }: Begun, wish: BackendWish, onProgress: Progress): Promise<Live> {
    const { executor, lost } = await this.device.open(wish);
    const run = await this.parts.prepare(id, configuration, executor, onProgress, committed).catch((error: unknown) => {
      this.free();
      throw error;
    });
    const live: Live = { id, configuration, run, ...(committed !== undefined && { committed, told: committed }) };
    this.live = live;
    void lost?.then((message) => { this.queue = this.queue.then(() => this.lostWhileIdle(live, message)); });
    return live;
  }

  private announce(past?: Past, kept?: Kept): void {
    if (this.live === undefined) return;
    const { id, run: { header, names, updates } } = this.live;
    this.post(id, { kind: 'header', header, names, ...(past !== undefined && { past }) });
    this.post(id, { kind: 'paused', update: updates, ...(kept !== undefined && { kept }), ...this.standing });
  }

  /** Walks phases until `isEnough`, or until told to stop: then whoever told it speaks next. */
  private async go(run: string, isEnough: (done: PhaseDone) => boolean, withRecord: boolean, profiler?: UpdateProfiler): Promise<void> {
    for (;;) {
      await messagesHeard();
      const { live } = this;
      if (this.mustStop || live === undefined || live.id !== run) return;
      try {
        const next = () => live.run.nextPhase();
        const done = profiler === undefined || this.device.executor === undefined ? await next() : await profiler.phase(this.device.executor, live.run.upcomingPhase, next);
        const kept = done.complete && await this.commit(live, done.complete);
        this.news.phase(live.id, done, withRecord, kept || undefined);
        live.told = live.committed;
        if (!isEnough(done)) {
          if (done.complete !== undefined) await this.pauseBetween(live);
          continue;
        }
        if (profiler !== undefined) this.post(run, { kind: 'profile', profile: profiler.profileOf(done.update) });
        return await this.rest(live);
      } catch (error) {
        if (error instanceof NonFiniteError) throw error;
        if (error instanceof JudgeStopped) return await this.waitForJudge(live, error);
        await this.recovery.recover(live, error);
        // stepping by phase ends here: its phases are gone
        if (withRecord && this.live !== undefined) return this.rest(this.live);
      }
    }
  }

  /** Until told to stop, or to wait less. */
  private async pauseBetween({ id }: Live): Promise<void> {
    if (this.pauseMs > 0) this.news.updates(id);
    for (let waited = 0; waited < this.pauseMs && !this.mustStop; waited += 50) await messagesHeard(50);
  }

  /** The critique phase is still to come: nothing was lost, and a person may help. */
  private async waitForJudge(live: Live, { message, asks }: JudgeStopped): Promise<void> {
    // whoever dropped the run does not want to hear of it
    if (this.mustStop) return;
    this.news.updates(live.id);
    this.post(live.id, { kind: 'judgeStopped', message, ...(asks !== undefined && { asks }) });
    await this.rest(live);
  }

  private async compare(run: string, wish: CompareWish): Promise<void> {
    const { live } = this;
    if (live === undefined || live.id !== run) return;
    try {
      await compareMethods(live.run, wish, {
        isCancelled: async () => {
          await messagesHeard();
          return this.mustEndComparison;
        },
        isDue: () => this.news.isDue(),
        post: (event, transfer) => this.post(run, event, transfer),
      });
    } catch (error) {
      await this.recovery.recover(live, error);
    }
  }

  /** Of the last update that is told: that stays as it is while the next one is made. */
  private exportState(run: string): void {
    if (this.live !== undefined) this.news.updates(this.live.id);
    const told = this.live?.id === run ? this.live.told : undefined;
    const bytes = told === undefined ? null : writeRunState(told);
    this.post(run, { kind: 'state', update: told?.lines.length ?? 0, bytes }, bytes === null ? [] : [bytes.buffer]);
  }

  /** How far the judge of the live run is. */
  judging(progress: JudgeProgress): void {
    // a judge that is slow to answer, and a file that is slow to come, are told of from their beginning
    const isBeginning = progress.done === 0 && progress.loading === undefined;
    const isNew = isBeginning || progress.done === progress.total || progress.loading?.file !== this.loadingFile;
    this.loadingFile = progress.loading?.file;
    if (this.live !== undefined && (isNew || this.news.isDue())) this.post(this.live.id, { kind: 'judging', progress });
  }

  private async commit(live: Live, record: UpdateRecord): Promise<Kept | undefined> {
    live.committed = await live.run.state([...(live.committed?.lines ?? []), record.line], this.device.kernelChoice);
    this.points.add(live.committed);
    return this.parts.keeper?.committed(live.committed, live.run.names, record);
  }

  /** A loss during a phase fails that phase; then the run is another by now. */
  private async lostWhileIdle(live: Live, message: string): Promise<void> {
    if (this.live === live) await this.recovery.recover(live, new ResourceLost(message));
  }

  private async rest({ id, run }: Live): Promise<void> {
    this.news.updates(id);
    const kept = await this.parts.keeper?.rest();
    this.post(id, { kind: 'paused', update: run.updates, ...(kept !== undefined && { kept }), ...this.standing });
  }

  private get standing(): Standing {
    const id = this.parts.keeper?.id;
    return { canGoBackTo: this.points.updates, ...(id !== undefined && { keptAs: id }) };
  }

  private async forget(id: string): Promise<void> {
    await this.parts.keeper?.forget(id).finally(() => this.listSaved());
  }

  private async listSaved(): Promise<void> {
    if (this.parts.keeper !== undefined) this.post(NO_RUN, { kind: 'savedRuns', runs: await this.parts.keeper.list() });
  }

  private async fail(run: string, error: unknown): Promise<void> {
    const { live } = this;
    if (live !== undefined) this.news.updates(live.id);
    if (live === undefined || live.id !== run) {
      return this.post(run, { kind: 'error', message: sentence(error) });
    }
    if (error instanceof NonFiniteError) return this.stop(live, { reason: 'non-finite', tensor: error.tensor, message: error.message });
    this.post(run, { kind: 'error', message: sentence(error) });
  }

  /** What the browser keeps of it is among the kept runs then. */
  private async stop(live: Begun, why: Pick<Extract<EventBody, { kind: 'stopped' }>, 'reason' | 'tensor' | 'message'>): Promise<void> {
    this.drop();
    this.post(live.id, { kind: 'stopped', update: live.committed?.lines.length ?? 0, canGoBackTo: this.points.updates, ...why });
    await this.listSaved();
  }

  /** Abandons the run. */
  private drop(): void {
    this.news.forget();
    this.parts.keeper?.release();
    this.free();
  }

  /** Frees the run's memory; the next one opens the device anew. */
  private free(): void {
    this.live = undefined;
    this.parts.dropped?.();
    this.device.free();
  }

  private post(run: string, body: EventBody, transfer: ArrayBuffer[] = []): void {
    this.parts.post({ protocol: PROTOCOL_VERSION, run, ...body }, transfer);
  }
}

/** On the processor a phase never waits for anything, and a worker hears messages only between tasks. */
function messagesHeard(afterMs = 0): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, afterMs); });
}

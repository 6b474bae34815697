// Devices that are lost, full or gone with their worker, at any moment of a run: training goes back to the last committed
// update and its lines are those of a run that nothing happened to.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CpuExecutor } from '../gpu/cpuExecutor';
import type { Executor } from '../gpu/executor';
import { ResourceLost } from '../gpu/resourceLost';
import type { RunConfiguration } from '../lab/configuration';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { prepareRun } from '../lab/prepareRun';
import { readConfiguration } from '../lab/readConfiguration';
import type { RunState } from '../lab/runState';
import { engineValueCritic, type ValueCritic } from '../lab/valueCritic';
import { catalogue } from './catalogue';
import { CriticClient } from './criticClient';
import { CriticHost } from './criticHost';
import type { CriticReply, CriticRequest } from './criticMessages';
import { KEPT_CONFIGURATION, prepareTiny, savedRunsIn } from './keptRunTesting';
import { FakeFolder, FakeLocks } from './privateFileTesting';
import { PROTOCOL_VERSION, type CommandBody, type EventBody, type TrainingEvent } from './protocol';
import { RunKeeper } from './runKeeper';
import type { BackendWish, HostParts } from './hostParts';
import { TrainingHost } from './trainingHost';

const UPDATES = 4;
const UPDATE: CommandBody = { kind: 'nextUpdate' };

/** Computes as the processor does and says that it is a GPU. Lost after so many calls, and from then on. */
class Gpu extends CpuExecutor {
  lose: (message: string) => void = () => {};
  readonly lost = new Promise<string>((resolve) => { this.lose = resolve; });
  calls = 0;

  constructor(private readonly life = Infinity) {
    super({ useSimd: true });
    Object.assign(this, { kind: 'webgpu', description: 'a GPU' });
  }

  override async runAndRead(...asked: Parameters<Executor['runAndRead']>): ReturnType<Executor['runAndRead']> {
    this.live();
    return super.runAndRead(...asked);
  }

  override async read(...asked: Parameters<Executor['read']>): ReturnType<Executor['read']> {
    this.live();
    return super.read(...asked);
  }

  private live(): void {
    if (++this.calls <= this.life) return;
    this.lose('the GPU device was lost (unplugged)');
    throw new ResourceLost('the GPU device was lost (unplugged)');
  }
}

/** A host, what it said, and the devices that it opened. `lives`: calls that each GPU lasts; those after it last for ever. */
class Bench {
  readonly events: TrainingEvent[] = [];
  readonly wishes: (BackendWish | undefined)[] = [];
  readonly gpus: Gpu[] = [];
  clock = 0;
  readonly host: TrainingHost;

  constructor(readonly configuration: RunConfiguration, prepare: HostParts['prepare'], lives: number[] = [], more: Partial<HostParts> = {}) {
    this.host = new TrainingHost({
      catalogue: catalogue(),
      post: (event, transfer) => this.events.push(structuredClone(event, { transfer })),
      openBackend: async (wish) => {
        this.wishes.push(wish);
        if (wish?.noGpuBecause !== undefined) return { executor: new CpuExecutor({ useSimd: true }), reason: wish.noGpuBecause };
        const gpu = new Gpu(lives.shift());
        this.gpus.push(gpu);
        return { executor: gpu as unknown as Executor, lost: gpu.lost };
      },
      prepare, close: () => {}, now: () => this.clock, ...more,
    });
  }

  async send(...bodies: CommandBody[]): Promise<this> {
    for (const body of bodies) {
      this.host.receive({ protocol: PROTOCOL_VERSION, run: 'a', ...body });
      await this.host.idle();
    }
    return this;
  }

  /** Starts and trains so many updates. */
  async train(updates = UPDATES): Promise<this> {
    await this.send({ kind: 'start', configuration: this.configuration });
    for (let i = 0; i < updates; i++) await this.send(UPDATE);
    return this;
  }

  all<K extends EventBody['kind']>(kind: K): Extract<TrainingEvent, { kind: K }>[] {
    return this.events.filter((event) => event.kind === kind) as Extract<TrainingEvent, { kind: K }>[];
  }

  get records() {
    return this.all('updates').flatMap(({ records }) => records);
  }
}

const tiny: HostParts['prepare'] = (_, configuration, executor, __, resumed) => prepareTiny(configuration, executor, resumed);

describe('a device of the policy', () => {
  const bench = (...lives: number[]) => new Bench(KEPT_CONFIGURATION, tiny, lives);

  test('lost at any call: what comes after is what would have come', async () => {
    const unbroken = await bench().train();
    const calls = unbroken.gpus[0]!.calls;
    const started = await bench().train(0);
    const found = new Set<number>();
    for (let life = started.gpus[0]!.calls; life < calls; life += Math.ceil(calls / 25)) {
      const broken = await bench(life).train();
      expect(broken.records, `lost after ${life} calls`).toEqual(unbroken.records);
      const [begun, done, ...more] = broken.all('rolledBack');
      expect([more.length, begun!.header, done!.header], `lost after ${life} calls`).toEqual([0, undefined, unbroken.all('header')[0]!.header]);
      expect(begun!.update).toBe(done!.update);
      found.add(done!.update);
      expect(broken.gpus.length).toBe(2);
    }
    expect(found).toEqual(new Set([0, 1, 2, 3]));
  }, 60_000);

  test('says what happened, and asks for the kernels of before', async () => {
    const calls = (await bench().train(2)).gpus[0]!.calls;
    const broken = await bench(calls + 3).train();
    expect(broken.all('rolledBack').map(({ update, message }) => [update, message])).toEqual([
      [2, 'Update 3 was broken off: the GPU device was lost (unplugged). Training is back at update 2; opening a new device.'],
      [2, 'Update 3 was broken off: the GPU device was lost (unplugged). Training is back at update 2 and goes on with a new device.'],
    ]);
    expect(broken.wishes.at(-1)).toEqual({ storedChoice: {} });
    expect(broken.all('stopped')).toEqual([]);
  });

  test('lost twice within a minute it is the processor\'s turn, and the page hears why', async () => {
    const unbroken = await bench().train();
    const calls = (await bench().train(2)).gpus[0]!.calls;
    const broken = await bench(calls + 3, 40).train();
    expect(broken.records.map(({ line }) => line)).toEqual(unbroken.records.map(({ line }) => line));
    expect(broken.wishes.at(-1)).toEqual({ noGpuBecause: 'Training was broken off twice within a minute, last because the GPU device was lost (unplugged).' });
    expect(broken.all('backend').at(-1)).toMatchObject({ backend: 'cpu', reason: expect.stringContaining('twice within a minute') });
    const last = broken.all('rolledBack').at(-1)!;
    expect(last.message).toContain('goes on with the processor, because this was the second time within a minute');
    expect(last.header).toMatchObject({ executor: 'cpu', earlier: [{ until: last.update, executor: 'webgpu', adapter: 'a GPU' }] });
  });

  test('lost again after more than a minute it gets another new device', async () => {
    const calls = (await bench().train(1)).gpus[0]!.calls;
    const broken = bench(calls + 3, 1000);
    await broken.train(2);
    broken.clock += 60_001;
    for (let i = 0; i < 40 && broken.all('rolledBack').length < 4; i++) await broken.send(UPDATE);
    expect(broken.gpus.length).toBe(3);
    expect(broken.all('backend').every(({ backend }) => backend === 'webgpu')).toBe(true);
  }, 60_000);

  test('lost while the run waits it is replaced at once; nothing trains', async () => {
    const unbroken = await bench().train(3);
    const broken = await bench().train(2);
    broken.gpus[0]!.lose('the GPU device was lost');
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    await broken.host.idle();
    expect(broken.all('rolledBack').map(({ update }) => update)).toEqual([2, 2]);
    await broken.send(UPDATE);
    expect(broken.records).toEqual(unbroken.records);
  });

  test('stepping by phase, the phases of the broken update are gone', async () => {
    const calls = (await bench().train(1)).gpus[0]!.calls;
    const broken = await bench(calls + 5).train(1);
    for (let i = 0; i < 5 && broken.all('rolledBack').length === 0; i++) await broken.send({ kind: 'nextPhase' });
    expect(broken.events.at(-1)).toMatchObject({ kind: 'paused', update: 1 });
    broken.events.length = 0;
    await broken.send({ kind: 'nextPhase' });
    expect(broken.all('phase')[0]).toMatchObject({ update: 2, phase: 'sample' });
  });

  test('full before the first update: a new device, then the processor, then it stops; other errors are not tried again', async () => {
    const full = (times: number, error: Error): HostParts['prepare'] => {
      let left = times;
      return async (...asked) => (left-- > 0 ? Promise.reject(error) : tiny(...asked));
    };
    const attempt = (times: number, error: Error) => new Bench(KEPT_CONFIGURATION, full(times, error)).train(1);
    const memory = new ResourceLost('the GPU\'s memory is full');
    const unbroken = await bench().train(1);
    const [once, twice, thrice] = [await attempt(1, memory), await attempt(2, memory), await attempt(3, memory)];
    expect(once.all('header')[0]!.header).toEqual(unbroken.all('header')[0]!.header);
    expect(once.all('rolledBack').at(-1)!.message).toBe('Update 1 was broken off: the GPU\'s memory is full. The run begins anew and goes on with a new device.');
    expect(twice.all('header')[0]!.header).toMatchObject({ executor: 'cpu' });
    expect(twice.all('header')[0]!.header.earlier).toBeUndefined();
    expect(twice.records.map(({ line }) => line)).toEqual(unbroken.records.map(({ line }) => line));
    expect(thrice.all('stopped')[0]).toMatchObject({ reason: 'device-lost', update: 0, message: expect.stringContaining('on the processor too: the GPU\'s memory is full. Reset') });
    expect((await attempt(1, new Error('models/x is not there (404)'))).events.at(-1)).toMatchObject({ kind: 'error', message: 'models/x is not there (404)' });
  });

  test('the kept run is not harmed', async () => {
    const calls = (await bench().train(2)).gpus[0]!.calls;
    const root = new FakeFolder();
    const saved = savedRunsIn(root, new FakeLocks());
    const broken = await new Bench(KEPT_CONFIGURATION, tiny, [calls + 3], { keeper: new RunKeeper(saved, () => 0) }).train();
    expect(broken.all('rolledBack').length).toBe(2);
    await broken.send({ kind: 'reset' });
    const { state } = await savedRunsIn(root, new FakeLocks()).open('run-1');
    expect(state.lines).toEqual((await bench().train()).records.map(({ line }) => line));
    expect(broken.all('paused').at(-1)!.keptAs).toBe('run-1');
  });
});

describe('a device or worker of the value model', () => {
  const configuration = readConfiguration({ method: 'ppo', problemsPerUpdate: 4, answersPerProblem: 3, testProblems: 2, loss: { minibatches: 2 } });
  const files = async (name: string) => new Uint8Array(readFileSync(`public/models/chain/${name}`));
  const LATER = 3;

  /** Critics in a worker made by hand, each with a value model that fails as told. */
  function withCritics(failures: ((critic: ValueCritic, crash: () => void) => ValueCritic)[]): Bench {
    const client = new CriticClient(() => {
      let hear: (event: MessageEvent<CriticReply>) => void = () => undefined;
      let fail: (event: ErrorEvent) => void = () => undefined;
      let isDead = false;
      const crash = () => {
        isDead = true;
        fail({ message: 'out of memory', preventDefault: () => {} } as ErrorEvent);
      };
      const host = new CriticHost(async ({ configuration: asked, resumed }) => {
        const critic = await engineValueCritic(new CpuExecutor({ useSimd: true }), asked, files, resumed);
        return { critic: failures.shift()?.(critic, crash) ?? critic, close: () => undefined };
      });
      return {
        postMessage: (request: CriticRequest) => {
          void host.receive(structuredClone(request)).then((reply) => { if (reply !== undefined && !isDead) hear({ data: structuredClone(reply) } as MessageEvent<CriticReply>); });
        },
        addEventListener: (type: string, heard: never) => { if (type === 'message') hear = heard; else fail = heard; },
        terminate: () => { isDead = true; },
      };
    });
    let conversations = 0;
    const prepare = async (run: string, asked: RunConfiguration, executor: Executor, _: unknown, resumed?: RunState) => {
      const conversation = `${run}/${++conversations}`;
      const values = await client.valuesOf(conversation, asked, executor.kind, resumed);
      return prepareRun({ configuration: asked, executor, makePolicy: makeEnginePolicy, files, critic: client.criticOf(conversation, asked), values, watchedAnswers: 0, clock: () => 0, resumed });
    };
    return new Bench(configuration, prepare, [], { dropped: () => client.dropValues() });
  }

  test.each<[string, (critic: ValueCritic, crash: () => void) => ValueCritic, RegExp]>([
    ['its device is lost when it has learned half of an update', (critic) => ({
      ...critic,
      learn: async (sample, update, ...rest) => {
        const learned = await critic.learn(sample, update, ...rest);
        if (update === 2) throw new ResourceLost('the GPU device was lost');
        return learned;
      },
    }), /value model: the GPU device was lost/],
    ['its worker crashes while the policy learns', (critic, crash) => ({
      ...critic,
      learn: async (sample, update, ...rest) => {
        if (update === 2) crash();
        return critic.learn(sample, update, ...rest);
      },
    }), /the critics' worker failed \(out of memory\)/],
    ['its worker crashes when the update is done and its state is asked for', (critic, crash) => ({
      ...critic,
      readState: async (update) => {
        if (update === 2) crash();
        return critic.readState(update);
      },
    }), /the critics' worker failed/],
  ])('%s: both models go back together', async (_, failure, message) => {
    const unbroken = await withCritics([]).train(LATER);
    const broken = await withCritics([failure]).train(LATER);
    expect(broken.records).toEqual(unbroken.records);
    expect(unbroken.records.every(({ valueModel }) => valueModel !== undefined)).toBe(true);
    expect(broken.all('rolledBack').map(({ update }) => update)).toEqual([1, 1]);
    expect(broken.all('rolledBack')[0]!.message).toMatch(message);
  }, 60_000);
});

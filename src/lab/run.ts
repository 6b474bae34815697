// A run: one update after the other, each a row of phases. The page steps through the phases; headless commands take
// whole updates; both walk the same code. All that decides the numbers is the configuration, adapter and kernel choice.

import { FIRST_CHARACTER_TOKEN, type Problem } from '../tasks/task';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { addSettings, configurationAt, readLiveSettings, type Intervention } from './interventions';
import { JudgeStopped } from './judging';
import { refuseNonFiniteNumbers } from './nonFinite';
import { compareMethods, type Comparison, type CompareRequest, type CompareWatch } from './fidelity/compare';
import { testAccuracy } from './heldOut';
import type { RunContext } from './phases/context';
import { noSignalShare } from './phases/credit';
import { gradient, type GradientSoFar } from './phases/gradient';
import { learnValues } from './phases/learnValues';
import { sample } from './phases/sample';
import { score } from './phases/score';
import { applyUpdate } from './phases/update';
import type { ModelState, PolicyState } from './policyModel';
import { PHASES, type Phase, type RunHeader, type RunNames, type SampleRecord, type ScoreRecord, type TopTokens, type UpdateLine, type UpdateRecord } from './record';
import { forEachToken } from './rows';
import { joinKernelChoice, type RunState } from './runState';
import type { Edit } from './whatIf/edits';
import { whatIf } from './whatIf/whatIf';

/** The records of an update so far: those of its finished phases. */
export type RecordSoFar = Partial<UpdateRecord> & Pick<UpdateRecord, 'sample'>;

export interface PhaseDone {
  /** counted from 1 */
  readonly update: number;
  readonly phase: Phase;
  readonly record: RecordSoFar;
  /** the whole record, after the last phase */
  readonly complete?: UpdateRecord;
}

/** What is on its way between two phases. */
interface Pending {
  record: RecordSoFar;
  topBefore?: TopTokens;
  /** of the value model, before each token */
  values_NT?: Float32Array;
  gradientSoFar?: GradientSoFar;
  /** mean over the update's steps */
  gradNormByLayer?: readonly number[];
}

export class Run {
  private done: number;
  private nextIndex = 0;
  private pending: Pending | undefined;
  private seconds: Record<Phase | 'test', number> = noSeconds();
  private isBroken = false;
  /** of both models, since they last learned; read once, however often it is asked for */
  private states: Promise<[PolicyState, ModelState | undefined]> | undefined;

  /** with what was changed on the way */
  private headerNow: RunHeader;

  constructor(
    private context: RunContext,
    header: RunHeader,
    readonly names: RunNames,
    private readonly heldOut: readonly Problem[],
    /** seconds since any fixed moment */
    private readonly clock: () => number,
    /** for a run that goes on: updates that the model has behind it */
    updatesBefore = 0,
  ) {
    this.done = updatesBefore;
    this.headerNow = header;
  }

  get header(): RunHeader {
    return this.headerNow;
  }

  /** Updates done. */
  get updates(): number {
    return this.done;
  }

  get upcomingPhase(): Phase {
    return PHASES[this.nextIndex]!;
  }

  async nextPhase(): Promise<PhaseDone> {
    if (this.isBroken) throw new Error('the run has stopped');
    const phase = this.upcomingPhase;
    const update = this.done + 1;
    const started = this.clock();
    this.states = undefined;
    if (phase === 'sample') this.context = { ...this.context, configuration: configurationAt(this.header.configuration, this.header.interventions, update) };
    try {
      this.pending = await this.runPhase(phase, update, this.pending);
    } catch (error) {
      // a judge that stopped changed nothing: the phase can be asked again
      this.isBroken = !(error instanceof JudgeStopped);
      throw error;
    }
    this.seconds[phase] = this.clock() - started;
    this.nextIndex = (this.nextIndex + 1) % PHASES.length;
    if (phase !== 'update') return { update, phase, record: this.pending.record };
    const complete = await this.complete(update, this.pending.record, this.pending.gradNormByLayer!);
    return { update, phase, record: complete, complete };
  }

  /** Runs what is left of the current update. */
  async nextUpdate(onPhase?: (done: PhaseDone) => void): Promise<UpdateRecord> {
    for (;;) {
      const done = await this.nextPhase();
      onPhase?.(done);
      if (done.complete !== undefined) return done.complete;
    }
  }

  /** From the next update on: the one that is under way keeps what it began with. Throws a RangeError with a sentence for a person. */
  changeSettings(given: Readonly<Record<string, unknown>>): void {
    const settings = readLiveSettings(given, this.header.configuration);
    const update = this.done + (this.nextIndex === 0 ? 1 : 2);
    this.headerNow = { ...this.header, interventions: addSettings(this.header.interventions, update, settings) };
  }

  /** What was changed before the run was lost and begun again from an earlier update. What was changed in an update that is gone, is gone. */
  takeOverSettings(interventions: readonly Intervention[] | undefined): void {
    for (const one of interventions ?? []) {
      if (one.kind === 'settings' && one.update > this.done) this.headerNow = { ...this.header, interventions: addSettings(this.header.interventions, one.update, one.settings) };
    }
  }

  /** Trains this update on credit with some numbers changed; only between the credit and the gradient phase, and once an update. */
  async applyEdits(edits: readonly Edit[]): Promise<PhaseDone> {
    const update = this.done + 1;
    const record = this.pending?.record;
    const { sample, score: scored, critique, credit } = record ?? {};
    if (this.isBroken || this.upcomingPhase !== 'gradient' || sample === undefined || scored === undefined || critique === undefined || credit === undefined) {
      throw new RangeError('Changes can be applied between the credit and the gradient phase only.');
    }
    if (record?.edited !== undefined) throw new RangeError('Changes were applied to this update already.');
    const changed = await whatIf(new CpuExecutor(), this.context.configuration, { update, sample, score: scored, critique, credit }, edits);
    refuseNonFiniteNumbers('advantages', changed.credit.advantages_NT, update);
    this.pending = { ...this.pending, record: { ...record, sample, credit: changed.credit, edited: edits } };
    this.headerNow = { ...this.header, interventions: [...(this.header.interventions ?? []), { kind: 'edits', update, edits }] };
    return { update, phase: 'credit', record: this.pending.record };
  }

  /** What another process needs to go on from here; only between two updates. `lines`: of all updates so far; `kernelChoice`: the policy's. */
  async state(lines: readonly UpdateLine[], kernelChoice: Readonly<Record<string, string>>): Promise<RunState> {
    if (this.nextIndex !== 0 || this.isBroken) throw new Error('a run can be saved between two updates only');
    if (lines.length !== this.done) throw new Error(`${lines.length} lines for ${this.done} updates`);
    const { model, task, values } = this.context;
    this.states ??= Promise.all([model.readState(), values?.readState(this.done)]);
    const [policy, valueState] = await this.states;
    return {
      header: this.header, model: model.config, characters: task.alphabet.slice(FIRST_CHARACTER_TOKEN),
      lines: [...lines], kernelChoice: joinKernelChoice(kernelChoice, values), policy, ...(valueState !== undefined && { values: valueState }),
    };
  }

  /** Several methods and the truth on a fresh batch of the policy as it is; only between two updates, and the run goes on as if nothing had been asked. */
  async compare(batch: { readonly problems: number; readonly answers: number }, request: CompareRequest, watch: Omit<CompareWatch, 'clock'>): Promise<Comparison> {
    const { workbench, configuration, task, model, values } = this.context;
    if (workbench === undefined) throw new Error('methods cannot be compared on this run');
    if (this.nextIndex !== 0 || this.isBroken) throw new Error('methods can be compared between two updates only: finish this one first');
    // a language model is not asked for a comparison: there the exact checker judges, and the comparison says so
    const critic = (configuration.critic.judge ?? 'exact') !== 'exact' ? { ...configuration.critic, judge: 'exact' as const } : configuration.critic;
    const asked = { ...configuration, critic, problemsPerUpdate: batch.problems, answersPerProblem: batch.answers };
    return compareMethods(workbench.executor, { configuration: asked, task, model, continuer: () => workbench.continuer(), ...(values !== undefined && { values }) }, request, { ...watch, clock: this.clock });
  }

  private async runPhase(phase: Phase, update: number, pending: Pending | undefined): Promise<Pending> {
    const { context } = this;
    if (phase === 'sample') return { record: { sample: await sample(context, update) } };
    if (pending === undefined) throw new Error(`phase ${phase} has nothing before it`);
    const { record } = pending;
    switch (phase) {
      case 'score': {
        const [{ record: scored, topBefore }, values_NT] = await Promise.all([score(context, update, record.sample), context.values?.score(record.sample, update)]);
        return { record: { ...record, score: scored }, ...(topBefore !== undefined && { topBefore }), ...(values_NT !== undefined && { values_NT }) };
      }
      case 'critique': return { ...pending, record: { ...record, critique: await context.critic(record.sample, update) } };
      case 'credit': return { ...pending, record: { ...record, credit: await context.credit(update, record.sample, record.score!, record.critique!, pending.values_NT, context.configuration) } };
      case 'gradient': {
        const { stepNorms, ...gradientSoFar } = await gradient(context, update, record.sample, record.score!, record.credit!);
        // the norm of the last step is not known yet; the update phase fills it in
        return { ...pending, gradientSoFar: { ...gradientSoFar, stepNorms }, record: { ...record, gradient: { ...gradientSoFar, gradientNorm: stepNorms.at(-1)?.gradientNorm ?? 0 } } };
      }
      case 'update': {
        // side by side; the update is done when both models have learned
        const [{ after, ...stepNorms }, valueModel] = await Promise.all([
          applyUpdate(context, update, record.sample, pending.topBefore),
          learnValues(context, update, record.sample, record.credit!, pending.values_NT),
        ]);
        const norms = [...pending.gradientSoFar!.stepNorms, stepNorms];
        return {
          ...pending,
          gradNormByLayer: stepNorms.gradientNormByLayer.map((_, layer) => mean(norms.map((one) => one.gradientNormByLayer[layer]!))),
          record: {
            ...record,
            gradient: { ...record.gradient!, gradientNorm: mean(norms.map((one) => one.gradientNorm)) },
            ...(valueModel !== undefined && { valueModel }),
            ...(after !== undefined && { after }),
          },
        };
      }
    }
  }

  private async complete(update: number, record: RecordSoFar, gradNormByLayer: readonly number[]): Promise<UpdateRecord> {
    const started = this.clock();
    const isTested = update % this.context.configuration.testEvery === 0;
    const accuracy = isTested ? await testAccuracy(this.context.task, this.context.model, this.heldOut, this.context.configuration, update) : null;
    this.seconds.test = this.clock() - started;
    const whole = record as Omit<UpdateRecord, 'line'>;
    const line = updateLine(update, accuracy, whole, gradNormByLayer, this.seconds);
    this.done = update;
    this.pending = undefined;
    this.seconds = noSeconds();
    return { ...whole, line };
  }
}

const noSeconds = (): Record<Phase | 'test', number> => ({ sample: 0, score: 0, critique: 0, credit: 0, gradient: 0, update: 0, test: 0 });

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

function updateLine(update: number, accuracy: number | null, record: Omit<UpdateRecord, 'line'>, gradNormByLayer: readonly number[], seconds: UpdateLine['seconds']): UpdateLine {
  const { sample: sampled, score: scored, credit, gradient: { kl, clipShare, gradientNorm } } = record;
  return {
    update,
    reward: scored.outcome_N.reduce((sum, one) => sum + one, 0) / sampled.answers,
    accuracy,
    entropy: tokenMean(scored, sampled),
    kl,
    clipShare,
    gradNorm: gradientNorm,
    gradNormByLayer,
    noSignalShare: noSignalShare(sampled, credit),
    samplerGap: scored.samplerGap,
    explainedVariance: record.valueModel?.explainedVariance ?? null,
    seconds,
  };
}

function tokenMean({ entropy_NT }: ScoreRecord, { lengths_N, width }: SampleRecord): number {
  let [sum, tokens] = [0, 0];
  forEachToken(lengths_N, width, (i) => { sum += entropy_NT[i]!; tokens++; });
  return sum / Math.max(1, tokens);
}

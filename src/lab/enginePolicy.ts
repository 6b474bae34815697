// The policy on an executor: the PolicyModel of the phases, built from the plans of src/model. Answers are cut into
// micro-batches that fit the memory budget; gradients accumulate over them.

import { planBuffer, slice, type BufferOrSlice, type ElementArray, type PlanBuffer, type Slice } from '../gpu/buffer';
import { floatsOf, wordsOf, type Executor, type PlanRun } from '../gpu/executor';
import { Plan, variable, type Variables } from '../gpu/plan';
import { policyLogitsGrad } from '../kernels/loss/policyLogitsGrad';
import { tokenStatistics } from '../kernels/loss/tokenStatistics';
import { topTokens } from '../kernels/sampling/topTokens';
import { checkModelConfig, type ModelConfig } from '../model/config';
import { GradientNorms } from '../model/gradientNorms';
import { NonFiniteSearch } from '../model/nonFiniteSearch';
import { Optimizer } from '../model/optimizer';
import { FlatTensors, layOutParameters, type ParameterLayout } from '../model/parameterLayout';
import { ropeTable } from '../model/ropeTable';
import { Sampler, type SampledAnswers, type SamplerSettings } from '../model/sampler';
import { SequenceModel } from '../model/sequenceModel';
import { readTensors, writeTensors } from './flatState';
import { INSPECTED, inspectedAtOnce, PolicyInspection, type Inspection } from './policyInspection';
import { PolicyLossCalls, type LossKind } from './policyLossCalls';
import type { AnswerBatch, LossSettings, LossTerms, PolicyModel, PolicyState, Searched, StepNorms, StepSettings, Tensors, TokenLosses, TokenScores } from './policyModel';
import type { TopTokens } from './record';
import { cutBatch } from './rows';
import { sequenceInputs } from './sequenceRows';

export interface EngineShape {
  readonly promptLength: number;
  readonly answerLength: number;
  readonly microbatchAnswers: number;
  /** what one call of sample may ask for */
  readonly promptsPerSample: number;
  readonly answersPerPrompt: number;
}

export type Progress = (done: number, total: number) => void;

export class EnginePolicy implements PolicyModel {
  readonly promptLength: number;
  readonly answerLength: number;
  readonly microbatchAnswers: number;
  private readonly layout: ParameterLayout;
  private readonly weights: FlatTensors;
  private readonly gradients: FlatTensors;
  private readonly reference: FlatTensors;
  private readonly model: SequenceModel;
  private readonly sampler: Sampler;
  private readonly optimizer: Optimizer;
  private readonly layerNorms: GradientNorms;
  private readonly loss: PolicyLossCalls;
  private readonly search: NonFiniteSearch;
  private readonly rope: PlanBuffer;
  private readonly scorePlans: { readonly policy: Plan; readonly reference: Plan };
  /** forward, loss and backward in one plan, by kind of loss */
  private readonly learnPlans = new Map<string, Plan>();
  private readonly clearPlan = new Plan('clear gradients');
  private readonly keepPlan = new Plan('keep reference');
  private readonly top = new Map<number, { readonly plan: Plan; readonly ids: PlanBuffer; readonly probabilities: PlanBuffer }>();
  private steps = 0;
  private hasReference = false;
  private inspection: PolicyInspection | undefined;
  /** read once: it stays as it is */
  private referenceTensors: Tensors | undefined;

  private readonly targets: PlanBuffer;
  private readonly logprobs: PlanBuffer;
  private readonly entropy: PlanBuffer;
  private readonly logsumexp: PlanBuffer;

  /** Allocates memory, compiles all kernels; weights are zero until loadWeights. */
  static async create(executor: Executor, config: ModelConfig, shape: EngineShape, onProgress?: Progress): Promise<EnginePolicy> {
    checkModelConfig(config);
    const policy = new EnginePolicy(executor, config, shape);
    await policy.prepare(onProgress);
    return policy;
  }

  private constructor(private readonly executor: Executor, readonly config: ModelConfig, shape: EngineShape) {
    this.promptLength = shape.promptLength;
    this.answerLength = shape.answerLength;
    this.microbatchAnswers = shape.microbatchAnswers;
    const length = shape.promptLength + shape.answerLength - 1;
    this.layout = layOutParameters(config, executor.maxBindingBytes);
    this.weights = new FlatTensors(this.layout, 'weights');
    this.gradients = new FlatTensors(this.layout, 'gradients');
    this.reference = new FlatTensors(this.layout, 'reference');
    this.rope = planBuffer('rope', length * config.headDim);
    this.model = new SequenceModel(config, { batch: shape.microbatchAnswers, length, spanStart: shape.promptLength - 1, span: shape.answerLength },
      this.weights, this.gradients, this.rope);
    this.sampler = new Sampler(config, {
      prompts: shape.promptsPerSample, answersPerPrompt: shape.answersPerPrompt, promptLength: shape.promptLength, answerLength: shape.answerLength,
    }, this.weights, this.rope);
    this.optimizer = new Optimizer(this.weights, this.gradients);
    this.layerNorms = new GradientNorms(this.gradients);
    const rows = shape.microbatchAnswers * shape.answerLength;
    this.targets = planBuffer('loss.targets', rows, 'u32');
    this.logprobs = planBuffer('loss.logprobs', rows);
    this.entropy = planBuffer('loss.entropy', rows);
    this.logsumexp = planBuffer('loss.logsumexp', rows);
    this.loss = new PolicyLossCalls(rows, this.logprobs, this.entropy);
    this.scorePlans = {
      policy: this.withStatistics(new Plan('score').append(this.model.forwardPlan)),
      reference: this.withStatistics(new Plan('score reference').append(this.model.forwardWith(this.reference))),
    };
    for (const buffer of this.gradients.buffers) this.clearPlan.clear(buffer);
    this.weights.buffers.forEach((buffer, i) => this.keepPlan.copy(buffer, this.reference.buffers[i]!));
    const { firstMoment, secondMoment } = this.optimizer;
    this.search = new NonFiniteSearch({ tensors: this.weights, suffix: '' }, this.model.logits, [
      { tensors: this.gradients, suffix: '.gradient' }, { tensors: firstMoment, suffix: '.first_moment' }, { tensors: secondMoment, suffix: '.second_moment' },
    ]);
  }

  loadWeights(tensors: ReadonlyMap<string, { readonly data: Float32Array<ArrayBuffer> }>): void {
    writeTensors(this.executor, this.weights, tensors);
  }

  async readWeights(): Promise<Tensors> {
    return readTensors(this.executor, this.weights);
  }

  async readGradients(): Promise<Tensors> {
    return readTensors(this.executor, this.gradients);
  }

  async readState(): Promise<PolicyState> {
    const { executor, optimizer: { firstMoment, secondMoment } } = this;
    if (this.hasReference) this.referenceTensors ??= await readTensors(executor, this.reference);
    return {
      weights: await readTensors(executor, this.weights),
      firstMoment: await readTensors(executor, firstMoment),
      secondMoment: await readTensors(executor, secondMoment),
      ...(this.referenceTensors !== undefined && { reference: this.referenceTensors }),
      steps: this.steps,
    };
  }

  async loadState({ weights, firstMoment, secondMoment, reference, steps }: PolicyState): Promise<void> {
    if (reference !== undefined) {
      await this.keepReference();
      writeTensors(this.executor, this.reference, reference);
    }
    writeTensors(this.executor, this.weights, weights);
    writeTensors(this.executor, this.optimizer.firstMoment, firstMoment);
    writeTensors(this.executor, this.optimizer.secondMoment, secondMoment);
    this.steps = steps;
  }

  async keepReference(): Promise<void> {
    await this.executor.prepare(this.keepPlan);
    await this.executor.prepare(this.scorePlans.reference);
    await this.executor.run(this.keepPlan);
    this.hasReference = true;
    this.referenceTensors = undefined;
  }

  /** Prompts beyond what the sampler holds at once are sampled in shards; the draws do not depend on the cut. */
  async sample(prompts: readonly (readonly number[])[], repeat: number, settings: SamplerSettings): Promise<SampledAnswers> {
    const { prompts: mostPrompts, answersPerPrompt } = this.sampler.shape;
    const most = Math.min(mostPrompts, Math.max(1, Math.floor((mostPrompts * answersPerPrompt) / repeat)));
    const shards: SampledAnswers[] = [];
    for (let from = 0; from < prompts.length; from += most) {
      shards.push(await this.sampler.sample(this.executor, prompts.slice(from, from + most), repeat, { ...settings, rowOffset: settings.rowOffset + from * repeat }));
    }
    return {
      tokens_NT: concatenate(Uint32Array, shards.map((one) => one.tokens_NT)),
      lengths_N: concatenate(Uint32Array, shards.map((one) => one.lengths_N)),
      finished_N: concatenate(Uint32Array, shards.map((one) => one.finished_N)),
      logprobs_NT: concatenate(Float32Array, shards.map((one) => one.logprobs_NT)),
    };
  }

  async score(batch: AnswerBatch, temperature: number, weights: 'policy' | 'reference'): Promise<TokenScores & Searched> {
    const microbatches = [...this.microbatches(batch)];
    const parts: TokenScores[] = [];
    let searched: Searched = {};
    for (const [i, part] of microbatches.entries()) {
      const isLast = i === microbatches.length - 1;
      const { scores, more } = await this.pass(part.batch, this.scorePlans[weights], { temperature }, { after: isLast ? [{ plan: this.search.plan }] : [], read: isLast ? [this.search.first] : [] });
      if (isLast) searched = this.searchedIn(more[0]);
      parts.push(scores);
    }
    return { ...joinScores(parts), ...searched };
  }

  async topTokens(batch: AnswerBatch, temperature: number, count: number): Promise<TopTokens & TokenScores> {
    const { plan, ids, probabilities } = await this.topPlan(count);
    const parts: (TokenScores & { ids: Uint32Array<ArrayBuffer>; probabilities: Float32Array<ArrayBuffer> })[] = [];
    for (const part of this.microbatches(batch)) {
      const spanRows = part.rows * this.answerLength;
      const { scores, more } = await this.pass(part.batch, this.scorePlans.policy, { temperature }, {
        after: [{ plan, iterations: [{ spanRows, temperature }] }], read: [slice(ids, 0, spanRows * count), slice(probabilities, 0, spanRows * count)],
      });
      parts.push({ ...scores, ids: wordsOf(more[0]), probabilities: floatsOf(more[1]) });
    }
    return {
      ...joinScores(parts), count,
      ids: concatenate(Uint32Array, parts.map((one) => one.ids)),
      probabilities: concatenate(Float32Array, parts.map((one) => one.probabilities)),
    };
  }

  async inspect(batch: AnswerBatch, temperature: number): Promise<Inspection> {
    const { config, promptLength, answerLength, executor } = this;
    const answers = inspectedAtOnce(config, promptLength + answerLength - 1, this.microbatchAnswers, executor.maxBindingBytes);
    if (this.inspection === undefined) {
      this.inspection = new PolicyInspection(config, this.model, this.targets, { answers, promptLength, answerLength });
      await this.inspection.prepare(executor);
    }
    const parts: Inspection[] = [];
    for (const part of cutBatch(batch, answerLength, answers)) {
      const { more } = await this.pass(part.batch, this.scorePlans.policy, { temperature }, { after: [this.inspection.after(executor, part.batch.lengths_N)], read: this.inspection.targets(part.rows) });
      parts.push(this.inspection.read(more, part.batch.lengths_N));
    }
    return Object.fromEntries(INSPECTED.map((name) => [name, concatenate(Float32Array, parts.map((one) => one[name]))])) as unknown as Inspection;
  }

  /** where a parameter, its gradient or its moments lie */
  tensor(kind: 'weights' | 'gradients' | 'firstMoment' | 'secondMoment', name: string): Slice {
    const flat = { weights: this.weights, gradients: this.gradients, firstMoment: this.optimizer.firstMoment, secondMoment: this.optimizer.secondMoment };
    return flat[kind].of(name);
  }

  async prepareLoss(kind: LossKind): Promise<void> {
    await this.learnPlan(kind);
  }

  async computeGradients(batch: AnswerBatch, terms: LossTerms, settings: LossSettings): Promise<TokenLosses & Searched> {
    const plan = await this.learnPlan(settings);
    const variables = { ...this.loss.variables(settings), temperature: settings.temperature };
    const microbatches = [...this.microbatches(batch)];
    const parts: TokenLosses[] = [];
    let searched: Searched = {};
    for (const [i, { batch: part, from, rows }] of microbatches.entries()) {
      const isLast = i === microbatches.length - 1;
      const count = rows * this.answerLength;
      this.loss.write(this.executor, terms, from * this.answerLength, count);
      const { scores, more } = await this.pass(part, plan, variables, {
        before: i === 0 ? [{ plan: this.clearPlan }] : [], after: isLast ? [{ plan: this.search.plan }] : [], read: [...this.loss.results(count), ...(isLast ? [this.search.first] : [])],
      });
      if (isLast) searched = this.searchedIn(more.at(-1));
      parts.push({ ...scores, ...this.loss.lossesOf(more) });
    }
    return {
      ...joinScores(parts), ...searched,
      policyLoss_NT: concatenate(Float32Array, parts.map((one) => one.policyLoss_NT)),
      kl_NT: concatenate(Float32Array, parts.map((one) => one.kl_NT)),
      ratio_NT: concatenate(Float32Array, parts.map((one) => one.ratio_NT)),
      coefficient_NT: concatenate(Float32Array, parts.map((one) => one.coefficient_NT)),
      isClipped_NT: concatenate(Uint8Array, parts.map((one) => one.isClipped_NT)),
    };
  }

  async step({ maximumGradientNorm, ...options }: StepSettings): Promise<StepNorms & Searched> {
    this.steps++;
    const runs = [this.optimizer.runOf(this.steps, options, maximumGradientNorm), { plan: this.layerNorms.plan }, { plan: this.search.plan }];
    const [norm, byLayer, first] = await this.executor.runAndRead(runs, [this.optimizer.norm, this.layerNorms.norms, this.search.first]);
    return { gradientNorm: this.optimizer.resultOf(norm).gradientNorm, gradientNormByLayer: this.layerNorms.normsOf(byLayer), ...this.searchedIn(first) };
  }

  private async prepare(onProgress?: Progress): Promise<void> {
    const plans = [this.scorePlans.policy, this.optimizer.plan, this.layerNorms.plan, this.clearPlan, this.search.plan];
    const sizes = plans.map((plan) => plan.calls.length);
    const total = sizes.reduce((a, b) => a + b, this.sampler.calls);
    let before = 0;
    for (const [i, plan] of plans.entries()) {
      await this.executor.prepare(plan, (done) => onProgress?.(before + done, total));
      before += sizes[i]!;
    }
    await this.sampler.prepare(this.executor, (done) => onProgress?.(before + done, total));
    this.executor.allocate(this.rope, ...this.weights.buffers);
    const positions = this.promptLength + this.answerLength - 1;
    this.executor.write(this.rope, ropeTable(positions, this.config.headDim, this.config.ropeTheta));
  }

  /** One micro-batch through a plan that scores its tokens, with what else is to run and be read, as one submit. Entries past an answer's end come back as 0. */
  private async pass(
    batch: AnswerBatch, plan: Plan, variables: Variables, { before = [], after = [], read }: { before?: readonly PlanRun[]; after: readonly PlanRun[]; read: readonly BufferOrSlice[] },
  ): Promise<{ scores: TokenScores; more: readonly ElementArray[] }> {
    const { executor, answerLength } = this;
    const rows = batch.prompts_N.length;
    this.model.writeInputs(executor, sequenceInputs(batch, this.promptLength, answerLength));
    executor.write(this.targets, Uint32Array.from(batch.tokens_NT));
    const iterations = [{ ...this.model.variables(rows), ...variables }];
    const [logprobs, entropy, ...more] = await executor.runAndRead(
      [...before, { plan, iterations }, ...after], [...[this.logprobs, this.entropy].map((buffer) => slice(buffer, 0, rows * answerLength)), ...read],
    );
    const [logprobs_NT, entropy_NT] = [floatsOf(logprobs), floatsOf(entropy)];
    batch.lengths_N.forEach((length, n) => {
      for (const values of [logprobs_NT, entropy_NT]) values.fill(0, n * answerLength + length, (n + 1) * answerLength);
    });
    return { scores: { logprobs_NT, entropy_NT }, more };
  }

  private searchedIn(first: ElementArray | undefined): Searched {
    const nonFinite = this.search.foundIn(wordsOf(first));
    return nonFinite === undefined ? {} : { nonFinite };
  }

  private microbatches(batch: AnswerBatch) {
    return cutBatch(batch, this.answerLength, this.microbatchAnswers);
  }

  private withStatistics(plan: Plan): Plan {
    return plan.call(tokenStatistics, {
      logits: this.model.logits, targets: this.targets, logprob: this.logprobs, entropy: this.entropy, logsumexp: this.logsumexp,
    }, { rows: variable('spanRows'), temperature: variable('temperature'), VOCAB: this.config.vocabularySize });
  }

  private async learnPlan({ kind, klKind }: LossKind): Promise<Plan> {
    const key = `${kind} ${klKind}`;
    const made = this.learnPlans.get(key);
    if (made !== undefined) return made;
    const plan = this.withStatistics(new Plan(`learn ${key}`).append(this.model.forwardPlan));
    this.loss.append(plan, { kind, klKind });
    plan.call(policyLogitsGrad, {
      logits: this.model.logits, targets: this.targets, logsumexp: this.logsumexp, entropy: this.entropy,
      d_logprob: this.loss.logprobGrad, d_entropy: this.loss.entropyGrad,
    }, { rows: variable('spanRows'), temperature: variable('temperature'), VOCAB: this.config.vocabularySize });
    plan.append(this.model.backwardPlan);
    await this.executor.prepare(plan);
    this.learnPlans.set(key, plan);
    return plan;
  }

  private async topPlan(count: number) {
    const made = this.top.get(count);
    if (made !== undefined) return made;
    const rows = this.microbatchAnswers * this.answerLength;
    const ids = planBuffer('top.ids', rows * count, 'u32');
    const probabilities = planBuffer('top.probabilities', rows * count);
    const plan = new Plan('top tokens').call(topTokens, { logits: this.model.logits, ids, probabilities },
      { rows: variable('spanRows'), temperature: variable('temperature'), VOCAB: this.config.vocabularySize, COUNT: count });
    await this.executor.prepare(plan);
    const entry = { plan, ids, probabilities };
    this.top.set(count, entry);
    return entry;
  }
}

function joinScores(parts: readonly TokenScores[]): TokenScores {
  return { logprobs_NT: concatenate(Float32Array, parts.map((one) => one.logprobs_NT)), entropy_NT: concatenate(Float32Array, parts.map((one) => one.entropy_NT)) };
}

function concatenate<A extends { set(from: ArrayLike<number>, at: number): void }>(make: new (length: number) => A, parts: readonly ArrayLike<number>[]): A {
  const joined = new make(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

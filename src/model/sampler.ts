// Sampling on the device: all answers in lockstep with a key/value cache; token choice, log-probability and the stop
// flag stay there, and the host reads back once at the end (and a stop counter every few tokens).
//
// Prompts are left-padded to a common length P. Prefill runs the trunk over the first P-1 prompt tokens of each
// distinct prompt and copies its keys and values to the cache of every answer of that prompt; decoding then starts
// from the last prompt token. Slot s of the cache belongs to input position s. Padding is token 0.

import { planBuffer, slice, type PlanBuffer } from '../gpu/buffer';
import { floatsOf, wordsOf, type Executor, type PlanRun } from '../gpu/executor';
import { Plan, variable, type Variables } from '../gpu/plan';
import { countUnfinished } from '../kernels/sampling/countUnfinished';
import { drawToken } from '../kernels/sampling/drawToken';
import { filterDistribution } from '../kernels/sampling/filterDistribution';
import { attention } from '../kernels/transformer/attention';
import { attentionDecode } from '../kernels/transformer/attentionDecode';
import { cacheAppend } from '../kernels/transformer/cacheAppend';
import { embedding } from '../kernels/transformer/embedding';
import { rmsnorm } from '../kernels/transformer/rmsnorm';
import type { Words } from '../random/threefry';
import type { ModelConfig } from './config';
import { layerActivations, layerForward, linear, type Rows } from './layerForward';
import type { FlatTensors } from './parameterLayout';
import { headName } from './sequenceModel';

export interface SamplerShape {
  /** distinct prompts a run, at most */
  readonly prompts: number;
  /** prompts x answersPerPrompt answers a run, at most; fewer prompts may have more answers each */
  readonly answersPerPrompt: number;
  /** tokens of a prompt, at most; the prompts of a run are left-padded to the longest of them, P */
  readonly promptLength: number;
  /** A: tokens an answer, the stop token included, at most */
  readonly answerLength: number;
}

export interface SamplerSettings {
  readonly temperature: number;
  /** 0 = off */
  readonly topK: number;
  /** 1 = off */
  readonly topP: number;
  /** 0 = off */
  readonly minP: number;
  readonly isGreedy: boolean;
  readonly stopToken: number;
  /** stream key of the draws; answer n, column j draws at (rowOffset + n, j) */
  readonly key: Words;
  readonly rowOffset: number;
  /** draws no more columns than these; an answer that has not ended by then comes back unfinished. Absent: A */
  readonly columns?: number;
}

export interface SampledAnswers {
  /** [answers, A], padding after the stop token */
  readonly tokens_NT: Uint32Array<ArrayBuffer>;
  /** the stop token included */
  readonly lengths_N: Uint32Array<ArrayBuffer>;
  /** 1 where the stop token was drawn */
  readonly finished_N: Uint32Array<ArrayBuffer>;
  /** log-softmax(logits / temperature) of cached decoding, without top-k, top-p, min-p */
  readonly logprobs_NT: Float32Array<ArrayBuffer>;
}

const COLUMNS_BETWEEN_COUNTS = 8;

export class Sampler {
  private readonly beginPlan = new Plan('begin sampling');
  private readonly prefillPlan = new Plan('prefill');
  private readonly decodePlan = new Plan('decode');
  private readonly countPlan = new Plan('count unfinished');
  private readonly capacity: number;
  private readonly prompt: { readonly tokens: PlanBuffer; readonly positions: PlanBuffer; readonly mask: PlanBuffer };
  private readonly current: PlanBuffer;
  /** position of the first cache slot: minus the prompt's padding */
  private readonly basePositions: PlanBuffer;
  private readonly cacheMask: PlanBuffer;
  private readonly finished: PlanBuffer;
  private readonly lengths: PlanBuffer;
  private readonly tokens: PlanBuffer;
  private readonly logprobs: PlanBuffer;
  private readonly unfinished = planBuffer('sampler.unfinished', 1, 'u32');
  private readonly caches: readonly { readonly keys: PlanBuffer; readonly values: PlanBuffer }[];

  constructor(
    private readonly config: ModelConfig,
    readonly shape: SamplerShape,
    private readonly weights: FlatTensors,
    private readonly ropeTable: PlanBuffer,
  ) {
    const answers = shape.prompts * shape.answersPerPrompt;
    const prefilled = shape.prompts * Math.max(1, shape.promptLength - 1);
    this.capacity = shape.promptLength + shape.answerLength - 1;
    this.prompt = {
      tokens: planBuffer('sampler.prompt_tokens', prefilled, 'u32'),
      positions: planBuffer('sampler.prompt_positions', prefilled, 'i32'),
      mask: planBuffer('sampler.prompt_mask', prefilled, 'u32'),
    };
    this.current = planBuffer('sampler.current', answers, 'u32');
    this.basePositions = planBuffer('sampler.base_positions', answers, 'i32');
    this.cacheMask = planBuffer('sampler.cache_mask', answers * this.capacity, 'u32');
    this.finished = planBuffer('sampler.finished', answers, 'u32');
    this.lengths = planBuffer('sampler.lengths', answers, 'u32');
    this.tokens = planBuffer('sampler.tokens', answers * shape.answerLength, 'u32');
    this.logprobs = planBuffer('sampler.logprobs', answers * shape.answerLength);
    const cacheLength = answers * this.capacity * config.kvHeads * config.headDim;
    this.caches = Array.from({ length: config.layers }, (_, layer) => ({
      keys: planBuffer(`sampler.keys.${layer}`, cacheLength), values: planBuffer(`sampler.values.${layer}`, cacheLength),
    }));
    for (const buffer of [this.tokens, this.logprobs, this.finished, this.lengths]) this.beginPlan.clear(buffer);
    this.buildPrefill(prefilled);
    this.buildDecode(answers);
    this.countPlan.call(countUnfinished, { finished: this.finished, count: this.unfinished }, { rows: variable('answers') });
  }

  /** kernel calls that take time to compile, for progress */
  get calls(): number {
    return this.decodePlan.calls.length;
  }

  /** of all its plans, the weights among them */
  buffers(): PlanBuffer[] {
    return [...new Set([this.beginPlan, this.prefillPlan, this.decodePlan, this.countPlan].flatMap((plan) => plan.buffers()))];
  }

  async prepare(executor: Executor, onProgress?: (done: number, total: number) => void): Promise<void> {
    for (const plan of [this.beginPlan, this.prefillPlan, this.countPlan]) await executor.prepare(plan);
    await executor.prepare(this.decodePlan, onProgress);
  }

  /** Samples `repeat` answers to each prompt (token ids; each prompt has 1 to P of them). */
  async sample(executor: Executor, prompts: readonly (readonly number[])[], repeat: number, settings: SamplerSettings): Promise<SampledAnswers> {
    const { promptLength, answerLength: A, prompts: mostPrompts, answersPerPrompt } = this.shape;
    if (prompts.length > mostPrompts || prompts.length * repeat > mostPrompts * answersPerPrompt) throw new RangeError(`the sampler holds ${mostPrompts} prompts x ${answersPerPrompt} answers`);
    prompts.forEach((prompt, i) => { if (prompt.length < 1 || prompt.length > promptLength) throw new RangeError(`prompt ${i} has ${prompt.length} tokens; 1 to ${promptLength} fit`); });
    const P = prompts.reduce((longest, prompt) => Math.max(longest, prompt.length), 1);
    const answers = prompts.length * repeat;
    this.writePrompts(executor, prompts, repeat, P);
    let before: PlanRun[] = [{ plan: this.beginPlan }];
    if (P > 1) before.push({ plan: this.prefillPlan, iterations: [{ prompts: prompts.length, length: P - 1, answers, repeat, ...this.rowVariables(prompts.length * (P - 1)) }] });
    const most = Math.min(A, settings.columns ?? A);
    for (let from = 0; from < most; from += COLUMNS_BETWEEN_COUNTS) {
      const columns = Array.from({ length: Math.min(COLUMNS_BETWEEN_COUNTS, most - from) }, (_, i) => this.decodeVariables(answers, from + i, P - 1 + from + i, settings));
      const [unfinished] = await executor.runAndRead([...before, { plan: this.decodePlan, iterations: columns }, { plan: this.countPlan, iterations: [{ answers }] }], [this.unfinished]);
      if (wordsOf(unfinished)[0] === 0) break;
      before = [];
    }
    const [tokens, lengths, finished, logprobs] = await executor.runAndRead([], [
      slice(this.tokens, 0, answers * A), slice(this.lengths, 0, answers), slice(this.finished, 0, answers), slice(this.logprobs, 0, answers * A),
    ]);
    return { tokens_NT: wordsOf(tokens), lengths_N: wordsOf(lengths), finished_N: wordsOf(finished), logprobs_NT: floatsOf(logprobs) };
  }

  private writePrompts(executor: Executor, prompts: readonly (readonly number[])[], repeat: number, P: number): void {
    const prefilled = P - 1;
    const tokens = new Uint32Array(Math.max(1, prompts.length * prefilled));
    const positions = new Int32Array(tokens.length);
    const mask = new Uint32Array(tokens.length);
    const answers = prompts.length * repeat;
    const current = new Uint32Array(answers);
    const base = new Int32Array(answers);
    const cacheMask = new Uint32Array(answers * this.capacity).fill(1);
    prompts.forEach((prompt, i) => {
      const padding = P - prompt.length;
      for (let t = padding; t < prefilled; t++) {
        tokens[i * prefilled + t] = prompt[t - padding]!;
        positions[i * prefilled + t] = t - padding;
        mask[i * prefilled + t] = 1;
      }
      for (let n = i * repeat; n < (i + 1) * repeat; n++) {
        current[n] = prompt.at(-1)!;
        base[n] = -padding;
        cacheMask.fill(0, n * this.capacity, n * this.capacity + padding);
      }
    });
    executor.write(this.prompt.tokens, tokens);
    executor.write(this.prompt.positions, positions);
    executor.write(this.prompt.mask, mask);
    executor.write(this.current, current);
    executor.write(this.basePositions, base);
    executor.write(this.cacheMask, cacheMask);
  }

  private rowVariables(rows: number): Variables {
    const { heads, kvHeads, intermediateSize } = this.config;
    return { rows, queryHeads: rows * heads, keyHeads: rows * kvHeads, gated: rows * intermediateSize };
  }

  private decodeVariables(answers: number, column: number, slot: number, settings: SamplerSettings): Variables {
    return {
      ...this.rowVariables(answers), column, slot, temperature: settings.temperature,
      topK: settings.topK, topP: settings.topP, minP: settings.minP, greedy: settings.isGreedy ? 1 : 0,
      stop: settings.stopToken, key0: settings.key[0], key1: settings.key[1], rowOffset: settings.rowOffset,
    };
  }

  private buildPrefill(rows: number): void {
    const { config, prefillPlan: plan } = this;
    const length = variable('length');
    const WIDTH = config.kvHeads * config.headDim;
    const a = layerActivations(config, rows, 'prefill');
    this.buildTrunk(plan, rows, 'prefill', this.prompt.tokens, { positions: this.prompt.positions, positionOffset: 0 }, a, (layer) => {
      plan.call(attention, { q: a.queryRotated, k: a.keyRotated, v: a.value, key_mask: this.prompt.mask, o: a.attended, statistics: a.statistics },
        { batch: variable('prompts'), length, HEADS: config.heads, KV_HEADS: config.kvHeads, HEAD_DIM: config.headDim });
      const place = { rows: variable('answers'), length, position: 0, repeat: variable('repeat'), CAPACITY: this.capacity, WIDTH };
      plan.call(cacheAppend, { source: a.keyRotated, cache: this.caches[layer]!.keys }, place);
      plan.call(cacheAppend, { source: a.value, cache: this.caches[layer]!.values }, place);
    });
  }

  private buildDecode(answers: number): void {
    const { config, shape, decodePlan: plan, weights } = this;
    const WIDTH = config.kvHeads * config.headDim;
    const VOCAB = config.vocabularySize;
    const rows = variable('rows');
    const a = layerActivations(config, answers, 'decode');
    const last = this.buildTrunk(plan, answers, 'decode', this.current, { positions: this.basePositions, positionOffset: variable('slot') }, a, (layer) => {
      const { keys, values } = this.caches[layer]!;
      const place = { rows, length: 1, position: variable('slot'), repeat: 1, CAPACITY: this.capacity, WIDTH };
      plan.call(cacheAppend, { source: a.keyRotated, cache: keys }, place);
      plan.call(cacheAppend, { source: a.value, cache: values }, place);
      plan.call(attentionDecode, { q: a.queryRotated, k_cache: keys, v_cache: values, key_mask: this.cacheMask, o: a.attended },
        { rows, position: variable('slot'), HEADS: config.heads, KV_HEADS: config.kvHeads, HEAD_DIM: config.headDim, CAPACITY: this.capacity });
    });
    const logits = planBuffer('decode.logits', answers * VOCAB);
    const probabilities = planBuffer('decode.probabilities', answers * VOCAB);
    const entropy = planBuffer('decode.entropy', answers);
    plan.call(rmsnorm, { x: last, weight: weights.of('model.norm.weight'), y: a.normed, inverse_rms: a.inverseRms }, { rows, epsilon: config.rmsNormEpsilon, WIDTH: config.hiddenSize });
    linear(plan, weights, headName(config), rows, { input: a.normed, output: logits });
    plan.call(filterDistribution, { logits, probabilities, entropy },
      { rows, temperature: variable('temperature'), top_k: variable('topK'), top_p: variable('topP'), min_p: variable('minP'), VOCAB });
    plan.call(drawToken, {
      logits, probabilities, current: this.current, finished: this.finished, lengths: this.lengths, tokens: this.tokens, logprobs: this.logprobs,
    }, {
      rows, column: variable('column'), row_offset: variable('rowOffset'), key0: variable('key0'), key1: variable('key1'), temperature: variable('temperature'),
      greedy: variable('greedy'), stop_token: variable('stop'), padding_token: 0, VOCAB, CAPACITY: shape.answerLength,
    });
  }

  /** Embedding and all layers over one shared set of activations; returns the residual stream after the last layer. */
  private buildTrunk(
    plan: Plan, rowCount: number, label: string, tokens: PlanBuffer, at: Pick<Rows, 'positions' | 'positionOffset'>,
    a: ReturnType<typeof layerActivations>, attend: (layer: number) => void,
  ): PlanBuffer {
    const { config, weights } = this;
    const rows: Rows = { rows: variable('rows'), queryHeads: variable('queryHeads'), keyHeads: variable('keyHeads'), gated: variable('gated'), ropeTable: this.ropeTable, ...at };
    let stream = planBuffer(`${label}.stream.even`, rowCount * config.hiddenSize);
    let next = planBuffer(`${label}.stream.odd`, rowCount * config.hiddenSize);
    plan.call(embedding, { tokens, table: weights.of('model.embed_tokens.weight'), y: stream }, { rows: rows.rows, VOCAB: config.vocabularySize, WIDTH: config.hiddenSize });
    for (let layer = 0; layer < config.layers; layer++) {
      layerForward(plan, config, weights, layer, a, rows, stream, next, () => attend(layer));
      [stream, next] = [next, stream];
    }
    return stream;
  }
}

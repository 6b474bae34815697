// grpo_step: whole GRPO updates on one batch: advantages, clipped loss with KL and entropy, gradient clipping, AdamW.

import { FormatError, parseJson } from '../../../formats/formatError';
import type { Tensor } from '../../../formats/safetensors';
import { readAdvantageCase } from '../../../credit/advantageCase';
import { creditOf, rowsById } from '../../../credit/testing';
import { runKernel } from '../../../gpu/testing';
import { entropyBonus } from '../../../kernels/loss/entropyBonus';
import { klScalars, type KlEstimator } from '../../../kernels/loss/klEstimate';
import { klPenalty } from '../../../kernels/loss/klPenalty';
import { CLIP_FLAG, policyLoss, policyLossScalars } from '../../../kernels/loss/policyLoss';
import { policyLogitsGrad } from '../../../kernels/loss/policyLogitsGrad';
import type { ModelConfig } from '../../../model/config';
import { Optimizer } from '../../../model/optimizer';
import { hasAll, NotKnown, type CaseRun, type Family } from '../family';
import { Fields } from '../fields';
import { LoadedModel, type Sequences } from '../loadedModel';
import { aggregationOf, klKindOf, shareOf, tokenWeights, weightedSum, type Floats, type Words } from '../lossKernels';
import { forward, fromRows, readConfig, readSequences, readWeights, statisticsOf, tableLength, targetsOf, toRows, type Statistics } from '../modelInputs';
import { load } from './huggingFace';
import { checkTensors } from './models';

interface Terms {
  readonly mask: Words;
  readonly weights: Floats;
  /** the entropy bonus is a token mean whatever the aggregation */
  readonly meanWeights: Floats;
  readonly advantages: Floats;
  readonly reference: Floats | undefined;
  readonly kl: { readonly kind: KlEstimator; readonly beta: number } | undefined;
  readonly bonus: number;
  readonly temperature: number;
  readonly scalars: ReturnType<typeof policyLossScalars>;
}

export const grpoStep: Family = {
  name: 'grpo_step',
  recognises: ({ inputs }) => hasAll(inputs, 'weights_from', 'hyper', 'completion_mask'),
  isHost: () => false,
  async run(run: CaseRun) {
    const { inputs, comparison, executor } = run;
    const { config, tensors } = await readModel(run);
    const sequences = readSequences(inputs, config.vocabularySize);
    // both follow from the masks
    inputs.ignore('prompt_lengths', 'completion_lengths');
    const hyper = inputs.inner('hyper');
    const terms = await readTerms(run, hyper, sequences);
    const options = {
      learningRate: hyper.number('lr'), beta1: hyper.number('beta1'), beta2: hyper.number('beta2'), epsilon: hyper.number('eps'), weightDecay: hyper.numberOr('weight_decay', 0),
    };
    const maximumNorm = hyper.numberOr('max_grad_norm', 0);
    const updates = hyper.whole('updates', 1, 1000);
    const loaded = new LoadedModel(executor, config, tensors, tableLength(sequences));
    try {
      const model = await loaded.sequenceModel(sequences);
      const optimizer = new Optimizer(loaded.weights, loaded.gradients);
      await executor.prepare(optimizer.plan);
      loaded.own(...optimizer.plan.buffers());
      const score = async (): Promise<{ logits: Floats; statistics: Statistics; logprobs: Floats }> => {
        const logits = await forward(executor, model);
        const statistics = await statisticsOf(executor, logits, sequences, terms.temperature, config.vocabularySize);
        return { logits, statistics, logprobs: fromRows(statistics.logprob, sequences) };
      };
      const shape = [sequences.batch, sequences.length - 1];
      let old: Floats | undefined = inputs.has('old_logprobs') ? inputs.shaped('old_logprobs', shape).data : undefined;
      for (let update = 0; update < updates; update++) {
        const { logits, statistics, logprobs } = await score();
        old ??= logprobs;
        if (update === 0) comparison.check('old_logprobs', old, { counts: terms.mask, shape });
        const at = `steps/${update}`;
        const check = (name: string, value: number): void => comparison.check(`${at}/${name}`, value, { toleranceKeys: update === 0 ? ['step0_scalars', 'step_scalars'] : ['step_scalars'] });
        comparison.check(`${at}/logprobs`, logprobs, { toleranceKeys: ['step_logprobs'], counts: terms.mask, shape });
        const loss = await lossOf(run, terms, logprobs, fromRows(statistics.entropy, sequences), old, check);
        const made = await runKernel(executor, policyLogitsGrad, {
          logits, targets: toRows(targetsOf(sequences).targets, sequences), logsumexp: statistics.logsumexp, entropy: statistics.entropy,
          d_logprob: toRows(loss.d_logprob, sequences), d_entropy: toRows(loss.d_entropy, sequences),
        }, { rows: sequences.batch * sequences.length, temperature: terms.temperature, VOCAB: config.vocabularySize });
        executor.write(model.logits, made.logits as Floats);
        const gradients = await loaded.backward(model);
        if (comparison.has(`grad_step${update}`)) checkTensors(comparison, `grad_step${update}`, gradients, []);
        const step = await optimizer.step(executor, update + 1, options, maximumNorm);
        check('grad_norm_before_clip', step.gradientNorm);
        check('clip_scale', step.scale);
      }
      if (comparison.has('final_logprobs')) comparison.check('final_logprobs', (await score()).logprobs, { counts: terms.mask, shape });
      if (comparison.has('final_weights')) checkWeights(run, await loaded.read(loaded.weights));
    } finally {
      loaded.release();
    }
  },
};

/** The model of another fixture file, or of a Hugging Face folder. */
async function readModel({ fixture, inputs, neighbours }: CaseRun): Promise<{ config: ModelConfig; tensors: ReadonlyMap<string, Tensor> }> {
  const from = inputs.text('weights_from');
  if (!from.endsWith('.json')) return load(neighbours.folder(fixture, from, 'config.json'));
  const source = new Fields(parseJson(await neighbours.file(fixture, from), from), from).inner('inputs');
  const configFields = source.inner('config');
  const config = readConfig(configFields);
  const unknown = configFields.unread();
  if (unknown.length > 0) throw new NotKnown(`${unknown.join(', ')} in the configuration of ${from}`);
  return { config, tensors: readWeights(source.inner('weights'), config) };
}

async function readTerms(run: CaseRun, hyper: Fields, sequences: Sequences): Promise<Terms> {
  const { inputs, executor } = run;
  const [rows, length] = [sequences.batch, sequences.length - 1];
  const mask = inputs.mask('completion_mask', [rows, length]);
  const { mode, norm } = aggregationOf(hyper);
  if (hyper.has('loss') && hyper.text('loss') !== 'ppo') throw new NotKnown(`loss ${hyper.text('loss')}`);
  const perResponse = await advantagesOf(run, hyper, rows);
  const kl = hyper.has('kl_kind') ? { kind: klKindOf(hyper), beta: hyper.numberOr('kl_beta', 0) } : undefined;
  if (kl === undefined && hyper.numberOr('kl_beta', 0) !== 0) throw new FormatError('inputs.hyper.kl_kind', 'is missing');
  const reference = inputs.has('ref_logprobs') ? inputs.shaped('ref_logprobs', [rows, length]).data : undefined;
  if (kl !== undefined && reference === undefined) throw new FormatError('inputs.ref_logprobs', 'is missing');
  const temperature = hyper.numberOr('temperature', 1);
  if (!(temperature > 0)) throw new NotKnown(`temperature ${temperature}`);
  let scalars: Terms['scalars'];
  try {
    scalars = policyLossScalars({ loss: 'ppo', clipLow: hyper.number('clip_low'), clipHigh: hyper.number('clip_high'), dualClip: hyper.numberOr('clip_c', null), logRatioLimit: null });
  } catch (error) {
    if (error instanceof RangeError) throw new NotKnown(error.message);
    throw error;
  }
  return {
    mask, weights: await tokenWeights(executor, mask, length, mode, norm), meanWeights: await tokenWeights(executor, mask, length, 'token-mean', null),
    advantages: Float32Array.from(mask, (_, i) => perResponse[Math.floor(i / length)]!), reference, kl, bonus: hyper.numberOr('entropy_coef', 0), temperature, scalars,
  };
}

/** hyper.advantage names the estimator as cases of the family `advantages` do. */
async function advantagesOf({ inputs, comparison, executor }: CaseRun, hyper: Fields, rows: number): Promise<Float32Array> {
  const scores = inputs.shaped('rewards', [rows]).data;
  const group = inputs.raw('group');
  if (!Array.isArray(group) || group.length !== rows) throw new FormatError('inputs.group', `must be a list of ${rows}`);
  const given = { advantage_eps: 'eps', advantage_ddof: 'ddof', group_of_one: 'group_of_one' } as const;
  const options = Object.fromEntries(Object.entries(given).filter(([name]) => hyper.has(name)).map(([name, option]) => [option, hyper.raw(name)]));
  const name = hyper.text('advantage');
  const credit = readAdvantageCase({ name, inputs: { scores: [...scores], group, ...options }, expected: {} });
  if (credit === undefined) throw new NotKnown(`advantage ${name}`);
  const row = rowsById(await creditOf(executor, credit.method, credit.parameters, credit.shape, credit.signals))['A'];
  if (row === undefined || row.values.length !== rows) throw new NotKnown(`advantage ${name}, which is not one number a response`);
  comparison.check('advantages_per_response', row.values, { toleranceKeys: ['advantages'] });
  return row.values;
}

async function lossOf(
  { executor }: CaseRun, terms: Terms, logprobs: Floats, entropy: Floats, old_logprobs: Floats, check: (name: string, value: number) => void,
): Promise<{ d_logprob: Floats; d_entropy: Floats }> {
  const { mask, weights } = terms;
  const count = mask.length;
  const empty = (): Floats => new Float32Array(count);
  const policy = await runKernel(executor, policyLoss, {
    logprobs, old_logprobs: old_logprobs.slice(), advantages: terms.advantages as Floats, weights, loss: empty(), d_logprob: empty(), ratio: empty(), flags: new Uint32Array(count),
  }, { count, ...terms.scalars });
  let [loss, d_logprob] = [policy.loss as Floats, policy.d_logprob as Floats];
  let total = await weightedSum(executor, loss, weights);
  check('policy_loss', total);
  if (terms.kl !== undefined) {
    const { kind, beta } = terms.kl;
    const kl = await runKernel(executor, klPenalty, { logprobs, ref_logprobs: terms.reference!, weights, kl: empty(), loss, d_logprob }, { count, beta, ...klScalars(kind, false) });
    [loss, d_logprob] = [kl.loss as Floats, kl.d_logprob as Floats];
    const aggregated = await weightedSum(executor, kl.kl as Floats, weights);
    check(`kl_${kind}`, aggregated);
    total = await weightedSum(executor, loss, weights);
  }
  const bonus = await runKernel(executor, entropyBonus, { entropy, weights: terms.meanWeights, loss: empty(), d_entropy: empty() }, { count, bonus: terms.bonus });
  check('mean_entropy', await weightedSum(executor, entropy, terms.meanWeights));
  check('loss', total + await weightedSum(executor, bonus.loss as Floats, terms.meanWeights));
  for (const [name, flag] of [['clipfrac', CLIP_FLAG.clipped], ['clipfrac_dual', CLIP_FLAG.dual]] as const) {
    const share = shareOf(policy.flags, flag, mask);
    if (share !== null) check(name, share);
  }
  return { d_logprob, d_entropy: bonus.d_entropy as Floats };
}

/** All weights together: the tolerance's quota is a share of all entries. */
function checkWeights({ comparison }: CaseRun, weights: ReadonlyMap<string, Floats>): void {
  const names = Object.keys(comparison.at('final_weights') as object);
  const unknown = names.find((name) => !weights.has(name));
  if (unknown !== undefined) throw new FormatError('expected.final_weights', `names tensor ${unknown}, which the model does not have`);
  const all = (of: (name: string) => ArrayLike<number>): Floats => Float32Array.from(names.flatMap((name) => Array.from(of(name))));
  comparison.checkNumbers('final_weights', all((name) => weights.get(name)!), all((name) => comparison.tensor(`final_weights/${name}`).data));
}

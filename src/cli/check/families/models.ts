// model_*: a tiny decoder with its weights: logits, log-probs, entropy, gradients of three objectives with respect to
// logits and weights, greedy continuation, intermediate activations of one row.

import { FormatError } from '../../../formats/formatError';
import { readFloats } from '../../../gpu/executor';
import { runKernel } from '../../../gpu/testing';
import { policyLogitsGrad } from '../../../kernels/loss/policyLogitsGrad';
import type { SequenceModel } from '../../../model/sequenceModel';
import type { Comparison } from '../comparison';
import { hasAll, type CaseRun, type Family } from '../family';
import { LoadedModel, type Sequences } from '../loadedModel';
import { weightedSum, type Floats, type Words } from '../lossKernels';
import { checkForward, checkGreedy, forward, fromRows, greedySize, readConfig, readSequences, readWeights, statisticsOf, tableLength, targetsOf, toRows, type Statistics } from '../modelInputs';

export const models: Family = {
  name: 'model',
  recognises: ({ inputs }) => hasAll(inputs, 'config', 'weights', 'input_ids'),
  isHost: () => false,
  informational: ['prompt', 'min_top2_logprob_margin'],
  async run(run: CaseRun) {
    const { inputs, comparison, executor } = run;
    const config = readConfig(inputs.inner('config'));
    const weights = readWeights(inputs.inner('weights'), config);
    const sequences = readSequences(inputs, config.vocabularySize);
    const { prompt, count } = greedySize(comparison);
    const loaded = new LoadedModel(executor, config, weights, tableLength(sequences, prompt.length, count));
    try {
      const model = await loaded.sequenceModel(sequences);
      const logits = await forward(executor, model);
      const statistics = await statisticsOf(executor, logits, sequences, 1, config.vocabularySize);
      const targetMask = readTargetMask(inputs, sequences);
      checkForward(comparison, sequences, config.vocabularySize, logits, statistics, targetMask);
      await checkIntermediates(run, loaded, model, sequences);
      await checkObjectives(run, loaded, model, sequences, logits, statistics, targetMask);
      await checkGreedy(comparison, loaded);
    } finally {
      loaded.release();
    }
  },
};

export function readTargetMask(inputs: CaseRun['inputs'], sequences: Sequences): Words {
  return inputs.has('target_mask') ? inputs.mask('target_mask', [sequences.batch, sequences.length - 1]) : targetsOf(sequences).isReal;
}

/** What each objective puts on the log-prob and the entropy of a prediction [batch, length - 1]. */
interface Objective { readonly letter: string; readonly onLogprob: Floats; readonly onEntropy: Floats }

async function checkObjectives(
  run: CaseRun, loaded: LoadedModel, model: SequenceModel, sequences: Sequences, logits: Floats, statistics: Statistics, targetMask: Words,
): Promise<void> {
  const { inputs, comparison, executor } = run;
  const shape = [sequences.batch, sequences.length - 1];
  const none = new Float32Array(targetMask.length);
  const predictions = targetMask.reduce((sum, one) => sum + one, 0);
  const mean = Float32Array.from(targetMask, (one) => (one === 0 ? 0 : 1 / predictions));
  const [logprobs, entropies] = [fromRows(statistics.logprob, sequences), fromRows(statistics.entropy, sequences)];
  const objectives: Objective[] = [{ letter: 'a', onLogprob: mean.map((one) => -one), onEntropy: none }, { letter: 'c', onLogprob: none, onEntropy: mean }];
  if (predictions > 0) {
    if (comparison.has('loss_a')) comparison.check('loss_a', -await weightedSum(executor, logprobs, mean));
    if (comparison.has('mean_entropy_c')) comparison.check('mean_entropy_c', await weightedSum(executor, entropies, mean));
  }
  if (inputs.has('advantages') || inputs.has('mask_b')) {
    const advantages = inputs.shaped('advantages', shape).data;
    const onLogprob = Float32Array.from(inputs.mask('mask_b', shape as [number, number]), (one, i) => (one === 0 ? 0 : advantages[i]!));
    objectives.push({ letter: 'b', onLogprob, onEntropy: none });
    if (comparison.has('objective_b')) comparison.check('objective_b', await weightedSum(executor, logprobs, onLogprob));
  }
  for (const { letter, onLogprob, onEntropy } of objectives) {
    const [logitsKey, weightsKey] = [`grad_${letter}_logits`, `grad_${letter}_weights`];
    if (!comparison.has(logitsKey) && !comparison.has(weightsKey)) continue;
    const VOCAB = loaded.config.vocabularySize;
    const made = await runKernel(executor, policyLogitsGrad, {
      logits, targets: toRows(targetsOf(sequences).targets, sequences), logsumexp: statistics.logsumexp, entropy: statistics.entropy,
      d_logprob: toRows(onLogprob, sequences), d_entropy: toRows(onEntropy, sequences),
    }, { rows: sequences.batch * sequences.length, temperature: 1, VOCAB });
    comparison.check(logitsKey, made.logits, { toleranceKeys: ['grad_logits'], shape: [sequences.batch, sequences.length, VOCAB] });
    if (!comparison.has(weightsKey)) continue;
    executor.write(model.logits, made.logits as Floats);
    checkTensors(comparison, weightsKey, await loaded.backward(model), ['grad_weights']);
  }
}

/** Every tensor that `expected` has under the key, each with its own tolerance. */
export function checkTensors(comparison: Comparison, key: string, got: ReadonlyMap<string, Floats>, toleranceKeys: readonly string[]): void {
  for (const name of Object.keys(comparison.at(key) as object)) {
    const values = got.get(name);
    if (values === undefined) throw new FormatError(`expected.${key}`, `names tensor ${name}, which the model does not have`);
    comparison.check(`${key}/${name}`, values, { toleranceKeys: [...toleranceKeys, key] });
  }
}

/** intermediates_rowB: activations of one row of the batch, where its mask is 1. */
async function checkIntermediates({ comparison, executor }: CaseRun, loaded: LoadedModel, model: SequenceModel, { length, keyMask, positions }: Sequences): Promise<void> {
  for (const key of Object.keys(comparison.expected)) {
    const row = /^intermediates_row(\d+)$/.exec(key)?.[1];
    if (row === undefined || !comparison.has(key)) continue;
    const first = Number(row) * length;
    if (first >= keyMask.length) throw new FormatError(`expected.${key}`, 'is of a row that is not there');
    const half = loaded.config.headDim / 2;
    const table = await readFloats(executor, loaded.table);
    const rotations = (offset: number): Floats =>
      Float32Array.from({ length: length * half }, (_, i) => table[positions[first + Math.floor(i / half)]! * 2 * half + offset + (i % half)]!);
    const check = (name: string, values: Floats): void => {
      const width = values.length / length;
      comparison.check(`${key}/${name}`, values, { toleranceKeys: ['intermediates'], counts: Uint32Array.from(values, (_, i) => keyMask[first + Math.floor(i / width)]!) });
    };
    const activations = async (buffer: SequenceModel['finalNormed']): Promise<Floats> => {
      const width = loaded.config.hiddenSize;
      return (await readFloats(executor, buffer)).slice(first * width, (first + length) * width);
    };
    check('rope_cos', rotations(0));
    check('rope_sin', rotations(half));
    check('embed', await activations(model.stream[0]!));
    check('final_norm', await activations(model.finalNormed));
    for (const [layer, { middle }] of model.layers.entries()) {
      check(`layer${layer}.after_attention`, await activations(middle));
      check(`layer${layer}.output`, await activations(model.stream[layer + 1]!));
    }
  }
}

// hf_*: a Hugging Face folder (config.json, weights in one file or in shards) and the results of the stored weights.

import { FormatError } from '../../../formats/formatError';
import { UnsupportedModelError } from '../../../formats/huggingFaceConfig';
import { loadPolicy, type Policy } from '../../../formats/policyFiles';
import type { Comparison } from '../comparison';
import { hasAll, NotKnown, type CaseRun, type Family } from '../family';
import { LoadedModel } from '../loadedModel';
import { checkForward, checkGreedy, forward, greedySize, readSequences, statisticsOf, tableLength } from '../modelInputs';
import { readTargetMask } from './models';

export const huggingFace: Family = {
  name: 'hf',
  recognises: ({ inputs }) => hasAll(inputs, 'directory'),
  isHost: () => false,
  informational: ['prompt', 'min_top2_logprob_margin'],
  async run({ fixture, inputs, comparison, executor, neighbours }: CaseRun) {
    const policy = await load(neighbours.folder(fixture, inputs.text('directory'), 'config.json'));
    const { config, tensors } = policy;
    checkSums(comparison, policy);
    const sequences = readSequences(inputs, config.vocabularySize);
    const { prompt, count } = greedySize(comparison);
    const loaded = new LoadedModel(executor, config, tensors, tableLength(sequences, prompt.length, count));
    try {
      const logits = await forward(executor, await loaded.sequenceModel(sequences));
      const statistics = await statisticsOf(executor, logits, sequences, 1, config.vocabularySize);
      checkForward(comparison, sequences, config.vocabularySize, logits, statistics, readTargetMask(inputs, sequences));
      await checkGreedy(comparison, loaded);
    } finally {
      loaded.release();
    }
  },
};

export async function load(files: (name: string) => Promise<Uint8Array>): Promise<Policy> {
  try {
    return await loadPolicy(files);
  } catch (error) {
    if (error instanceof UnsupportedModelError) throw new NotKnown(error.message);
    throw error;
  }
}

function checkSums(comparison: Comparison, { config, tensors }: Policy): void {
  if (!comparison.has('checksums')) return;
  for (const name of Object.keys(comparison.at('checksums') as object)) {
    const tensor = tensors.get(config.isTied && name === 'lm_head.weight' ? 'model.embed_tokens.weight' : name);
    if (tensor === undefined) throw new FormatError('expected.checksums', `names tensor ${name}, which the model does not have`);
    const at = `checksums/${name}`;
    const sum = (value: (one: number) => number): number => tensor.data.reduce((total, one) => total + value(one), 0);
    comparison.checkExactly(`${at}/shape`, [...tensor.shape]);
    for (const [key, value] of Object.entries({ sum: sum((one) => one), sum_abs: sum(Math.abs), first: tensor.data[0]!, last: tensor.data.at(-1)! })) {
      comparison.check(`${at}/${key}`, value, { toleranceKeys: ['checksums'] });
    }
  }
}

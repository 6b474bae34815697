// value_loss: clipped regression of a critic with its gradient.

import { runKernel } from '../../../gpu/testing';
import { valueLoss, valueLossScalars } from '../../../kernels/loss/valueLoss';
import { hasAll, NotKnown, type CaseRun, type Family } from '../family';
import { aggregationOf, shareOf, tokenWeights, weightedSum, type Floats } from '../lossKernels';

export const valueLosses: Family = {
  name: 'value_loss',
  recognises: ({ inputs, expected }) => hasAll(inputs, 'values', 'returns', 'mask') && hasAll(expected, 'grad_values'),
  isHost: () => false,
  async run({ inputs, comparison, executor }: CaseRun) {
    const shape = inputs.tensor('mask', 2).shape as [number, number];
    const mask = inputs.mask('mask', shape);
    const { mode, norm } = aggregationOf(inputs);
    const weights = await tokenWeights(executor, mask, shape[1], mode, norm);
    const clip = inputs.numberOr('clip', null);
    if (clip !== null && clip < 0) throw new NotKnown(`clip ${clip}`);
    const values = inputs.shaped('values', shape).data;
    const old_values = inputs.has('old_values') || clip !== null ? inputs.shaped('old_values', shape).data : values.slice();
    const count = mask.length;
    const made = await runKernel(executor, valueLoss, {
      values, old_values, returns: inputs.shaped('returns', shape).data, weights,
      loss: new Float32Array(count), d_values: new Float32Array(count), flags: new Uint32Array(count),
    }, { count, ...valueLossScalars(clip) });
    comparison.check('per_token_loss', made.loss, { counts: mask });
    comparison.check('grad_values', made.d_values);
    comparison.check('loss', await weightedSum(executor, made.loss as Floats, weights));
    const share = shareOf(made.flags, 1, mask);
    if (share !== null) comparison.check('clipfrac', share);
  },
};

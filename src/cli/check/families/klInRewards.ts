// kl_in_reward: the KL penalty as token reward, and the adaptive controller of its coefficient.

import { runKernel } from '../../../gpu/testing';
import { nextKlCoefficient } from '../../../kernels/loss/klController';
import { KL_ESTIMATORS, klScalars, type KlEstimator } from '../../../kernels/loss/klEstimate';
import { klInReward } from '../../../kernels/loss/klInReward';
import { hasAll, NotKnown, type CaseRun, type Family } from '../family';
import { klKindOf } from '../lossKernels';

export const klInRewards: Family = {
  name: 'kl_in_reward',
  recognises: ({ inputs }) => hasAll(inputs, 'old_logprobs', 'ref_logprobs', 'scores', 'kl_coef') || hasAll(inputs, 'init_coef', 'observed_kl'),
  isHost: ({ inputs }) => hasAll(inputs, 'init_coef'),
  async run(run: CaseRun) {
    return run.inputs.has('init_coef') ? runController(run) : runPenalty(run);
  },
};

/** Said by an input, else by the name (kl_in_reward/k3), else k1. */
function kindOf({ fixture, inputs }: CaseRun): KlEstimator {
  for (const name of ['kl_kind', 'kind']) if (inputs.has(name)) return klKindOf(inputs, name);
  const named = fixture.name.split(/[/_ ]/).find((part) => (KL_ESTIMATORS as readonly string[]).includes(part));
  return (named as KlEstimator | undefined) ?? 'k1';
}

async function runPenalty(run: CaseRun): Promise<void> {
  const { inputs, comparison, executor } = run;
  const shape = inputs.tensor('mask', 2).shape as [number, number];
  const [rows, length] = shape;
  const made = await runKernel(executor, klInReward, {
    old_logprobs: inputs.shaped('old_logprobs', shape).data, ref_logprobs: inputs.shaped('ref_logprobs', shape).data, mask: inputs.mask('mask', shape),
    scores: inputs.shaped('scores', [rows]).data, token_rewards: new Float32Array(rows * length), sequence_kl: new Float32Array(rows),
  }, { rows, length, coefficient: inputs.number('kl_coef'), ...klScalars(kindOf(run), inputs.flagOr('clamped', false)) });
  comparison.check('token_rewards', made.token_rewards, { shape });
  comparison.check('mean_sequence_kl', Array.from(made.sequence_kl).reduce((sum, one) => sum + one, 0) / rows);
}

async function runController({ inputs, comparison }: CaseRun): Promise<void> {
  const controller = { target: inputs.number('target'), horizon: inputs.number('horizon') };
  if (!(controller.target > 0 && controller.horizon > 0)) throw new NotKnown('a target or horizon that is not positive');
  const answers = inputs.number('n_steps');
  let coefficient = inputs.number('init_coef');
  const made = Array.from(inputs.tensor('observed_kl', 1).data, (observed) => (coefficient = nextKlCoefficient(controller, coefficient, observed, answers)));
  comparison.check('coef_after_each_update', made);
}

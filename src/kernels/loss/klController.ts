// Adaptive KL coefficient (Ziegler et al., "Fine-tuning language models from human preferences", 2019): after each update
// coefficient *= 1 + clip(kl/target - 1, -0.2, 0.2) * answers/horizon.
// Fixtures: kl_in_reward.json kl_controller/*: init_coef first, then one call an entry of observed_kl, n_steps -> answers.

export interface KlController {
  /** mean sequence KL it steers towards, above 0 */
  readonly target: number;
  /** answers over which a lasting error of 20 % changes the coefficient by about 20 % */
  readonly horizon: number;
}

export function nextKlCoefficient({ target, horizon }: KlController, coefficient: number, observedKl: number, answers: number): number {
  if (!(target > 0 && horizon > 0)) throw new RangeError(`KL target ${target} and horizon ${horizon} must be above 0`);
  const error = Math.min(Math.max(observedKl / target - 1, -0.2), 0.2);
  return coefficient * (1 + (error * answers) / horizon);
}

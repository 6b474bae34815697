// All providers, and the one way to their signals: what a method asks for, whether a run can give it, and giving it.

import type { CreditShape } from '../../credit/builder';
import type { CreditMethod } from '../../credit/method';
import { describeSignal, type SignalName } from '../../credit/signals';
import { traceCredit } from '../../credit/trace';
import type { CreditSignals } from '../../credit/writeSignals';
import type { OptionValues } from '../../tasks/task';
import type { PolicyModel } from '../policyModel';
import { forEachToken } from '../rows';
import { answerMatch, callMatches, necessaryEnd } from './finalAnswers';
import { inspection, noQuestion } from './inspection';
import { form, outcomes } from './outcomes';
import { answerProbes, suffixProbes } from './probes';
import { addCosts, NO_COST, type Bench, type Scene, type SignalCost, type SignalProvider, type SignalValues } from './provider';
import { forcedAnswers, greedyOutcome, stepRollouts } from './rollouts';
import { reference, sampled, values } from './sampling';
import { checks, criticAsProcessModel, critiques, plans, reach, states, steps } from './stepJudgements';

export const PROVIDERS: readonly SignalProvider[] = [
  outcomes, form, steps, critiques, criticAsProcessModel, states, checks, reach, plans, answerMatch, callMatches, necessaryEnd,
  sampled, reference, values, inspection, noQuestion, answerProbes, suffixProbes, greedyOutcome, stepRollouts, forcedAnswers,
];

const providerOf = (signal: SignalName): SignalProvider | undefined => PROVIDERS.find(({ makes }) => makes.includes(signal));

/** What a method asks for with these parameters. */
export function creditNeeds(method: CreditMethod, parameters: OptionValues): readonly SignalName[] {
  return traceCredit(method, parameters, { answers: 1, width: 1, problems: 1, maximumSteps: 1, critiques: 1, referenceTokens: 1, checks: 1 }).needs;
}

/** Why this run cannot give a method what it needs: a sentence that says what is missing and what would meet it. */
export function unmetNeed(method: CreditMethod, parameters: OptionValues, bench: Bench): string | undefined {
  for (const need of creditNeeds(method, parameters)) {
    const provider = providerOf(need);
    const { label, meaning, madeBy } = describeSignal(need);
    const what = `Method ${method.name} needs the signal “${label}” (${meaning})`;
    if (provider === undefined) return `${what}. It is made by ${madeBy}, and this laboratory has none yet.`;
    const refusal = provider.refusal?.(bench);
    if (refusal !== undefined) return `${what}, but ${refusal}.`;
  }
  return undefined;
}

/** What programs are traced for, so that one batch's signals serve every method. */
export function creditShape(bench: Bench, width: number): CreditShape {
  const { problemsPerUpdate, answersPerProblem, critic } = bench.configuration;
  const base = { answers: problemsPerUpdate * answersPerProblem, width, problems: problemsPerUpdate, maximumSteps: width, critiques: critic.critiques };
  return PROVIDERS.filter(({ refusal }) => refusal?.(bench) === undefined).reduce((shape, { shape: more }) => ({ ...shape, ...more?.(bench) }), base);
}

export interface CollectedSignals {
  readonly signals: CreditSignals;
  /** of all providers that are asked for these signals, each once */
  costOf(needs: readonly SignalName[]): SignalCost;
}

/** Asks each provider once for what the needs want of it. */
export async function collectSignals(scene: Scene, needs: readonly SignalName[]): Promise<CollectedSignals> {
  const { sample } = scene;
  const mask_NT = new Uint8Array(sample.answers * sample.width);
  forEachToken(sample.lengths_N, sample.width, (i) => { mask_NT[i] = 1; });
  let signals: CreditSignals = { problem_N: sample.problem_N, mask_NT };
  const costs = new Map<SignalProvider, SignalCost>();
  // the policy does not change while it is looked at, so its weights are handed over once, however many providers ask
  let continuer: Promise<PolicyModel> | undefined;
  const asked: Scene = { ...scene, continuer: () => (continuer ??= scene.continuer()) };
  // steps are part of the frame of every program
  for (const provider of new Set([steps, ...needs.map((need) => providerOf(need)!)])) {
    const { cost, ...made } = await provider.make(asked);
    costs.set(provider, cost ?? NO_COST);
    signals = joined(signals, made);
  }
  return { signals, costOf: (wanted) => [...new Set(wanted.map((one) => providerOf(one)!))].reduce((sum, one) => addCosts(sum, costs.get(one) ?? NO_COST), NO_COST) };
}

const joined = (signals: CreditSignals, { values, ...others }: SignalValues): CreditSignals => ({ ...signals, ...others, values: { ...signals.values, ...values } });

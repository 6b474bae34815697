// One fresh batch by the policy as it is, several credit methods on it side by side, the truth, and how near each came. The page's
// compare view and `npm run lab -- fidelity` both stand on this. A run that it is asked of is not disturbed: draws have their own keys.

import type { CreditMethod } from '../../credit/method';
import { traceCredit } from '../../credit/trace';
import type { Executor } from '../../gpu/executor';
import type { OptionValues } from '../../tasks/task';
import type { BrokenStepScore } from '../answers/brokenStep';
import { assignCredit } from '../phases/credit';
import type { CreditRecord, CritiqueRecord, SampleRecord, ScoreRecord } from '../record';
import { collectSignals, creditNeeds, creditShape, unmetNeed } from '../signals';
import { findTruth, type TruthRequest } from '../truth/findTruth';
import { TruthCancelled, type Truth } from '../truth/truth';
import { scoreMethods, type Contender, type FidelityTable } from './fidelity';
import { trueGradients } from './problemGradients';
import { makeScene, type SceneParts } from './scene';
import { trainedCredit } from './trainedCredit';

/** A method with the parameters that are not the default ones. */
export interface CompareEntry {
  readonly method: CreditMethod;
  readonly parameters: OptionValues;
}

export interface CompareRequest {
  readonly entries: readonly CompareEntry[];
  readonly truth: Pick<TruthRequest, 'kind' | 'monteCarlo'>;
  /** answers a problem for the true gradient, even; 0 = no cosines */
  readonly gradientAnswers: number;
  readonly resamples: number;
}

export type CompareStage = 'sampling' | 'truth' | 'true gradient' | 'methods';

export interface CompareWatch {
  readonly clock: () => number;
  readonly onProgress?: (stage: CompareStage, done: number, total: number, rollouts: number) => void;
  /** see TruthWatch */
  readonly isCancelled?: () => boolean | Promise<boolean>;
}

/** A method's program on the batch, every line of it. */
export interface ComparedMethod {
  readonly name: string;
  readonly title: string;
  readonly credit: CreditRecord;
}

/** What is seen side by side: answers made elsewhere have no truth, and no table against it. */
export interface ComparedBatch extends Pick<Comparison, 'sample' | 'score' | 'critique' | 'refused'>, Partial<Pick<Comparison, 'truth' | 'table'>> {
  /** `brokenStep`: where all that is known is that some steps are wrong */
  readonly methods: readonly (ComparedMethod & { readonly brokenStep?: BrokenStepScore })[];
}

/** A method that lacks a signal here. */
export interface RefusedMethod {
  readonly name: string;
  readonly title: string;
  /** what is missing and what would meet it */
  readonly reason: string;
}

export interface Comparison {
  readonly sample: SampleRecord;
  readonly score: ScoreRecord;
  readonly critique: CritiqueRecord;
  /** those that can run, in the order asked for */
  readonly methods: readonly ComparedMethod[];
  readonly refused: readonly RefusedMethod[];
  readonly truth: Truth;
  readonly table: FidelityTable;
  /** answers behind the true gradient */
  readonly gradientAnswers: number;
}

export function nameOf({ method, parameters }: CompareEntry): string {
  return [method.name, ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`)].join(':');
}

/** Throws TruthCancelled where a person asked to stop. */
export async function compareMethods(executor: Executor, parts: SceneParts, request: CompareRequest, watch: CompareWatch): Promise<Comparison> {
  const { task, model, configuration } = parts;
  const goOn = async (stage: CompareStage, done: number, total: number): Promise<void> => {
    if (await watch.isCancelled?.() === true) throw new TruthCancelled();
    watch.onProgress?.(stage, done, total, 0);
  };
  await goOn('sampling', 0, 1);
  const scene = await makeScene(parts);
  const { sample, score, critique } = scene;
  const truth = await findTruth(task, model, await scene.continuer(), sample, { ...request.truth, seed: configuration.seed, sampling: configuration.sampling }, {
    clock: watch.clock, onProgress: ({ done, total, rollouts }) => watch.onProgress?.('truth', done, total, rollouts), ...(watch.isCancelled !== undefined && { isCancelled: watch.isCancelled }),
  });
  const problems = sample.problems_P.length;
  const gradients = request.gradientAnswers === 0 ? undefined
    : await trueGradients(task, model, sample, configuration.sampling, configuration.seed, request.gradientAnswers, (done) => goOn('true gradient', done, problems));

  const reasons = request.entries.map(({ method, parameters }) => unmetNeed(method, parameters, scene));
  const able = request.entries.filter((_, i) => reasons[i] === undefined);
  const needsOf = ({ method, parameters }: CompareEntry) => creditNeeds(method, parameters);
  const { signals, costOf } = await collectSignals(scene, [...new Set(able.flatMap(needsOf))]);
  const methods: ComparedMethod[] = [];
  const contenders: Contender[] = [];
  for (const entry of able) {
    const [name, title] = [nameOf(entry), entry.method.title];
    const traced = traceCredit(entry.method, entry.parameters, creditShape(scene, sample.width));
    await executor.prepare(traced.plan);
    const credit = await assignCredit(executor, traced, signals, critique);
    executor.release(...traced.plan.buffers());
    methods.push({ name, title, credit });
    contenders.push({ name, title, credit_NT: trainedCredit(credit, sample), cost: costOf(needsOf(entry)) });
  }
  const table = await scoreMethods({ scene, truth, ...(gradients && { gradients }), contenders, resamples: request.resamples, onProgress: (done, total) => goOn('methods', done, total) });
  const refused = request.entries.flatMap((entry, i) => (reasons[i] === undefined ? [] : [{ name: nameOf(entry), title: entry.method.title, reason: reasons[i]! }]));
  return { sample, score, critique, methods, refused, truth, table, gradientAnswers: gradients?.answers ?? 0 };
}

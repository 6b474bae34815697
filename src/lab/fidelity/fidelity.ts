// Every chosen method on the same answers, scored against the truth. A method that lacks a signal is a row with the sentence why.

import type { Executor } from '../../gpu/executor';
import { readFloats } from '../../gpu/executor';
import type { CreditMethod } from '../../credit/method';
import type { SignalName } from '../../credit/signals';
import { traceCredit } from '../../credit/trace';
import { writeSignals } from '../../credit/writeSignals';
import type { OptionValues } from '../../tasks/task';
import { forEachToken } from '../rows';
import { collectSignals, creditNeeds, creditShape, unmetNeed } from '../signals';
import { NO_COST, type Scene, type SignalCost } from '../signals/provider';
import type { Truth } from '../truth/truth';
import { intervalOf, resamples, type Interval } from './bootstrap';
import { cosineOf, products, type ProblemGradients } from './gradientCosine';
import { measure, MEASURES, type CreditPairs, type Measures } from './measures';
import { creditGradients, type TrueGradients } from './problemGradients';

export interface FidelityEntry {
  readonly method: CreditMethod;
  readonly parameters: OptionValues;
}

export type FidelityMeasure = (typeof MEASURES)[number] | 'gradientCosine';

export interface FidelityRow {
  /** method's name, with the parameters that are not the default ones */
  readonly name: string;
  readonly title: string;
  /** what a method costs beyond the run's own sampling and scoring */
  readonly cost: SignalCost;
  /** null where it is not defined on these answers */
  readonly scores: Readonly<Record<FidelityMeasure, Interval | null>>;
}

export interface RefusedRow {
  readonly name: string;
  readonly title: string;
  readonly reason: string;
}

export interface FidelityTable {
  /** best first */
  readonly rows: readonly FidelityRow[];
  /** what no method can be expected to beat: the truth's credit itself, or half of its continuations against the other half */
  readonly ceiling: FidelityRow;
  /** no credit at all */
  readonly floor: FidelityRow;
  readonly refused: readonly RefusedRow[];
  readonly coverage: Readonly<Record<'sign' | 'leak' | 'breaker', number>>;
  /** cosine between the two halves of the large batch */
  readonly gradientAgreement: number;
}

export interface FidelityRequest {
  readonly executor: Executor;
  readonly scene: Scene;
  readonly truth: Truth;
  readonly gradients: TrueGradients;
  readonly entries: readonly FidelityEntry[];
  readonly resamples: number;
  readonly onProgress?: (done: number, total: number, name: string) => void;
}

export function nameOf({ method, parameters }: FidelityEntry): string {
  const set = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return set.length === 0 ? method.name : `${method.name}:${set.join(',')}`;
}

export async function scoreMethods({ executor, scene, truth, gradients, entries, resamples: times, onProgress }: FidelityRequest): Promise<FidelityTable> {
  const { task, model, sample, configuration } = scene;
  const refused: RefusedRow[] = [];
  const able = entries.filter((entry) => {
    const reason = unmetNeed(entry.method, entry.parameters, scene);
    if (reason !== undefined) refused.push({ name: nameOf(entry), title: entry.method.title, reason });
    return reason === undefined;
  });
  const needs = [...new Set(able.flatMap(({ method, parameters }) => creditNeeds(method, parameters)))];
  const { signals, costOf } = await collectSignals(scene, needs);
  const draws = resamples(sample.problems_P.length, times, configuration.seed);
  const isBound = truth.kind === 'enumeration';
  const trueProducts = products(gradients.whole, gradients.whole);

  const score = async (name: string, title: string, credit_NT: Float32Array, cost: SignalCost, against: Truth = truth): Promise<FidelityRow & { measures: Measures }> => {
    const own = await creditGradients(task, model, sample, configuration.sampling.temperature, credit_NT);
    const pairs = pairsByProblem(scene, credit_NT, against);
    const measures = measure(joinPairs(pairs, everyIndex(pairs.length)), isBound);
    const resampled = draws.map((draw) => measure(joinPairs(pairs, draw), isBound));
    const cosine = cosines(own, gradients.whole, trueProducts, draws);
    const scores = Object.fromEntries(MEASURES.map((one) => [one, intervalOf(measures[one], resampled.map((each) => each[one]))])) as Record<FidelityMeasure, Interval | null>;
    return { name, title, cost, measures, scores: { ...scores, gradientCosine: cosine } };
  };

  const rows: FidelityRow[] = [];
  for (const [i, entry] of able.entries()) {
    onProgress?.(i, able.length, nameOf(entry));
    const credit_NT = await creditOf(executor, entry, scene, signals);
    const { measures: _, ...row } = await score(nameOf(entry), entry.method.title, credit_NT, costOf(creditNeeds(entry.method, entry.parameters) as readonly SignalName[]));
    rows.push(row);
  }
  const { ceiling, coverage } = await best();
  const { measures: _, ...floor } = await score('none', 'No credit at all', new Float32Array(truth.advantages_NT.length), NO_COST);
  const [first, second] = gradients.halves;
  return {
    rows: rows.sort((a, b) => rank(b) - rank(a)), ceiling, floor, refused, coverage,
    gradientAgreement: cosineOf(products(first, second), products(first, first), products(second, second), everyIndex(first.length)),
  };

  /** Exact: the truth's own credit. Monte Carlo: one half's credit against the other half's, whose errors are larger by the root of two. */
  async function best() {
    const { measures, ...ceiling } = truth.halves_NT === undefined
      ? await score('truth', 'The truth itself', Float32Array.from(truth.advantages_NT), NO_COST)
      : await score('truth', 'The truth against itself, half by half', Float32Array.from(truth.halves_NT[0]), NO_COST, {
        ...truth, advantages_NT: truth.halves_NT[1], advantageErrors_NT: truth.advantageErrors_NT.map((one) => one * Math.SQRT2),
      });
    return { ceiling, coverage: { sign: measures.signCoverage, leak: measures.leakCoverage, breaker: measures.breakerCoverage } };
  }
}

/** By the gradient's direction, which is what training follows; then by order. */
const rank = ({ scores }: FidelityRow): number => (scores.gradientCosine?.value ?? -2) + 1e-3 * (scores.spearman?.value ?? 0);

/** A method's advantages on the scene's batch; 0 for answers that it keeps out of the loss. */
export async function creditOf(executor: Executor, { method, parameters }: FidelityEntry, scene: Scene, signals: Parameters<typeof writeSignals>[2]): Promise<Float32Array> {
  const traced = traceCredit(method, parameters, creditShape(scene, scene.sample.width));
  await executor.prepare(traced.plan);
  writeSignals(executor, traced, signals);
  await executor.run(traced.plan);
  const credit_NT = (await readFloats(executor, traced.advantages)).slice();
  const keep_N = traced.rowMask && await readFloats(executor, traced.rowMask);
  if (keep_N !== undefined) keep_N.forEach((keep, n) => { if (keep === 0) credit_NT.fill(0, n * scene.sample.width, (n + 1) * scene.sample.width); });
  executor.release(...traced.plan.buffers());
  return credit_NT;
}

function cosines(own: ProblemGradients, whole: ProblemGradients, trueProducts: Float64Array, draws: readonly Uint32Array[]): Interval | null {
  const [mixed, squares] = [products(own, whole), products(own, own)];
  const of = (problems: ArrayLike<number>): number => cosineOf(mixed, squares, trueProducts, problems);
  return intervalOf(of(everyIndex(own.length)), draws.map(of));
}

const everyIndex = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

function pairsByProblem({ sample, score }: Scene, credit_NT: Float32Array, truth: Truth): CreditPairs[] {
  return sample.problems_P.map((_, problem) => {
    const at: number[] = [];
    const answer: number[] = [];
    forEachToken(sample.lengths_N, sample.width, (i, n) => {
      if (sample.problem_N[n] !== problem) return;
      at.push(i);
      answer.push(n);
    });
    return {
      credit: Float64Array.from(at, (i) => credit_NT[i]!), truth: Float64Array.from(at, (i) => truth.advantages_NT[i]!), error: Float64Array.from(at, (i) => truth.advantageErrors_NT[i]!),
      answer: Uint32Array.from(answer), isWrong: Uint8Array.from(answer, (n) => (score.outcome_N[n]! > 0 ? 0 : 1)),
    };
  });
}

/** Of a resample: a problem drawn twice has its answers twice, as answers of their own. */
function joinPairs(pairs: readonly CreditPairs[], problems: ArrayLike<number>): CreditPairs {
  const chosen = Array.from(problems, (problem) => pairs[problem]!);
  const size = chosen.reduce((sum, { credit }) => sum + credit.length, 0);
  const joined = { credit: new Float64Array(size), truth: new Float64Array(size), error: new Float64Array(size), answer: new Uint32Array(size), isWrong: new Uint8Array(size) };
  let [at, answers] = [0, 0];
  for (const one of chosen) {
    for (const name of ['credit', 'truth', 'error', 'isWrong'] as const) joined[name].set(one[name], at);
    for (let i = 0; i < one.answer.length; i++) {
      if (i === 0 || one.answer[i] !== one.answer[i - 1]) answers++;
      joined.answer[at + i] = answers;
    }
    at += one.credit.length;
  }
  return joined;
}

// Credit of several methods on the same answers, scored against the truth, each measure with its interval.

import { forEachToken } from '../rows';
import { NO_COST, type Scene, type SignalCost } from '../signals/provider';
import type { Truth } from '../truth/truth';
import { intervalOf, resamples, type Interval } from './bootstrap';
import { cosineOf, products, type ProblemGradients } from './gradientCosine';
import { measure, MEASURES, type CreditPairs, type Measures } from './measures';
import { creditGradients, type TrueGradients } from './problemGradients';

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

export interface FidelityTable {
  /** best first */
  readonly rows: readonly FidelityRow[];
  /** what no method can be expected to beat: the truth's credit itself, or half of its continuations against the other half */
  readonly ceiling: FidelityRow;
  /** no credit at all */
  readonly floor: FidelityRow;
  readonly coverage: Readonly<Record<'sign' | 'leak' | 'breaker', number>>;
  /** cosine between the two halves of the large batch; absent without a true gradient */
  readonly gradientAgreement?: number;
}

/** A method's credit on the scene's batch. */
export interface Contender {
  readonly name: string;
  readonly title: string;
  /** 0 for answers that the method keeps out of the loss */
  readonly credit_NT: Float32Array;
  readonly cost: SignalCost;
}

export interface FidelityRequest {
  readonly scene: Scene;
  readonly truth: Truth;
  /** absent: no cosines */
  readonly gradients?: TrueGradients;
  readonly contenders: readonly Contender[];
  readonly resamples: number;
  /** awaited before each method */
  readonly onProgress?: (done: number, total: number) => Promise<void>;
}

export async function scoreMethods({ scene, truth, gradients, contenders, resamples: times, onProgress }: FidelityRequest): Promise<FidelityTable> {
  const { task, model, sample, configuration } = scene;
  const draws = resamples(sample.problems_P.length, times, configuration.seed);
  const isBound = truth.kind === 'enumeration';
  const trueProducts = gradients && products(gradients.whole, gradients.whole);

  const score = async ({ name, title, credit_NT, cost }: Contender, against: Truth = truth): Promise<{ row: FidelityRow; measures: Measures }> => {
    const pairs = pairsByProblem(scene, credit_NT, against);
    const measures = measure(joinPairs(pairs, everyIndex(pairs.length)), isBound);
    const resampled = draws.map((draw) => measure(joinPairs(pairs, draw), isBound));
    const scores = Object.fromEntries(MEASURES.map((one) => [one, intervalOf(measures[one], resampled.map((each) => each[one]))])) as Record<FidelityMeasure, Interval | null>;
    const gradientCosine = gradients === undefined ? null
      : cosines(await creditGradients(task, model, sample, configuration.sampling.temperature, credit_NT), gradients.whole, trueProducts!, draws);
    return { row: { name, title, cost, scores: { ...scores, gradientCosine } }, measures };
  };

  const rows: FidelityRow[] = [];
  for (const [i, contender] of contenders.entries()) {
    await onProgress?.(i, contenders.length);
    rows.push((await score(contender)).row);
  }
  const best = await score({ ...ceilingOf(truth), name: 'truth', cost: NO_COST }, truth.halves_NT && { ...truth, advantages_NT: truth.halves_NT[1], advantageErrors_NT: truth.advantageErrors_NT.map((one) => one * Math.SQRT2) });
  const floor = await score({ name: 'none', title: 'No credit at all', credit_NT: new Float32Array(truth.advantages_NT.length), cost: NO_COST });
  return {
    rows: rows.sort((a, b) => rank(b) - rank(a)), ceiling: best.row, floor: floor.row,
    coverage: { sign: best.measures.signCoverage, leak: best.measures.leakCoverage, breaker: best.measures.breakerCoverage },
    ...(gradients && { gradientAgreement: agreement(gradients) }),
  };
}

/** Exact: the truth's own credit. Monte Carlo: one half's credit, against the other half, whose errors are larger by the root of two. */
const ceilingOf = ({ advantages_NT, halves_NT }: Truth): Pick<Contender, 'title' | 'credit_NT'> => (halves_NT === undefined
  ? { title: 'The truth itself', credit_NT: Float32Array.from(advantages_NT) }
  : { title: 'The truth against itself, half by half', credit_NT: Float32Array.from(halves_NT[0]) });

function agreement({ halves: [first, second] }: TrueGradients): number {
  return cosineOf(products(first, second), products(first, first), products(second, second), everyIndex(first.length));
}

/** By the gradient's direction, which is what training follows; then by order. */
const rank = ({ scores }: FidelityRow): number => 10 * (scores.gradientCosine?.value ?? 0) + 1e-2 * (scores.spearman?.value ?? 0);

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

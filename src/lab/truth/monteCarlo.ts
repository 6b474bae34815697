// V by continuations: from every distinct prefix of the batch the policy goes on K times, V is the share that the verifier accepts.
// K adapts: every prefix gets `share` continuations, then those whose standard error is above `targetError` get as many again, until
// none is above it or each has `most`. The standard error is that of (s + 1) / (k + 2), which is not 0 where all k agree.
// What is left of the length limit differs from prefix to prefix: an answer that ends beyond it was cut off and counts 0.

import type { SampledAnswers } from '../../model/sampler';
import { streamKey } from '../../random/threefry';
import { STOP_TOKEN, type Task } from '../../tasks/task';
import type { SamplingConfiguration } from '../configuration';
import { continuedOutcome } from '../continuer';
import type { PolicyModel } from '../policyModel';
import type { SampleRecord } from '../record';
import { encode } from '../tokens';
import { growPrefixTree, prefixOf } from './prefixTree';
import { assembleTruth, TruthCancelled, type Truth } from './truth';

export interface MonteCarloSettings {
  readonly seed: number;
  readonly sampling: SamplingConfiguration;
  /** continuations of a prefix that are drawn together; even, so that the halves are equal */
  readonly share: number;
  /** continuations of a prefix, at most */
  readonly most: number;
  /** standard error of V that is good enough */
  readonly targetError: number;
}

export const MONTE_CARLO: Omit<MonteCarloSettings, 'seed' | 'sampling'> = { share: 16, most: 256, targetError: 0.03 };

export interface TruthProgress {
  readonly rollouts: number;
  /** of this round */
  readonly done: number;
  readonly total: number;
  readonly largestError: number;
}

export interface TruthWatch {
  readonly onProgress?: (progress: TruthProgress) => void;
  /** asked between two pieces of work; a promise lets a worker hear its messages first */
  readonly isCancelled?: () => boolean | Promise<boolean>;
  /** in seconds */
  readonly clock: () => number;
}

/** `continuer`: the policy, built for prompts of maximumPromptLength + maximumAnswerLength tokens. */
export async function monteCarloTruth(
  task: Task, continuer: PolicyModel, sample: SampleRecord, { seed, sampling, share, most, targetError }: MonteCarloSettings, { onProgress, isCancelled, clock }: TruthWatch,
): Promise<Truth> {
  if (share % 2 !== 0 || share < 2 || most < share || !(targetError > 0)) throw new RangeError(`Monte Carlo: share = ${share}, most = ${most}, target error = ${targetError}`);
  const started = clock();
  const tree = growPrefixTree(task, sample);
  const prompts_P = sample.problems_P.map((problem) => encode(task.alphabet, problem.prompt));
  const count = tree.nodes.length;
  const rollouts = new Uint32Array(count);
  const successes = [new Uint32Array(count), new Uint32Array(count)] as const;
  const cost = { rollouts: 0, sampledTokens: 0 };
  const errorOf = (node: number): number => {
    if (tree.nodes[node]!.outcome !== undefined) return 0;
    const k = rollouts[node]!;
    const p = (successes[0][node]! + successes[1][node]! + 1) / (k + 2);
    return Math.sqrt((p * (1 - p)) / k);
  };
  // neighbours in depth end at about the same time, and so a shard wastes few columns
  const open = [...tree.nodes.keys()].filter((node) => tree.nodes[node]!.outcome === undefined).sort((a, b) => tree.nodes[a]!.depth - tree.nodes[b]!.depth);
  const together = Math.max(1, Math.floor(continuer.microbatchAnswers / share));
  let largestError = 1;
  for (let [round, wanted] = [0, open]; wanted.length > 0; round++) {
    const key = streamKey(seed, 'truth', round);
    const draws = wanted.flatMap((node) => new Array<number>(timesMore(rollouts[node]!)).fill(node));
    for (let from = 0; from < draws.length; from += together) {
      if (await isCancelled?.() === true) throw new TruthCancelled();
      const nodes = draws.slice(from, from + together);
      const prompts = nodes.map((node) => [...prompts_P[tree.nodes[node]!.problem]!, ...prefixOf(tree, node)]);
      const columns = Math.max(...nodes.map((node) => sample.width - tree.nodes[node]!.depth));
      const drawn = await continuer.sample(prompts, share, { ...sampling, isGreedy: false, stopToken: STOP_TOKEN, key, rowOffset: from * share, columns });
      nodes.forEach((node, i) => { for (let k = 0; k < share; k++) tell(node, drawn, i * share + k); });
      onProgress?.({ rollouts: cost.rollouts, done: Math.min(from + together, draws.length), total: draws.length, largestError });
    }
    largestError = open.reduce((worst, node) => Math.max(worst, errorOf(node)), 0);
    wanted = open.filter((node) => errorOf(node) > targetError && timesMore(rollouts[node]!) > 0);
  }

  /** how many shares a prefix gets next: as much again as it has */
  function timesMore(had: number): number {
    return Math.floor(Math.min(Math.max(had, share), most - had) / share);
  }

  function tell(node: number, drawn: SampledAnswers, row: number): void {
    const { depth, problem } = tree.nodes[node]!;
    const half = (rollouts[node]! % 2) as 0 | 1;
    rollouts[node]!++;
    cost.rollouts++;
    cost.sampledTokens += Math.min(drawn.lengths_N[row]!, sample.width - depth);
    successes[half][node]! += continuedOutcome(task, sample.problems_P[problem]!, prefixOf(tree, node), sample.width, drawn, row);
  }

  return assembleTruth('monte-carlo', sample, tree,
    (node) => ({ value: tree.nodes[node]!.outcome ?? (successes[0][node]! + successes[1][node]!) / rollouts[node]!, error: errorOf(node) }),
    { ...cost, forwards: 0, seconds: clock() - started },
    (node, half) => tree.nodes[node]!.outcome ?? (2 * successes[half][node]!) / rollouts[node]!);
}

// V by enumeration: every way an answer can go on from the batch's prefixes, with its probability under the policy.
//   V(prefix) = sum over tokens v of p(v | prefix) V(prefix, v),  V of an ended answer = its outcome, 0 where it was cut off.
// A way whose probability, counted from the nearest prefix of the batch, is below `drop` is not followed; its V could be anything in
// [0, 1], so every prefix carries bounds [low, high]: V is reported as their middle, half their distance as the error.
//
// The tree grows by whole paths: a prefix not yet known is continued greedily to its end, one scoring forward gives the
// distributions along that path, and every other token likely enough begins a path of the next round. So the work is one
// forward a path, not one a prefix. Only for plain temperature sampling: top-k, top-p and min-p are left out.

import { streamKey } from '../../random/threefry';
import { STOP_TOKEN, type Task } from '../../tasks/task';
import type { PolicyModel } from '../policyModel';
import type { SampleRecord } from '../record';
import { encode, decode } from '../tokens';
import type { TruthWatch } from './monteCarlo';
import { childOf, growPrefixTree, prefixOf } from './prefixTree';
import { assembleTruth, TruthCancelled, type PrefixValue, type Truth } from './truth';

export interface EnumerationSettings {
  readonly temperature: number;
  /** ways less likely than this are not followed; 0 = all are */
  readonly drop: number;
  /** refuses trees that need more paths than this */
  readonly mostPaths: number;
}

export const ENUMERATION: Omit<EnumerationSettings, 'temperature'> = { drop: 1e-5, mostPaths: 120_000 };

/** The tree is too large; Monte Carlo is the way. */
export class TreeTooLarge extends RangeError {
  constructor(mostPaths: number) {
    super(`more than ${mostPaths} different answers are likely enough to count; exact values would take too long here`);
  }
}

/** `model` scores; `continuer` is the same policy built for prompts of maximumPromptLength + maximumAnswerLength tokens. */
export async function enumerateTruth(
  task: Task, model: PolicyModel, continuer: PolicyModel, sample: SampleRecord, { temperature, drop, mostPaths }: EnumerationSettings, { onProgress, isCancelled, clock }: TruthWatch,
): Promise<Truth> {
  const started = clock();
  const tree = growPrefixTree(task, sample);
  const inBatch = tree.nodes.length;
  const prompts_P = sample.problems_P.map((problem) => encode(task.alphabet, problem.prompt));
  const vocabulary = task.alphabet.length;
  /** next-token probabilities of a node; made when a path runs through it */
  const probabilities: (Float64Array | undefined)[] = [];
  /** probability of a node counted from the nearest prefix of the batch */
  const reach: number[] = new Array<number>(inBatch).fill(1);
  const cost = { rollouts: 0, sampledTokens: 0, forwards: 0 };
  const isSettled = (node: number): boolean => {
    const { outcome, problem } = tree.nodes[node]!;
    return outcome !== undefined || task.isHopeless?.(sample.problems_P[problem]!, decode(task.alphabet, prefixOf(tree, node))) === true;
  };

  // the batch's own answers are the first paths
  const leaves = new Set(tree.nodes.keys());
  for (const { parent } of tree.nodes) leaves.delete(parent);
  let paths = [...leaves].map((leaf) => ({ problem: tree.nodes[leaf]!.problem, tokens: prefixOf(tree, leaf), known: 0 }));
  let frontier: number[] = [];
  for (;;) {
    for (let from = 0; from < paths.length; from += model.microbatchAnswers) {
      if (await isCancelled?.() === true) throw new TruthCancelled();
      await follow(paths.slice(from, from + model.microbatchAnswers));
      onProgress?.({ rollouts: cost.forwards, done: Math.min(from + model.microbatchAnswers, paths.length), total: paths.length, largestError: 1 });
    }
    if (frontier.length === 0) break;
    if (cost.forwards + frontier.length > mostPaths) throw new TreeTooLarge(mostPaths);
    paths = await continued(frontier);
    frontier = [];
  }

  /** Greedy ends: where the likeliest way goes; which way it is does not matter for the values. */
  async function continued(nodes: readonly number[]) {
    const prefixes = nodes.map((node) => prefixOf(tree, node));
    const grown: { problem: number; tokens: number[]; known: number }[] = [];
    const together = continuer.microbatchAnswers;
    for (let from = 0; from < nodes.length; from += together) {
      if (await isCancelled?.() === true) throw new TruthCancelled();
      const part = nodes.slice(from, from + together);
      const prompts = part.map((node, i) => [...prompts_P[tree.nodes[node]!.problem]!, ...prefixes[from + i]!]);
      const drawn = await continuer.sample(prompts, 1, {
        temperature, topK: 0, topP: 1, minP: 0, isGreedy: true, stopToken: STOP_TOKEN, key: streamKey(0, 'truth', 0), rowOffset: 0,
      });
      part.forEach((node, i) => {
        const prefix = prefixes[from + i]!;
        const length = Math.min(drawn.lengths_N[i]!, sample.width - prefix.length);
        cost.rollouts++;
        cost.sampledTokens += length;
        grown.push({
          problem: tree.nodes[node]!.problem, known: prefix.length,
          tokens: [...prefix, ...drawn.tokens_NT.subarray(i * continuer.answerLength, i * continuer.answerLength + length)],
        });
      });
    }
    return grown;
  }

  /** A path's entropies add up to the log of how many ways are about as likely: a tree that cannot fit is known after its first forwards. */
  function refuseHopeless({ entropy_NT }: { readonly entropy_NT: Float32Array }, some: typeof paths): void {
    const nats = some.map((_, n) => entropy_NT.subarray(n * sample.width, (n + 1) * sample.width).reduce((sum, one) => sum + one, 0)).sort((a, b) => a - b);
    if (sample.problems_P.length * Math.exp(nats[Math.floor(nats.length / 2)]!) > mostPaths) throw new TreeTooLarge(mostPaths);
  }

  /** One forward: the distributions along these paths. `known`: tokens whose nodes have theirs already. */
  async function follow(some: typeof paths): Promise<void> {
    const width = sample.width;
    const tokens_NT = new Uint32Array(some.length * width);
    some.forEach(({ tokens }, n) => tokens_NT.set(tokens, n * width));
    const batch = { prompts_N: some.map(({ problem }) => prompts_P[problem]!), tokens_NT, lengths_N: Uint32Array.from(some, ({ tokens }) => tokens.length) };
    const top = await model.topTokens(batch, temperature, vocabulary);
    if (cost.forwards === 0) refuseHopeless(top, some);
    cost.forwards += some.length;
    some.forEach(({ problem, tokens, known }, n) => {
      let node = tokens.slice(0, known).reduce((at, token) => tree.nodes[at]!.children.get(token)!, tree.root_P[problem]!);
      for (let t = known; t < tokens.length; t++) {
        if (isSettled(node)) return;
        if (probabilities[node] === undefined) {
          const p_V = new Float64Array(vocabulary);
          const at = (n * width + t) * vocabulary;
          for (let place = 0; place < vocabulary; place++) p_V[top.ids[at + place]!] = top.probabilities[at + place]!;
          const total = p_V.reduce((sum, one) => sum + one, 0);
          probabilities[node] = p_V.map((one) => one / total);
          branch(node, tokens[t]!);
        }
        node = tree.nodes[node]!.children.get(tokens[t]!)!;
      }
    });
  }

  /** Makes the children that count; those not on the path wait for paths of their own. */
  function branch(node: number, onPath: number): void {
    probabilities[node]!.forEach((p, token) => {
      const isOfBatch = (tree.nodes[node]!.children.get(token) ?? inBatch) < inBatch;
      const likelihood = reach[node]! * p;
      const isEnd = token === STOP_TOKEN || tree.nodes[node]!.depth + 1 === sample.width;
      if (!isOfBatch && !isEnd && token !== onPath && (p === 0 || likelihood < drop)) return;
      const child = childOf(tree, task, sample, sample.width, node, token);
      if (isOfBatch) return;
      reach[child] = likelihood;
      if (token !== onPath && !isSettled(child)) frontier.push(child);
    });
  }

  const low = new Float64Array(tree.nodes.length);
  const high = new Float64Array(tree.nodes.length);
  // children are younger than their parents
  for (let node = tree.nodes.length - 1; node >= 0; node--) {
    const { outcome, children } = tree.nodes[node]!;
    const p_V = probabilities[node];
    if (outcome !== undefined) low[node] = high[node] = outcome;
    else if (isSettled(node)) low[node] = high[node] = 0;
    else if (p_V === undefined) high[node] = 1;
    else {
      p_V.forEach((p, token) => {
        const child = children.get(token);
        low[node]! += p * (child === undefined ? 0 : low[child]!);
        high[node]! += p * (child === undefined ? 1 : high[child]!);
      });
    }
  }
  const valueOf = (node: number): PrefixValue => ({ value: (low[node]! + high[node]!) / 2, error: (high[node]! - low[node]!) / 2 });
  return assembleTruth('enumeration', sample, tree, valueOf, { ...cost, seconds: clock() - started });
}

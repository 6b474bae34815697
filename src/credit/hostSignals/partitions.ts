// The partitions that credit programs take statistics over (operations/setStatistic.ts), by name. Nothing crosses problems but allSteps.
// Usable places only: unmasked tokens, and the steps an answer has.

import type { SignalName } from '../signals';
import { partitionBy, type Partition } from './partition';
import { prefixTree } from './prefixTree';

/** One batch, checked, as the partitions see it. */
export interface PartitionSource {
  readonly answers: number;
  readonly width: number;
  readonly maximumSteps: number;
  readonly problem_N: ArrayLike<number>;
  readonly mask_NT: ArrayLike<number>;
  readonly stepCount_N: ArrayLike<number>;
  readonly stepOfToken_NT: ArrayLike<number>;
  readonly tokens_NT: ArrayLike<number>;
  /** [N][K] */
  readonly states_NK: readonly (readonly (string | number)[])[];
}

interface PartitionKind {
  readonly shape: 'token' | 'step';
  readonly needs: readonly SignalName[];
  /** the set, as formulas say it */
  readonly words: string;
  build(source: PartitionSource): Partition;
}

export const PARTITIONS = {
  prefix: {
    shape: 'token', needs: ['tokens'], words: 'the problem’s answers that begin with the same tokens up to here',
    build(source) {
      const { node_NT } = prefixTree(source.tokens_NT, source.mask_NT, source.problem_N);
      return partitionBy(node_NT.length, (i) => (node_NT[i]! < 0 ? undefined : node_NT[i]!));
    },
  },
  stepPrefix: {
    shape: 'step', needs: ['tokens', 'steps'], words: 'the problem’s answers whose tokens are the same up to the end of this step',
    build(source) {
      const { node_NT } = prefixTree(source.tokens_NT, source.mask_NT, source.problem_N);
      const last = new Int32Array(source.answers * source.maximumSteps).fill(-1);
      for (let i = 0; i < node_NT.length; i++) {
        const step = source.stepOfToken_NT[i]!;
        if (step >= 0) last[Math.floor(i / source.width) * source.maximumSteps + step] = node_NT[i]!;
      }
      return partitionBy(last.length, (i) => (last[i]! < 0 ? undefined : last[i]! * source.maximumSteps + (i % source.maximumSteps)));
    },
  },
  state: {
    shape: 'step', needs: ['states', 'steps'], words: 'the problem’s steps from the same state',
    build: (source) => bySteps(source, (n, step) => `${source.problem_N[n]}/${typeof source.states_NK[n]![step]}/${source.states_NK[n]![step]}`),
  },
  stepIndex: {
    shape: 'step', needs: ['steps'], words: 'the problem’s answers at the same step number',
    build: (source) => bySteps(source, (n, step) => source.problem_N[n]! * source.maximumSteps + step),
  },
  allSteps: { shape: 'step', needs: ['steps'], words: 'all steps of the batch', build: (source) => bySteps(source, () => 0) },
  tokenIndex: {
    shape: 'token', needs: [], words: 'the problem’s answers at the same token number',
    build: ({ answers, width, mask_NT, problem_N }) =>
      partitionBy(answers * width, (i) => (mask_NT[i] === 0 ? undefined : problem_N[Math.floor(i / width)]! * width + (i % width))),
  },
  column: {
    shape: 'token', needs: [], words: 'the problem’s answers at the same token number, ended ones too',
    build: ({ answers, width, problem_N }) => partitionBy(answers * width, (i) => problem_N[Math.floor(i / width)]! * width + (i % width)),
  },
} as const satisfies Record<string, PartitionKind>;
export type PartitionName = keyof typeof PARTITIONS;

function bySteps({ answers, maximumSteps, stepCount_N }: PartitionSource, keyOf: (n: number, step: number) => string | number): Partition {
  return partitionBy(answers * maximumSteps, (i) => {
    const n = Math.floor(i / maximumSteps);
    const step = i % maximumSteps;
    return step < stepCount_N[n]! ? keyOf(n, step) : undefined;
  });
}

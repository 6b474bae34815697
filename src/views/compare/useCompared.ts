// What the compare view shows, derived from the comparison and the place in it: one answer, the truth and each method over its tokens,
// all on one scale.

import { useMemo } from 'react';
import type { Comparison } from '../../lab/fidelity/compare';
import type { FidelityRow } from '../../lab/fidelity/fidelity';
import type { RunNames } from '../../lab/record';
import { shownComparison, type CompareState } from '../../state/compareStore';
import type { PartialUpdate } from '../../viz/channel';
import { chipText, columnWidths, type ChipText } from '../../viz/chipLayout';
import { bestScale, largestMagnitude, lowestToken, numbersOf, scaleFactor, trainedCredit, type Scaling } from '../../viz/creditScaling';
import type { Domain } from '../../viz/scale';
import { useCompare } from './useCompare';

export interface ComparedRow {
  readonly name: string;
  readonly title: string;
  readonly fidelity: FidelityRow;
  /** as the method gives it */
  readonly own_NT: Float32Array;
  /** times its factor */
  readonly scaled_NT: Float32Array;
  readonly factor: number;
  /** own at its best scale, less the truth */
  readonly difference_NT: Float32Array;
  readonly bestFactor: number;
  /** the batch as the method saw it, for its lines */
  readonly update: PartialUpdate;
}

export interface Compared {
  readonly comparison: Comparison;
  readonly names: RunNames;
  readonly problem: number;
  /** answers to the problem, as indices into the batch */
  readonly group: readonly number[];
  /** place in the group */
  readonly row: number;
  /** in the batch */
  readonly answer: number;
  readonly chips: readonly ChipText[];
  readonly widths: readonly number[];
  /** the one selected, or that with the lowest true credit */
  readonly token: number;
  readonly rows: readonly ComparedRow[];
  readonly selected: ComparedRow;
  readonly domain: Domain;
}

type Place = Pick<CompareState, 'problem' | 'answer' | 'method' | 'lockedLimit'>;

/** Undefined while there is nothing to show. */
export function useCompared(): Compared | undefined {
  const shown = useCompare(shownComparison);
  const problem = useCompare((state) => state.problem);
  const answer = useCompare((state) => state.answer);
  const token = useCompare((state) => state.token);
  const method = useCompare((state) => state.method);
  const scaling = useCompare((state) => state.scaling);
  const lockedLimit = useCompare((state) => state.lockedLimit);
  const rows = useMemo(() => (shown === null ? undefined : rowsOf(shown.comparison, scaling)), [shown, scaling]);
  const placed = useMemo(
    () => (shown === null || rows === undefined || rows.length === 0 ? undefined : place(shown.comparison, shown.names, rows, { problem, answer, method, lockedLimit })),
    [shown, rows, problem, answer, method, lockedLimit],
  );
  // a step to the next token leaves everything else the same
  return useMemo(() => {
    if (placed === undefined) return undefined;
    const { comparison: { truth, sample }, chips } = placed;
    return { ...placed, token: Math.min(token ?? lowestToken(truth.advantages_NT, placed.answer, sample), Math.max(0, chips.length - 1)) };
  }, [placed, token]);
}

function rowsOf({ sample, score, critique, methods, truth, table }: Comparison, scaling: Scaling): ComparedRow[] {
  return methods.flatMap(({ name, title, credit }) => {
    const fidelity = table.rows.find((row) => row.name === name);
    if (fidelity === undefined) return [];
    const own_NT = trainedCredit(credit, sample.width);
    const factor = scaleFactor(scaling, own_NT, truth.advantages_NT);
    const bestFactor = bestScale(own_NT, truth.advantages_NT);
    return [{
      name, title, fidelity, own_NT, factor, bestFactor, scaled_NT: own_NT.map((one) => one * factor),
      difference_NT: own_NT.map((one, i) => one * bestFactor - truth.advantages_NT[i]!), update: { sample, score, critique, credit },
    }];
  });
}

function place(comparison: Comparison, names: RunNames, rows: readonly ComparedRow[], wanted: Place): Omit<Compared, 'token'> {
  const { sample, score, truth, table } = comparison;
  const problem = Math.min(wanted.problem ?? openingProblem(comparison), sample.problems_P.length - 1);
  const group = groupOf(comparison, problem);
  const firstWrong = group.findIndex((n) => score.outcome_N[n] === 0);
  const row = Math.min(wanted.answer ?? Math.max(0, firstWrong), group.length - 1);
  const answer = group[row]!;
  const chips = Array.from({ length: sample.lengths_N[answer]! }, (_, t) => {
    const id = sample.tokens_NT[answer * sample.width + t]!;
    return chipText(names.alphabet[id] ?? `<${id}>`);
  });
  const limit = wanted.lockedLimit ?? largestMagnitude([truth.advantages_NT, ...rows.map(({ scaled_NT }) => scaled_NT)].flatMap((values_NT) => numbersOf(values_NT, sample, group)));
  return {
    comparison, names, problem, group, row, answer, chips, widths: columnWidths([chips]), rows, domain: { center: 0, limit },
    selected: rows.find(({ name }) => name === wanted.method) ?? rows.find(({ name }) => name === table.rows[0]?.name) ?? rows[0]!,
  };
}

const groupOf = ({ sample }: Comparison, problem: number): number[] => [...sample.problem_N.keys()].filter((n) => sample.problem_N[n] === problem);

/** Some right, some wrong: the nearest to half and half. */
function openingProblem(comparison: Comparison): number {
  const distances = comparison.sample.problems_P.map((_, problem) => {
    const group = groupOf(comparison, problem);
    return Math.abs(group.filter((n) => comparison.score.outcome_N[n]! > 0).length - group.length / 2);
  });
  return distances.indexOf(Math.min(...distances));
}

// What the compare view shows, derived from the comparison and the place in it: one answer, the truth where there is one, and each method
// over its tokens, all on one scale. What methods are measured against, the yardstick, is the truth, else the first of them.

import { useMemo } from 'react';
import type { ComparedBatch } from '../../lab/fidelity/compare';
import type { FidelityRow } from '../../lab/fidelity/fidelity';
import type { RunNames } from '../../lab/record';
import type { CompareState } from '../../state/compareStore';
import type { PartialUpdate } from '../../viz/channel';
import { chipText, columnWidths, type ChipText } from '../../viz/chipLayout';
import { groupOf, openingProblem } from '../../viz/comparedProblem';
import { firstWrongStep } from '../../viz/brokenStep';
import { bestScale, largestMagnitude, lowestToken, numbersOf, scaleFactor, trainedCredit, type Scaling } from '../../viz/creditScaling';
import type { Domain } from '../../viz/scale';
import { MOST_TOKENS, useIsWhole } from '../export/wholePanel';
import { useCompare } from './useCompare';

export interface ComparedRow {
  readonly name: string;
  readonly title: string;
  /** against the truth, where there is one */
  readonly fidelity?: FidelityRow;
  /** as the method gives it */
  readonly own_NT: Float32Array;
  /** times its factor */
  readonly scaled_NT: Float32Array;
  readonly factor: number;
  /** own at its best scale, less the yardstick */
  readonly difference_NT: Float32Array;
  readonly bestFactor: number;
  /** the batch as the method saw it, for its lines */
  readonly update: PartialUpdate;
}

export interface Yardstick {
  readonly title: string;
  /** of the method that it is; absent for the truth */
  readonly method?: string;
  readonly credit_NT: ArrayLike<number>;
}

export interface Compared<Batch extends ComparedBatch = ComparedBatch> {
  readonly comparison: Batch;
  readonly names: RunNames;
  readonly yardstick: Yardstick;
  readonly problem: number;
  /** answers to the problem, as indices into the batch */
  readonly group: readonly number[];
  /** place in the group */
  readonly row: number;
  /** in the batch */
  readonly answer: number;
  /** tokens of the answer */
  readonly length: number;
  /** the one selected, or the one that it opens at */
  readonly token: number;
  /** first of the tokens that have a column: of a long answer not all do */
  readonly first: number;
  readonly chips: readonly ChipText[];
  readonly widths: readonly number[];
  readonly rows: readonly ComparedRow[];
  readonly selected: ComparedRow;
  readonly domain: Domain;
}

type Place = Pick<CompareState, 'problem' | 'answer' | 'method' | 'lockedLimit'>;

/** Columns drawn at once; the token says which. */
const MOST_COLUMNS = 300;

/** Undefined while there is nothing to show. `problem`: where something else than the store says which. */
export function useCompared<Batch extends ComparedBatch>(shown: { readonly comparison: Batch; readonly names: RunNames } | null, atProblem?: number): Compared<Batch> | undefined {
  const ownProblem = useCompare((state) => state.problem);
  const answer = useCompare((state) => state.answer);
  const token = useCompare((state) => state.token);
  const method = useCompare((state) => state.method);
  const scaling = useCompare((state) => state.scaling);
  const lockedLimit = useCompare((state) => state.lockedLimit);
  const problem = atProblem ?? ownProblem;
  const measured = useMemo(() => (shown === null ? undefined : measure(shown.comparison, scaling)), [shown, scaling]);
  const placed = useMemo(
    () => (shown === null || measured === undefined ? undefined : place(shown.comparison, shown.names, measured, { problem, answer, method, lockedLimit })),
    [shown, measured, problem, answer, method, lockedLimit],
  );
  const at = placed === undefined ? 0 : Math.max(0, Math.min(token ?? openingToken(placed), placed.length - 1));
  const most = useIsWhole() ? MOST_TOKENS : MOST_COLUMNS;
  const first = at - (at % most);
  const columns = useMemo(() => (placed === undefined ? undefined : columnsOf(placed, first, most)), [placed, first, most]);
  // a step to the next token leaves everything else the same
  return useMemo(() => (placed === undefined || columns === undefined ? undefined : { ...placed, ...columns, first, token: at }), [placed, columns, first, at]);
}

/** Undefined where no method is there. */
function measure({ sample, score, critique, methods, truth, table }: ComparedBatch, scaling: Scaling): { readonly rows: readonly ComparedRow[]; readonly yardstick: Yardstick } | undefined {
  const credited = methods.map((one) => ({ ...one, own_NT: trainedCredit(one.credit, sample.width) }));
  const [leading] = credited;
  if (leading === undefined) return undefined;
  const yardstick: Yardstick = truth === undefined ? { title: leading.title, method: leading.name, credit_NT: leading.own_NT } : { title: 'truth', credit_NT: truth.advantages_NT };
  const rows = credited.map(({ name, title, credit, own_NT }) => {
    const factor = scaleFactor(scaling, own_NT, yardstick.credit_NT);
    const bestFactor = bestScale(own_NT, yardstick.credit_NT);
    const fidelity = table?.rows.find((row) => row.name === name);
    return {
      name, title, own_NT, factor, bestFactor, scaled_NT: own_NT.map((one) => one * factor), ...(fidelity !== undefined && { fidelity }),
      difference_NT: own_NT.map((one, i) => one * bestFactor - yardstick.credit_NT[i]!), update: { sample, score, critique, credit },
    };
  });
  return { rows, yardstick };
}

type Placed<Batch extends ComparedBatch> = Omit<Compared<Batch>, 'token' | 'first' | 'chips' | 'widths'>;

function place<Batch extends ComparedBatch>(
  comparison: Batch, names: RunNames, { rows, yardstick }: Pick<Compared, 'rows' | 'yardstick'>, wanted: Place,
): Placed<Batch> {
  const { sample, score, table } = comparison;
  const problem = Math.min(wanted.problem ?? openingProblem(comparison), sample.problems_P.length - 1);
  const group = groupOf(comparison, problem);
  const firstWrong = group.findIndex((n) => score.outcome_N[n]! <= 0);
  const row = Math.min(wanted.answer ?? Math.max(0, firstWrong), group.length - 1);
  const limit = wanted.lockedLimit ?? largestMagnitude([yardstick.credit_NT, ...rows.map(({ scaled_NT }) => scaled_NT)].flatMap((values_NT) => numbersOf(values_NT, sample, group)));
  const opening = table === undefined ? rows.find(({ name }) => name !== yardstick.method)?.name : table.rows[0]?.name;
  return {
    comparison, names, problem, group, row, answer: group[row]!, length: sample.lengths_N[group[row]!]!, rows, yardstick, domain: { center: 0, limit },
    selected: rows.find(({ name }) => name === wanted.method) ?? rows.find(({ name }) => name === opening) ?? rows[0]!,
  };
}

/** The one with the lowest true credit; without a truth, where the first step known to be wrong begins. */
function openingToken({ comparison: { truth, sample, critique }, answer }: Placed<ComparedBatch>): number {
  if (truth !== undefined) return lowestToken(truth.advantages_NT, answer, sample);
  return firstWrongStep(critique, answer)?.start ?? 0;
}

function columnsOf({ comparison: { sample }, names, answer, length }: Placed<ComparedBatch>, first: number, most: number): Pick<Compared, 'chips' | 'widths'> {
  const chips = Array.from({ length: Math.min(most, length - first) }, (_, i) => {
    const id = sample.tokens_NT[answer * sample.width + first + i]!;
    return chipText(names.alphabet[id] ?? `<${id}>`);
  });
  return { chips, widths: columnWidths([chips]) };
}

// What the critiques of some answers come to: how many could be read, how far they agree, and, where the exact checker
// knows the steps, how many flags are right.

import type { CritiqueRecord } from '../lab/record';
import { fleissKappa, type Agreement } from './agreement';
import type { JudgedStep } from './votingCurves';

export interface CritiqueSummary {
  readonly critiques: number;
  /** how many were missing, by why; without those there are none of */
  readonly missing: readonly { readonly why: string; readonly count: number }[];
  /** indices named that are no step */
  readonly outOfRange: number;
  readonly agreement: Agreement | undefined;
  /** single flags of single critiques; undefined without a checker */
  readonly flags: { readonly right: number; readonly wrong: number; readonly missed: number } | undefined;
}

const WHY = { 'no-list': 'without a list', 'cut-off': 'cut off', failed: 'not answered', lost: 'lost' } as const;

/** Steps that somebody judged and the checker knows, of these answers. */
export function judgedSteps({ steps_NK, critiques_Nk, isCorrect_NK, isKnown_NK }: CritiqueRecord, answers: readonly number[]): JudgedStep[] {
  return answers.flatMap((answer) => {
    const critiques = critiques_Nk[answer] ?? [];
    if (critiques.length === 0 || isCorrect_NK[answer]?.length !== steps_NK[answer]?.length) return [];
    return (isCorrect_NK[answer] ?? []).flatMap((isCorrect, step) => (isKnown_NK?.[answer]?.[step] === false ? [] : [{ isWrong: !isCorrect, ...votesOn(critiques, step), asked: critiques.length }]));
  });
}

export function summarise(record: CritiqueRecord, answers: readonly number[]): CritiqueSummary {
  const critiques = answers.flatMap((answer) => record.critiques_Nk[answer] ?? []);
  const verdicts = answers.flatMap((answer) => record.critiques_Nk[answer]?.map((flags, j) => record.judge?.said_Nk[answer]?.[j]?.verdict ?? (flags === null ? 'lost' : 'read')) ?? []);
  const counts_IC = answers.flatMap((answer) => (record.steps_NK[answer] ?? []).map((_, step) => {
    const { flags, valid } = votesOn(record.critiques_Nk[answer] ?? [], step);
    return [flags, valid - flags];
  }));
  const steps = judgedSteps(record, answers);
  const total = (of: (step: JudgedStep) => number): number => steps.reduce((sum, step) => sum + of(step), 0);
  return {
    critiques: critiques.length,
    missing: Object.entries(WHY).map(([verdict, why]) => ({ why, count: verdicts.filter((one) => one === verdict).length })).filter(({ count }) => count > 0),
    outOfRange: answers.reduce((sum, answer) => sum + (record.judge?.said_Nk[answer] ?? []).reduce((inner, one) => inner + one.outOfRange, 0), 0),
    agreement: fleissKappa(counts_IC),
    flags: steps.length === 0 ? undefined : {
      right: total(({ isWrong, flags }) => (isWrong ? flags : 0)), wrong: total(({ isWrong, flags }) => (isWrong ? 0 : flags)), missed: total(({ isWrong, flags, valid }) => (isWrong ? valid - flags : 0)),
    },
  };
}

/** On one step, of the critiques that came back. */
export function votesOn(critiques: readonly (readonly number[] | null)[], step: number): { readonly flags: number; readonly valid: number } {
  const valid = critiques.filter((flags) => flags !== null);
  return { flags: valid.filter((flags) => flags.includes(step)).length, valid: valid.length };
}

// The table of `npm run lab -- fidelity`, as Markdown: best method first, between what cannot be beaten and no credit at all.

import type { RunConfiguration } from '../lab/configuration';
import type { Interval } from '../lab/fidelity/bootstrap';
import type { Comparison } from '../lab/fidelity/compare';
import type { FidelityMeasure, FidelityRow } from '../lab/fidelity/fidelity';

const COLUMNS: readonly (readonly [FidelityMeasure, string])[] = [
  ['gradientCosine', 'gradient cosine'], ['spearman', 'Spearman'], ['signAgreement', 'sign'], ['leak', 'leak'], ['breakerFound', 'breaker'], ['rmse', 'RMSE'],
];

export function fidelityReport(
  configuration: RunConfiguration, { sample, score, table, truth, gradientAnswers, refused }: Comparison, taught?: { readonly batches: number; readonly explained: number | null },
): string {
  const right = score.outcome_N.reduce((sum, one) => sum + one, 0) / sample.answers;
  const tokens = sample.lengths_N.reduce((sum, one) => sum + one, 0);
  const { cost } = truth;
  const lines = [
    `Task ${configuration.task}, policy ${configuration.policy}, seed ${configuration.seed}: ${configuration.problemsPerUpdate} problems x ${configuration.answersPerProblem} answers, ${(100 * right).toFixed(0)} % right, ${tokens} tokens.`,
    `Truth by ${truth.kind}: ${truth.kind === 'enumeration' ? 'bound' : 'largest standard error'} ${truth.largestError.toFixed(4)} of a value; ${cost.rollouts} rollouts, ${cost.forwards} scoring forwards, ${cost.seconds.toFixed(0)} s.`,
    `True gradient from ${gradientAnswers} answers more; its halves agree to a cosine of ${(table.gradientAgreement ?? 0).toFixed(2)}.`,
    ...(taught === undefined ? [] : [`Value model taught on ${taught.batches} batches before: explained variance ${taught.explained?.toFixed(2) ?? 'undefined'}.`]),
    `Known: the sign of ${percent(table.coverage.sign)} of the tokens, a credit of zero for ${percent(table.coverage.leak)}, the breaking token of ${percent(table.coverage.breaker)} of the wrong answers. In brackets 95 % of the resamples of the problems.`,
    '',
    `| method | ${COLUMNS.map(([, title]) => title).join(' | ')} | extra forwards / rollouts / judge calls |`,
    `|---|${COLUMNS.map(() => '---').join('|')}|---|`,
    ...[table.ceiling, ...table.rows, table.floor].map(line),
    '',
    ...refused.map(({ reason }) => `* ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}

function line({ name, scores, cost }: FidelityRow): string {
  return `| ${name} | ${COLUMNS.map(([measure]) => cell(scores[measure])).join(' | ')} | ${cost.forwards} / ${cost.rollouts} / ${cost.judgeCalls} |`;
}

const cell = (interval: Interval | null): string => (interval === null ? '-' : `${interval.value.toFixed(2)} (${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})`);
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

// The answers of one update as lines of the rollouts format, with every channel of its credit program, so that they open again as
// real answers, and with what trainers take rollouts by: ids, mask, advantages, temperature. Verdicts are the exact checker's; what of an
// answer lies in no step becomes one that nobody judged.

import type { RolloutProblem, StepLabel } from '../../formats/rollouts/rollout';
import { writeRolloutLine } from '../../formats/rollouts/writeRollouts';
import type { UpdateRecord } from '../record';
import { encode } from '../tokens';
import { writtenProblems } from './exportAnswers';

type Written = Pick<UpdateRecord, 'sample' | 'score' | 'critique' | 'credit'>;

/** A line a problem, each with its end. `temperature`: at which the answers were sampled. */
export function writeUpdateAnswers({ sample, score, critique, credit }: Written, alphabet: readonly string[], temperature: number): string {
  const { width } = sample;
  const lengths = Array.from(sample.lengths_N);
  const written = lengths.map((length, n) => length - (sample.finished_N[n] === 1 ? 1 : 0));
  const tokens = (n: number, end: number): string[] => Array.from(sample.tokens_NT.subarray(n * width, n * width + end), (id) => alphabet[id] ?? `<${id}>`);
  const steps = lengths.map((_, n) => withoutGaps(critique.steps_NK[n] ?? [], critique.isCorrect_NK[n] ?? [], written[n]!));
  const batch = {
    alphabet, sample,
    critique: { ...critique, steps_NK: steps.map((all) => all.map(({ range }) => range)) },
    verdicts_NK: steps.map((all) => all.map(({ verdict }) => verdict)),
    problems: sample.problems_P.map(({ prompt, answer }, p) => ({
      prompt, reference: answer, ...judgedBy(critique, steps, lengths.flatMap((_, n) => (sample.problem_N[n] === p ? [n] : []))),
      answers: lengths.flatMap((length, n) => (sample.problem_N[n] !== p ? [] : [{
        text: tokens(n, written[n]!).join(''), reward: score.outcome_N[n]!,
        // of a float, a hair above 0 is 0
        logprobs: Array.from(score.oldLogprobs_NT.subarray(n * width, n * width + length), (one) => Math.min(0, one)),
      }])),
    })),
  };
  // a step's numbers belong to the steps that the program saw
  const rows = credit.rows.map((row) => (row.shape === 'step' ? { ...row, values: Float32Array.from(spread(row.values, steps)) } : row));
  const kept_N = credit.rows.find(({ id }) => id === credit.rowMask)?.values;
  return writtenProblems(batch, [{ ...credit, rows }]).map((one, p) => {
    const group = [...lengths.keys()].filter((n) => sample.problem_N[n] === p);
    const byToken = (values_NT: Float32Array | Uint32Array): number[][] => group.map((n) => [...values_NT.subarray(n * width, n * width + lengths[n]!)]);
    const trainer = {
      promptIds: encode(alphabet, one.problem.prompt),
      tokenIds: byToken(sample.tokens_NT),
      completionMask: group.map((n) => Array.from({ length: lengths[n]! }, () => (kept_N?.[n] === 0 ? 0 : 1))),
      advantages: byToken(credit.advantages_NT),
      temperature,
    };
    return `${writeRolloutLine({ ...one, trainer })}\n`;
  }).join('');
}

/** A language model's critiques of some answers; they count the steps that it was shown. The exact checker leaves verdicts only. */
function judgedBy({ judge, critiques_Nk }: UpdateRecord['critique'], steps_NK: readonly (readonly Step[])[], answers: readonly number[]): Pick<RolloutProblem, 'judged'> {
  if (judge === undefined) return {};
  const { said_Nk, ...who } = judge;
  const critiques = answers.map((n) => {
    const shown = steps_NK[n]!.flatMap(({ isOwn }, k) => (isOwn ? [k] : []));
    return critiques_Nk[n]!.map((flags, j) => ({ flags: flags?.map((k) => shown[k]!) ?? null, ...said_Nk[n]![j]! }));
  });
  return { judged: [{ judge: who, critiques_Nk: critiques }] };
}

interface Step { readonly range: readonly [number, number]; readonly verdict: StepLabel; readonly isOwn: boolean }

function withoutGaps(ranges: readonly (readonly [number, number])[], isCorrect: readonly boolean[], length: number): Step[] {
  const steps: Step[] = [];
  let reached = 0;
  ranges.forEach(([start, end], k) => {
    if (start > reached) steps.push({ range: [reached, start], verdict: 'unknown', isOwn: false });
    steps.push({ range: [start, end], verdict: isCorrect[k] === undefined ? 'unknown' : isCorrect[k] ? 'right' : 'wrong', isOwn: true });
    reached = Math.max(reached, end);
  });
  if (reached < length) steps.push({ range: [reached, length], verdict: 'unknown', isOwn: false });
  return steps;
}

function* spread(values: Float32Array, steps_NK: readonly (readonly Step[])[]): Generator<number> {
  let next = 0;
  for (const steps of steps_NK) for (const { isOwn } of steps) yield isOwn ? values[next++]! : 0;
}

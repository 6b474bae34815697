// Every channel of the tokens as a table, one row a token: what a spreadsheet or a notebook wants.

import type { Channel, PartialUpdate } from './channel';
import type { Cell, PanelTable } from './csv';

const PLACE = ['update', 'problem', 'prompt', 'answer', 'token', 'text'] as const;

/** `answers`: indices into the batch, in the order of the rows. Problem, answer and token are counted from 1; the answer is that of its problem. */
export function tokenTable(update: PartialUpdate, alphabet: readonly string[], channels: readonly Channel[], answers: readonly number[], number: number | undefined): PanelTable {
  const { sample } = update;
  const labels = channels.map(({ id, label }) => (channels.some((other) => other.id !== id && other.label === label) ? id : label));
  const seen = new Map<number, number>();
  const rowOf = Array.from(sample.problem_N, (problem) => {
    const row = (seen.get(problem) ?? 0) + 1;
    seen.set(problem, row);
    return row;
  });
  return {
    caption: `Every channel of ${answers.length} answers, token by token${number === undefined ? '' : `, update ${number}`}`,
    columns: [...PLACE, ...labels, 'clipped'],
    rows: answers.flatMap((answer) => Array.from({ length: sample.lengths_N[answer]! }, (_, token): Cell[] => {
      const problem = sample.problem_N[answer]!;
      const index = answer * sample.width + token;
      const id = sample.tokens_NT[index]!;
      return [
        number ?? Number.NaN, problem + 1, sample.problems_P[problem]!.prompt, rowOf[answer]!, token + 1, alphabet[id] ?? `<${id}>`,
        ...channels.map((channel) => channel.valueAt(update, { answer, token })), update.gradient?.isClipped_NT[index] ?? Number.NaN,
      ];
    })),
  };
}

// Every channel of the tokens as a table, one row a token: what a spreadsheet or a notebook wants.

import type { Channel, PartialUpdate } from './channel';
import type { Cell, PanelTable } from './csv';

export type TokenColumn = Pick<Channel, 'label' | 'valueAt'>;

const CLIPPED: TokenColumn = { label: 'clipped', valueAt: ({ gradient, sample }, { answer, token }) => gradient?.isClipped_NT[answer * sample.width + token] ?? Number.NaN };

const PLACE = ['update', 'problem', 'prompt', 'answer', 'token', 'text'] as const;

/** `answers`: indices into the batch, in the order of the rows. Problem, answer and token are counted from 1; the answer is that of its problem. */
export function tokenTable(update: PartialUpdate, alphabet: readonly string[], channels: readonly Channel[], answers: readonly number[], number: number | undefined): PanelTable {
  const columns = channels.map(({ id, label, valueAt }) => ({ label: channels.some((other) => other.id !== id && other.label === label) ? id : label, valueAt }));
  return placesTable(`Every channel of ${answers.length} answers, token by token`, update, alphabet, [...columns, CLIPPED], answers, number);
}

/** Where each token stands, and some numbers of it. */
export function placesTable(caption: string, update: PartialUpdate, alphabet: readonly string[], columns: readonly TokenColumn[], answers: readonly number[], number: number | undefined): PanelTable {
  const { sample } = update;
  const seen = new Map<number, number>();
  const rowOf = Array.from(sample.problem_N, (problem) => {
    const row = (seen.get(problem) ?? 0) + 1;
    seen.set(problem, row);
    return row;
  });
  return {
    caption: `${caption}${number === undefined ? '' : `, update ${number}`}`,
    columns: [...PLACE, ...columns.map(({ label }) => label)],
    rows: answers.flatMap((answer) => Array.from({ length: sample.lengths_N[answer]! }, (_, token): Cell[] => {
      const problem = sample.problem_N[answer]!;
      const id = sample.tokens_NT[answer * sample.width + token]!;
      return [
        number ?? Number.NaN, problem + 1, sample.problems_P[problem]!.prompt, rowOf[answer]!, token + 1, alphabet[id] ?? `<${id}>`,
        ...columns.map(({ valueAt }) => valueAt(update, { answer, token })),
      ];
    })),
  };
}

import { shownComparison } from '../../state/compareStore';
import { formatShort } from '../../viz/format';
import type { PanelContents } from '../app/PanelMenu';
import { useCompare } from '../compare/useCompare';
import { useCompared } from '../compare/useCompared';
import { tableOfPanel } from './tableOfPanel';

/** What the menu of the comparison gives away: the shown answer token by token, in each method's own units; as a file every answer. */
export function useCompareContents(): PanelContents {
  const compared = useCompared(useCompare(shownComparison));
  const isOnScreen = useCompare((state) => state.source === 'screen');
  const about = 'The same answers under several credit methods and, in the first row, what each token really deserved: its value under this policy minus that of the place before it. One scale for all; the line under a method says how near it comes.';
  if (isOnScreen) {
    return {
      about: 'The answers on the stage under the run’s own method and others, token by token on one scale. What each token really deserved is not known of them; known is the first wrong step of a wrong answer, and the line under a method says how often its lowest credit is there.',
      table: (panel) => tableOfPanel(panel.querySelector('.creditNumbers') ?? panel, 'Credit of each token by each method'),
    };
  }
  if (compared === undefined) return { about };
  const { comparison: { sample, truth }, names, rows, answer, row } = compared;
  const tableOf = (answers: readonly number[], caption: string) => ({
    caption,
    columns: ['problem', 'answer of the batch', 'token', 'text', 'truth', ...rows.map(({ title }) => title)],
    rows: answers.flatMap((n) => Array.from({ length: sample.lengths_N[n]! }, (_, token) => {
      const index = n * sample.width + token;
      const id = sample.tokens_NT[index]!;
      return [sample.problem_N[n]! + 1, n + 1, token + 1, names.alphabet[id] ?? `<${id}>`, truth.advantages_NT[index]!, ...rows.map(({ own_NT }) => own_NT[index]!)];
    })),
  });
  return {
    about,
    table: () => tableOf([answer], `Credit of answer ${formatShort(row + 1)} by ${rows.length} methods, as each counts`),
    csv: () => tableOf(Array.from({ length: sample.answers }, (_, n) => n), ''),
  };
}

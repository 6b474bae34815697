import { answerColumns, answerLines, flagsOf } from '../../viz/answerTable';
import type { PanelContents } from '../app/PanelMenu';
import { useShown } from '../app/useShown';

/** What the menu of the table view gives away: all its rows, whatever is filtered or scrolled away. */
export function useTableContents(): PanelContents {
  const shown = useShown();
  const about = 'Every answer of the update, one a line: its problem, what was written, its score and the parts it is made of, how much credit it got, and what is to be noticed about it.';
  if (shown === undefined) return { about };
  const { update, names } = shown;
  return {
    about,
    table() {
      const columns = answerColumns(update);
      return {
        caption: `${update.sample.answers} answers`,
        columns: ['prompt', ...columns.map(({ label }) => label)],
        rows: answerLines(update, names.alphabet).map((line) => [line.prompt, ...columns.map(({ id, read }) => (id === 'problem' ? line.problem + 1 : id === 'row' ? line.row + 1 : id === 'flags' ? flagsOf(line).join('; ') : read(line)))]),
      };
    },
  };
}

// What the menu of the value view gives away: what it draws, token by token. Without a value model there is nothing to list, and the menu says so.

import { shownRun } from '../../state/runStore';
import type { PanelTable } from '../../viz/csv';
import { valueRow } from '../../viz/valueLine';
import { valueTable } from '../../viz/valueTable';
import type { PanelContents } from '../app/PanelMenu';
import { useRun } from '../app/SessionContext';
import { useShown } from '../app/useShown';

const ABOUT = 'What the value model expected before each token, what came, and where it was surprised: the answers of one problem.';

export function useValueContents(): PanelContents {
  const shown = useShown();
  const number = useRun((state) => shownRun(state)?.updates[state.position]?.line.update);
  if (shown === undefined) return { about: ABOUT, withoutTable: 'there are no answers yet' };
  const { update, names, group } = shown;
  if (update.credit === undefined) return { about: ABOUT, withoutTable: 'at this phase no credit has been given yet' };
  if (valueRow(update) === undefined) return { about: ABOUT, withoutTable: `${names.methodTitle} has no value model, so there are no values to list` };
  const table = (answers: readonly number[]): PanelTable => valueTable(update, names.alphabet, answers, number)!;
  return { about: ABOUT, table: () => table(group), csv: () => table(Array.from({ length: update.sample.answers }, (_, answer) => answer)) };
}

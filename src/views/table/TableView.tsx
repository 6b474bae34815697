// All answers of the update as a table: sort by any column, filter, search. A row that is clicked or reached by arrow is the selected
// answer everywhere.

import { useMemo } from 'react';
import { MOST_SEARCHED, OPENING_TABLE, type TableChoice } from '../../state/stageStore';
import { answerColumns, answerLines, ANSWER_FILTERS, filterAnswers, sortAnswers, type AnswerFilter, type AnswerLine } from '../../viz/answerTable';
import { useSession, useStage } from '../app/SessionContext';
import { useShown, type Shown } from '../app/useShown';
import { EmptyStage } from '../stage/EmptyStage';
import { PhaseStrip } from '../stage/PhaseStrip';
import { AnswerTable } from './AnswerTable';

export function TableView() {
  const shown = useShown();
  return shown === undefined ? <EmptyStage /> : <FilledTable shown={shown} />;
}

function FilledTable({ shown }: { readonly shown: Shown }) {
  const { update, names } = shown;
  const session = useSession();
  const table = useStage((state) => state.table);
  const { filter, search } = table;
  const choose = (part: Partial<TableChoice>): void => session.stage.setState({ table: { ...table, ...part } });
  const columns = useMemo(() => answerColumns(update), [update]);
  // another run, or a phase before it, may lack the column: the choice waits for it
  const order = columns.some(({ id }) => id === table.order.column) ? table.order : OPENING_TABLE.order;
  const lines = useMemo(() => answerLines(update, names.alphabet), [update, names]);
  const found = useMemo(() => filterAnswers(lines, filter, search), [lines, filter, search]);
  const sorted = useMemo(() => sortAnswers(found, columns, order), [found, columns, order]);
  return (
    <div className="tableView" data-panel="table">
      <PhaseStrip shown={shown} />
      <div className="tableControls">
        <label>Show <select value={filter} onChange={(event) => choose({ filter: event.target.value as AnswerFilter })}>
          {Object.entries(ANSWER_FILTERS).map(([id, label]) => <option key={id} value={id}>{label}</option>)}
        </select></label>
        <label>Search <input type="text" value={search} placeholder="7+5 or =7" maxLength={MOST_SEARCHED} onChange={(event) => choose({ search: event.target.value })} /></label>
        <p className="tableCount" role="status">{countSentence(found, lines.length, filter)}</p>
      </div>
      <AnswerTable shown={shown} lines={sorted} columns={columns} order={order} onOrder={(next) => choose({ order: next })} />
    </div>
  );
}

function countSentence(found: readonly AnswerLine[], all: number, filter: AnswerFilter): string {
  const wrong = found.filter(({ isWrong }) => isWrong).length;
  const shortest = filter === 'longest' && found.length > 0 ? `, ${Math.min(...found.map(({ length }) => length))} tokens or more` : '';
  return `${found.length} of ${all} answers${shortest}; ${wrong} wrong.`;
}

// All answers of the update as a table: sort by any column, filter, search. A row that is clicked or reached by arrow is the selected
// answer everywhere.

import { useMemo, useState } from 'react';
import { answerColumns, answerLines, ANSWER_FILTERS, filterAnswers, sortAnswers, type AnswerFilter, type AnswerLine, type AnswerOrder } from '../../viz/answerTable';
import { useShown, type Shown } from '../app/useShown';
import { EmptyStage } from '../stage/EmptyStage';
import { PhaseStrip } from '../stage/PhaseStrip';
import { AnswerTable } from './AnswerTable';

const BATCH_ORDER: AnswerOrder = { column: 'problem', direction: 'ascending' };

export function TableView() {
  const shown = useShown();
  return shown === undefined ? <EmptyStage /> : <FilledTable shown={shown} />;
}

function FilledTable({ shown }: { readonly shown: Shown }) {
  const { update, names } = shown;
  const [filter, setFilter] = useState<AnswerFilter>('all');
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState(BATCH_ORDER);
  const columns = useMemo(() => answerColumns(update), [update]);
  const lines = useMemo(() => answerLines(update, names.alphabet), [update, names]);
  const found = useMemo(() => filterAnswers(lines, filter, search), [lines, filter, search]);
  const sorted = useMemo(() => sortAnswers(found, columns, order), [found, columns, order]);
  return (
    <div className="tableView" data-panel="table">
      <PhaseStrip shown={shown} />
      <div className="tableControls">
        <label>Show <select value={filter} onChange={(event) => setFilter(event.target.value as AnswerFilter)}>
          {Object.entries(ANSWER_FILTERS).map(([id, label]) => <option key={id} value={id}>{label}</option>)}
        </select></label>
        <label>Search <input type="text" value={search} placeholder="7+5 or =7" onChange={(event) => setSearch(event.target.value)} /></label>
        <p className="tableCount" role="status">{countSentence(found, lines.length, filter)}</p>
      </div>
      <AnswerTable shown={shown} lines={sorted} columns={columns} order={order} onOrder={setOrder} />
    </div>
  );
}

function countSentence(found: readonly AnswerLine[], all: number, filter: AnswerFilter): string {
  const wrong = found.filter(({ isWrong }) => isWrong).length;
  const shortest = filter === 'longest' && found.length > 0 ? `, ${Math.min(...found.map(({ length }) => length))} tokens or more` : '';
  return `${found.length} of ${all} answers${shortest}; ${wrong} wrong.`;
}

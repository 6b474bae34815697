// The table of answers in a link: which answers it shows, the words searched for, the column that it is sorted by.

import { ANSWER_FILTERS, type AnswerFilter } from '../../viz/answerTable';
import { MOST_SEARCHED, OPENING_TABLE, type TableChoice } from '../stageStore';
import { quoted, type LinkFields } from './fields';
import { KEYS } from './keys';

/** Columns of credit lines are `part:` and a name that the method's file gives. */
const COLUMN = /^(-?)([\w:.]{1,64})$/;
const DOWN = '-';

export function writeLinkTable({ filter, search, order: { column, direction } }: TableChoice): [string, string][] {
  const sort = `${direction === 'descending' ? DOWN : ''}${column}`;
  return ([
    [KEYS.tableShow, filter === OPENING_TABLE.filter ? '' : filter],
    [KEYS.tableFind, search],
    [KEYS.tableSort, sort === OPENING_TABLE.order.column || !COLUMN.test(sort) ? '' : sort],
  ] as [string, string][]).filter(([, value]) => value !== '');
}

/** Undefined where the table is as it opens. Whether there is such a column is for the run to say. */
export function readLinkTable(fields: LinkFields): TableChoice | undefined {
  const filter = fields.takeKnown(KEYS.tableShow, (text) => (Object.hasOwn(ANSWER_FILTERS, text) ? text as AnswerFilter : undefined));
  const words = fields.take(KEYS.tableFind);
  // a field of one line holds no others
  const search = words?.replaceAll(/\p{C}+/gu, ' ').slice(0, MOST_SEARCHED);
  if (words !== search) fields.ignore(`${KEYS.tableFind} = ${quoted(words!)} was made one line of at most ${MOST_SEARCHED} characters.`);
  const sort = fields.takeKnown(KEYS.tableSort, (text) => COLUMN.exec(text) ?? undefined);
  const table: TableChoice = {
    filter: filter ?? OPENING_TABLE.filter, search: search ?? OPENING_TABLE.search,
    order: sort === undefined ? OPENING_TABLE.order : { column: sort[2]!, direction: sort[1] === DOWN ? 'descending' : 'ascending' },
  };
  return writeLinkTable(table).length === 0 ? undefined : table;
}

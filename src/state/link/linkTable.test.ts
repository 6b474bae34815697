// The table of answers in a link: what it shows comes back from the address as it was, and nothing else gets in.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ANSWER_FILTERS, type AnswerFilter } from '../../viz/answerTable';
import { createSession } from '../session';
import { MOST_SEARCHED, OPENING_TABLE, type TableChoice } from '../stageStore';
import { HEADER, NAMES, runRecord } from '../testing';
import { linkFields } from './fields';
import { readLinkTable, writeLinkTable } from './linkTable';
import { openLink } from './sessionLink';

const read = (hash: string) => {
  const fields = linkFields(hash);
  const table = readLinkTable(fields);
  return { table, ignored: fields.ignored() };
};

it('whatever the table shows comes back through an address', () => {
  const searched = fc.string({ maxLength: 40 }).filter((text) => !/\p{C}/u.test(text));
  fc.assert(fc.property(
    fc.constantFrom(...(Object.keys(ANSWER_FILTERS) as AnswerFilter[])), searched, fc.constantFrom('problem', 'advantageSum', 'part:gae.delta_2'), fc.constantFrom('ascending' as const, 'descending' as const),
    (filter, search, column, direction) => {
      const table: TableChoice = { filter, search, order: { column, direction } };
      const isOpening = filter === 'all' && search === '' && column === 'problem' && direction === 'ascending';
      expect(read(new URLSearchParams(writeLinkTable(table)).toString())).toEqual({ table: isOpening ? undefined : table, ignored: [] });
    },
  ));
});

it('a table as it opens is not in the link', () => expect(writeLinkTable(OPENING_TABLE)).toEqual([]));

it.each([
  ['table.show=wrong', { filter: 'wrong' }, []],
  ['table.show=toString', undefined, ['table.show = “toString” is not known here.']],
  ['table.sort=-reward', { order: { column: 'reward', direction: 'descending' } }, []],
  ['table.sort=<b>', undefined, ['table.sort = “<b>” is not known here.']],
  ['table.find=7%2B5%0A=2', { search: '7+5 =2' }, ['table.find = “7+5 =2” was made one line of at most 200 characters.']],
  [`table.find=${'7'.repeat(MOST_SEARCHED + 1)}`, { search: '7'.repeat(MOST_SEARCHED) }, [`table.find = “${'7'.repeat(40)}…” was made one line of at most 200 characters.`]],
])('%s', (hash, part, ignored) => {
  expect(read(hash)).toEqual({ table: part === undefined ? undefined : { ...OPENING_TABLE, ...part }, ignored });
});

it('a column that the run on screen does not have is told', () => {
  const session = createSession(null);
  session.run.setState({ recorded: { ...runRecord(1), header: HEADER, names: NAMES } });
  openLink(session, '#v=1&view=table&table.sort=part:elsewhere&table.show=wrong');
  expect(session.stage.getState()).toEqual({ view: 'table', table: { filter: 'wrong', search: '', order: { column: 'part:elsewhere', direction: 'ascending' } } });
  expect(session.link.getState().ignored).toEqual(['The table has no column “part:elsewhere” here; it stands in the order of the batch.']);
});

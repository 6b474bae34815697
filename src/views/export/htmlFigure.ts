// A panel as one page that any browser opens, without a script and without anything fetched: its picture, what it shows in words, its table,
// and the way back. The picture holds its link as every picture does, so this file dropped on the page brings the view back too.

import type { PanelTable } from '../../viz/csv';
import { svg, svgOf, writeNode, type Drawing, type SvgNode } from '../../viz/svg';
import { cellText } from './cellText';

const MOST_ROWS = 5000;
/** The file is opened anywhere: even if something got into it, nothing would run or be fetched. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
/** without a character that is escaped: a style is no place for entities */
const STYLE = `
:root { color-scheme: light dark; }
body { max-width: 1280px; margin: 24px auto; padding: 0 16px; font: 15px/1.5 system-ui, sans-serif; }
figure { margin: 16px 0; overflow-x: auto; }
figure svg { display: block; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 2px 12px 2px 0; text-align: left; white-space: nowrap; }
`;

export interface HtmlFigure {
  readonly title: string;
  readonly about: string;
  readonly drawing: Drawing;
  /** or why there is none, as the end of "No table: …" */
  readonly table: PanelTable | string;
  /** the hash of the view, and the address that it leads to; undefined where none can be made */
  readonly link: { readonly hash: string; readonly address: string } | undefined;
}

export function writeHtmlFigure({ title, about, drawing, table, link }: HtmlFigure): string {
  return `<!doctype html>\n${writeNode(svg('html', { lang: 'en' },
    svg('head', {},
      svg('meta', { charset: 'utf-8' }), svg('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }), svg('meta', { name: 'viewport', content: 'width=device-width' }),
      svg('title', {}, `${title}: Creditscope`), svg('style', {}, STYLE)),
    svg('body', {},
      svg('h1', {}, title), svg('p', {}, about),
      svg('figure', {}, svgOf(drawing, link?.hash ?? '')),
      link === undefined ? svg('p', {}, 'Made with Creditscope.') : svg('p', {}, 'Made with Creditscope: ', svg('a', { href: link.address, rel: 'noreferrer' }, 'open this view there'), ', or drop this file on its page.'),
      ...tableNodes(table))))}\n`;
}

function tableNodes(table: PanelTable | string): SvgNode[] {
  if (typeof table === 'string') return [svg('p', {}, `No table: ${table}`)];
  const { caption, columns, rows } = table;
  return [
    svg('h2', {}, caption),
    ...(rows.length > MOST_ROWS ? [svg('p', {}, `The first ${MOST_ROWS} of ${rows.length} rows; the page saves all of them as CSV.`)] : []),
    svg('table', {},
      svg('thead', {}, svg('tr', {}, ...columns.map((name) => svg('th', { scope: 'col' }, name)))),
      svg('tbody', {}, ...rows.slice(0, MOST_ROWS).map((row) => svg('tr', {}, ...row.map((cell, i) => (i === 0 ? svg('th', { scope: 'row' }, cellText(cell)) : svg('td', {}, cellText(cell)))))))),
  ];
}

// The "…" of a panel: what it shows, as words, table, text and picture. What goes into it is made only when it is opened.

import { useEffect, useState, type ReactNode } from 'react';
import { writeLinkOf } from '../../state/link/sessionLink';
import { numberText, writeCsv, type PanelTable } from '../../viz/csv';
import type { Drawing } from '../../viz/svg';
import { savePng, saveSvg } from '../export/savePicture';
import { TableDialog } from '../export/TableDialog';
import { drawWholePanel } from '../export/wholePanel';
import { saveFile } from '../realAnswers/saveFile';
import { useLessons } from '../lessons/useLessons';
import { copyText } from '../share/CopyField';
import { linkText } from '../share/linkText';
import { Dialog } from './Dialog';
import { endMaximised, maximise, useSize, type Size } from './maximised';
import { Menu } from './Menu';
import { useSession } from './SessionContext';

export interface PanelContents {
  /** one or two sentences: what a person looks at */
  readonly about: string;
  /** the panel as a table; absent where there are no numbers in it */
  table?(panel: Element): PanelTable | Promise<PanelTable>;
  /** why there is none, as the end of "No table: …" */
  readonly withoutTable?: string;
  /** what the file of numbers holds, where that is more than the table */
  csv?(): PanelTable;
  /** a drawing of its own; without one the panel is pictured as it stands */
  figure?(): Drawing;
  readonly more?: readonly { readonly label: string; readonly hint: string; run(): Promise<void> | void }[];
}

interface PanelMenuProps {
  /** of the panel, as people read it */
  readonly title: string;
  /** a hook, called while the menu is open */
  useContents(): PanelContents;
}

const SIZE_WORDS: Readonly<Record<Size, string>> = { own: '', maximised: 'Maximised. Escape leads back.', back: 'Back to its size.' };

export function PanelMenu({ title, useContents }: PanelMenuProps) {
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const panel = frame?.closest('.panel') ?? null;
  const [table, setTable] = useState<PanelTable | null>(null);
  const [about, setAbout] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const size = useSize(panel);
  const lesson = useLessons(({ open }) => open?.lesson.id);
  // another view of the stage has another menu; a panel that leaves the page leaves its place to the others
  useEffect(() => (size === 'maximised' ? () => { if (panel?.isConnected === false) endMaximised(); } : undefined), [size, panel]);
  // a lesson's card stands beside the panels
  useEffect(() => { if (lesson !== undefined) endMaximised(); }, [lesson]);
  return (
    <div ref={setFrame} className="panelMenu noPicture">
      <Menu opensLeft hint={`${title}: table, picture, numbers`} label={<><span aria-hidden="true">…</span><span className="spoken">Menu of {title}</span></>}>
        {(close) => <Items title={title} useContents={useContents} panel={panel} isMaximised={size === 'maximised'} onAbout={setAbout} onTable={setTable} onSaid={setSaid} close={() => {
          // the item that was pressed goes; the menu's button keeps the focus for it
          frame?.querySelector('summary')?.focus();
          close();
        }} />}
      </Menu>
      <p className="spoken" role="status">{said}</p>
      <p className="spoken" role="status">{SIZE_WORDS[size]}</p>
      <TableDialog table={table} onClose={() => setTable(null)} />
      <Dialog title={title} isOpen={about !== null} onClose={() => setAbout(null)}><p>{about}</p></Dialog>
    </div>
  );
}

interface ItemsProps extends PanelMenuProps {
  readonly panel: Element | null;
  readonly isMaximised: boolean;
  onAbout(text: string): void;
  onTable(table: PanelTable): void;
  onSaid(words: string): void;
  close(): void;
}

function Items({ title, useContents, panel, isMaximised, onAbout, onTable, onSaid, close }: ItemsProps) {
  const session = useSession();
  const { about, table, withoutTable, csv, figure, more = [] } = useContents();
  const [failure, setFailure] = useState('');
  const link = (): string | undefined => writeLinkOf(session);
  const name = `creditscope-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  const drawing = (): Drawing => figure?.() ?? drawWholePanel(panel!, title);
  const htmlOf = async (): Promise<Blob> => {
    const { writeHtmlFigure } = await import('../export/htmlFigure');
    // drawn first: for its rows a table may have to be unfolded
    const [picture, hash] = [drawing(), link()];
    const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));
    const numbers = table === undefined ? `${withoutTable ?? 'this panel has no numbers of its own'}.` : await Promise.resolve(table(panel!)).catch(why);
    return new Blob([writeHtmlFigure({ title, about, drawing: picture, table: numbers, link: hash === undefined ? undefined : { hash, address: linkText(hash) } })], { type: 'text/html' });
  };
  const item = (label: string, run: () => Promise<string> | string, hint?: string): ReactNode => (
    <button key={label} type="button" title={hint} onClick={() => {
      void Promise.resolve().then(run).then((words) => {
        onSaid(words);
        close();
      }, (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)));
    }}>{label}</button>
  );
  return (
    <div className="panelItems">
      {item('What am I looking at?', () => (onAbout(about), ''))}
      {item(isMaximised ? 'Back to its size' : 'Maximise', () => {
        if (isMaximised) endMaximised();
        else maximise(panel!);
        return '';
      }, isMaximised ? 'Escape does the same' : 'Fills the window with this panel; Escape leads back')}
      {withoutTable === undefined ? null : <p className="fieldNote">No table: {withoutTable}.</p>}
      {table === undefined ? null : item('View as table', async () => (onTable(await table(panel!)), ''))}
      {table === undefined ? null : item('Copy JSON', async () => {
        const isCopied = await copyText(jsonOf(title, link(), await table(panel!)));
        if (!isCopied) throw new Error('This browser lets no page copy here. CSV saves the same numbers as a file.');
        return 'Copied.';
      })}
      {table === undefined ? null : item('Save CSV', async () => (saveFile(new Blob([writeCsv(csv?.() ?? await table(panel!))], { type: 'text/csv' }), `${name}.csv`), 'CSV saved.'))}
      {item('Save SVG', () => (saveSvg(drawing(), link(), name), 'SVG saved.'), 'Dropped on the page, the picture brings this view back')}
      {item('Save PNG', async () => (await savePng(drawing(), link(), name), 'PNG saved.'), 'Dropped on the page, the picture brings this view back')}
      {item('Save HTML', async () => {
        saveFile(await htmlOf(), `${name}.html`);
        return 'HTML saved.';
      }, 'Picture, words and table in one file that every browser opens; dropped on the page, it brings this view back')}
      {more.map(({ label, hint, run }) => item(label, async () => (await run(), ''), hint))}
      {failure === '' ? null : <p role="alert" className="fieldError">{failure}</p>}
    </div>
  );
}

/** Numbers with the digits of a float, no number as null. */
function jsonOf(panel: string, link: string | undefined, { caption, columns, rows }: PanelTable): string {
  const value = (cell: number | string): number | string | null => (typeof cell === 'string' ? cell : Number.isFinite(cell) ? Number(numberText(cell)) : null);
  return JSON.stringify({ panel, caption, ...(link !== undefined && { link: `#${link}` }), rows: rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, value(row[i] ?? Number.NaN)]))) }, null, 1);
}

// Run files as the page offers them: the run on screen saved whole or as its record alone, and a file of another shown as a
// recorded run, to look at and, if it holds the state, to go on with. A file that can't be read changes nothing.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunFile } from '../formats/runFile';
import type { RunConfiguration } from '../lab/configuration';
import type { RunFileClient } from '../workers/runFileClient';
import { sentence } from '../workers/sentence';
import { linesOf, shownRun, type RunStore } from './runStore';

export interface RunFilesState {
  /** what is being read or written; done and total in bytes or updates */
  readonly work: { readonly kind: 'reading' | 'writing'; readonly name: string; readonly done: number; readonly total: number } | null;
  /** what came of the last one, as a sentence */
  readonly message: string | null;
  /** the file that stands on the page as the recorded run */
  readonly opened: { readonly name: string; readonly run: RunFile } | null;
}

export interface RunFilesParts {
  readonly run: RunStore;
  readonly client: RunFileClient;
  /** of the live run after its last update, as a saved state; null where there is none */
  askState(): Promise<{ readonly update: number; readonly bytes: Uint8Array<ArrayBuffer> } | null>;
  /** as the recorded run, and on screen */
  show(run: RunFile): void;
}

/** What only the view can do. */
export interface RunFileHands {
  /** gives a file to the person */
  save(file: Blob, name: string): void;
  /** lets the person choose one to open */
  choose(): void;
}

/** of those at which a run was changed by hand */
const UPDATES_TOLD = 8;

export function createRunFiles({ run, client, askState, show }: RunFilesParts) {
  const store: StoreApi<RunFilesState> = createStore<RunFilesState>(() => ({ work: null, message: null, opened: null }));
  let hands: RunFileHands | null = null;
  let stopping = new AbortController();

  async function work(kind: 'reading' | 'writing', name: string, doIt: (onProgress: (done: number, total: number) => void, signal: AbortSignal) => Promise<string>): Promise<void> {
    if (store.getState().work !== null) return;
    stopping = new AbortController();
    const onProgress = (done: number, total: number): void => store.setState({ work: { kind, name, done, total } });
    store.setState({ work: { kind, name, done: 0, total: 0 }, message: null });
    const message = await doIt(onProgress, stopping.signal).catch((error: unknown) => failure(kind, name, error));
    store.setState({ work: null, message });
  }

  /** The run on screen. `isWhole`: with its weights, optimiser and settings, where it has them, so that it can go on elsewhere. */
  async function exportRun(isWhole: boolean): Promise<void> {
    const { source } = run.getState();
    const shown = shownRun(run.getState());
    if (shown === null || shown.updates.length === 0 || hands === null) return;
    const { save } = hands;
    await work('writing', 'the run', async (onProgress, signal) => {
      const state = isWhole ? await stateOf(source) : null;
      // the page may have heard of more updates meanwhile
      const file = fileOf(shownRun(run.getState()) ?? shown, state);
      const name = runFileName(file);
      save(await client.write(file, onProgress, signal), name);
      return `Saved ${name}${isWhole && state === null ? ', its record alone: there are no weights of this run to go on from' : ''}.`;
    });
  }

  async function stateOf(source: 'recorded' | 'live'): Promise<{ readonly update: number; readonly bytes: Uint8Array<ArrayBuffer> } | null> {
    if (source === 'live') return askState();
    const file = openedFile();
    return file?.state === undefined ? null : { update: linesOf(file).length, bytes: file.state };
  }

  /** The file on screen as the recorded run, unless another recorded run took its place. */
  function openedFile(): RunFile | undefined {
    const { opened } = store.getState();
    return opened !== null && run.getState().recorded === opened.run ? opened.run : undefined;
  }

  async function importRun(file: Blob, name: string): Promise<void> {
    await work('reading', name, async (onProgress, signal) => {
      const read = await client.read(file, onProgress, signal);
      if (read.updates.length === 0) throw new Error('it holds no update');
      store.setState({ opened: { name, run: read } });
      show(read);
      const updates = linesOf(read).length;
      return `${name}: ${updates} ${updates === 1 ? 'update' : 'updates'} of ${read.names.methodTitle}, seed ${read.header.configuration.seed}, made on ${read.header.adapter === '' ? read.header.executor : read.header.adapter}.${changedByHand(read)}`;
    });
  }

  return {
    store, exportRun, importRun, openedFile,
    /** A file that came to nobody's hands. */
    refuse: (name: string, error: unknown) => store.setState({ message: failure('reading', name, error) }),
    stop: () => stopping.abort(),
    dismiss: () => store.setState({ message: null }),
    choose: () => hands?.choose(),
    /** Returns the way to take them away. */
    lendHands: (lent: RunFileHands) => {
      hands = lent;
      return () => {
        if (hands === lent) hands = null;
      };
    },
  };
}

/** Records of updates that the state has behind it, and lines of those without a record. */
function fileOf(shown: NonNullable<ReturnType<typeof shownRun>>, state: { readonly update: number; readonly bytes: Uint8Array<ArrayBuffer> } | null): RunFile {
  const { header, names } = shown;
  const updates = state === null ? shown.updates : shown.updates.filter(({ line }) => line.update <= state.update);
  const lines = linesOf(shown).slice(0, state?.update);
  const lacksRecords = lines.length > updates.length;
  return { header, names, updates, ...(lacksRecords && { past: lines }), ...(state !== null && { state: state.bytes }) };
}

/** A reader of the record must know that settings and numbers were changed on its way. */
function changedByHand({ header: { interventions = [] } }: RunFile): string {
  const updates = [...new Set(interventions.map(({ update }) => update))].toSorted((a, b) => a - b);
  if (updates.length === 0) return '';
  const told = updates.length > UPDATES_TOLD ? `${updates.slice(0, UPDATES_TOLD).join(', ')} and ${updates.length - UPDATES_TOLD} more` : updates.join(', ');
  return ` It was changed by hand at update${updates.length === 1 ? '' : 's'} ${told}: what was changed is listed under Run and marked on its curves.`;
}

/** Preset, method, seed and update; only characters that every system takes in a name. */
export function runFileName({ header: { configuration }, updates }: Pick<RunFile, 'header' | 'updates'>): string {
  const { preset, method, seed }: RunConfiguration = configuration;
  const name = ['creditscope', preset, method, `seed${seed}`, `update${updates.at(-1)?.line.update ?? 0}`].join('-');
  return `${name.replaceAll(/[^\w.-]+/g, '_').slice(0, 120)}.run`;
}

function failure(kind: 'reading' | 'writing', name: string, error: unknown): string {
  const reason = sentence(error);
  return kind === 'reading' ? `${name} can’t be opened: ${reason}. The run on screen stays as it is.` : `The run could not be saved: ${reason}.`;
}

// What if: the reader's changes to the update on screen, and what follows from them as a worker of its own works it out. They belong to
// one update of one run and wait there while the reader looks elsewhere; a change to another update begins anew. Training never
// hears of them unless the reader applies them.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunHeader } from '../lab/record';
import type { Edit } from '../lab/whatIf/edits';
import type { WhatIfResult } from '../lab/whatIf/whatIf';
import type { PartialUpdateRecord } from '../workers/protocol';
import { sentence } from '../workers/sentence';
import { createWhatIfClient, type WhatIfClient } from '../workers/whatIfClient';
import { shownRun, type PendingUpdate, type RunState, type RunStore } from './runStore';

export interface WhatIfState {
  /** the run, by its header, and the number of the update */
  readonly of: { readonly header: RunHeader; readonly update: number } | null;
  readonly edits: readonly Edit[];
  /** of the edits as they were when it was worked out; null until the first is there */
  readonly result: WhatIfResult | null;
  readonly isWorking: boolean;
  /** why nothing follows, as a sentence */
  readonly failure: string | null;
}

export type WhatIfStore = StoreApi<WhatIfState>;
export type WhatIfDesk = ReturnType<typeof createWhatIf>;

const NOTHING: WhatIfState = { of: null, edits: [], result: null, isWorking: false, failure: null };

export function createWhatIf(run: RunStore, open: typeof createWhatIfClient = createWhatIfClient) {
  const store: WhatIfStore = createStore<WhatIfState>(() => NOTHING);
  let client: WhatIfClient | undefined;
  let asked = 0;

  /** Adds a change to the update on screen, in place of an earlier one of the same number. */
  function edit(change: Edit): void {
    const of = whereOn(run.getState());
    if (of === undefined) return;
    const edits = isOf(store.getState(), run.getState()) ? store.getState().edits : [];
    work(of, [...edits.filter((one) => !changesSame(one, change)), change]);
  }

  function takeBack(change: Edit): void {
    const { of, edits } = store.getState();
    const left = edits.filter((one) => !changesSame(one, change));
    if (of === null || left.length === 0) discard();
    else work(of, left);
  }

  function discard(): void {
    asked++;
    store.setState(NOTHING);
  }

  function work(of: NonNullable<WhatIfState['of']>, edits: readonly Edit[]): void {
    const state = run.getState();
    const record = recordOn(state);
    const { sample, score, critique, credit } = record ?? {};
    if (sample === undefined || score === undefined || critique === undefined || credit === undefined) return;
    const isSame = isOf(store.getState(), state);
    store.setState({ of, edits, isWorking: true, failure: null, result: isSame ? store.getState().result : null });
    try {
      client ??= open(receive, fail);
      // an update that was trained on changed numbers keeps those that are not changed again
      const applied = (record?.edited ?? []).filter((one) => !edits.some((other) => changesSame(one, other)));
      client.send({ id: ++asked, configuration: of.header.configuration, update: { update: of.update, sample, score, critique, credit }, edits: [...applied, ...edits] });
    } catch (error) {
      fail(`What if needs a worker, and this browser cannot start one here (${sentence(error)}).`);
    }
  }

  function receive(reply: Parameters<Parameters<typeof createWhatIfClient>[0]>[0]): void {
    if (reply.id !== asked) return;
    if (reply.kind === 'result') store.setState({ isWorking: false, result: reply.result });
    else store.setState({ isWorking: false, failure: reply.message });
  }

  function fail(message: string): void {
    client?.dispose();
    client = undefined;
    store.setState({ isWorking: false, failure: message });
  }

  return { store, edit, takeBack, discard, dispose: () => client?.dispose() };
}

/** Whether the reader's changes are to the update on screen. */
export function isOf({ of }: WhatIfState, state: RunState): boolean {
  const here = whereOn(state);
  return of !== null && here !== undefined && of.header === here.header && of.update === here.update;
}

/** Undefined before the update on screen has credit. */
function whereOn(state: RunState): NonNullable<WhatIfState['of']> | undefined {
  const shown = shownRun(state);
  const update = shown?.updates[state.position]?.line.update ?? pendingOf(state)?.update;
  return shown === null || update === undefined || recordOn(state)?.credit === undefined ? undefined : { header: shown.header, update };
}

/** All that is recorded of the update on screen, also what comes after the phase shown. */
function recordOn(state: RunState): PartialUpdateRecord | undefined {
  return shownRun(state)?.updates[state.position] ?? pendingOf(state)?.record;
}

function pendingOf(state: RunState): PendingUpdate | undefined {
  return state.source === 'live' ? state.live?.pending : undefined;
}

/** Whether two edits change the same number: the later one takes the place of the earlier. */
function changesSame(a: Edit, b: Edit): boolean {
  if (a.kind === 'outcome') return b.kind === 'outcome' && a.answer === b.answer;
  if (a.kind === 'flag') return b.kind === 'flag' && a.answer === b.answer && a.critique === b.critique && a.step === b.step;
  return b.kind === 'number' && a.row === b.row && a.answer === b.answer && a.token === b.token;
}

/** What is shown of an update, with what follows from the changes in place of what was. */
export function withWhatIf(update: PartialUpdateRecord, { score, critique, credit, coefficient_NT }: WhatIfResult): PartialUpdateRecord {
  return {
    ...update,
    ...(update.score !== undefined && { score }),
    ...(update.critique !== undefined && { critique }),
    ...(update.credit !== undefined && { credit }),
    ...(update.gradient !== undefined && { gradient: { ...update.gradient, coefficient_NT } }),
  };
}

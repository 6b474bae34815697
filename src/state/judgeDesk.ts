// Between a person, the judge's store and the worker: says who judges before anything may ask the judge, asks before
// anything leaves this machine or is fetched from another, and takes up again what waited for the answer.

import type { RunConfiguration } from '../lab/configuration';
import { fetchJudgeAccuracy } from '../workers/judgeAccuracy';
import type { Catalogue, CommandBody, TrainingEvent } from '../workers/protocol';
import {
  agreementOf, createJudgeStore, defaultFields, defaultModelFields, endpointOf, kindOf, modelSettingsOf, type EndpointFields, type ModelFields, type ModelKind, type OpenedFolder,
} from './judgeStore';

/** `criticNow`: of the run, or of the setup where there is none. `goOn`: with what was asked for when the judge stopped. */
export function createJudgeDesk(send: (body: CommandBody) => void, goOn: (body: CommandBody) => void, criticNow: () => RunConfiguration['critic'] | undefined) {
  const store = createJudgeStore();
  let interrupted: CommandBody | null = null;
  /** what the worker was told, as an agreement to it would say */
  let named: string | null = null;

  function open({ judges }: Catalogue): void {
    if (judges === undefined || store.getState().fields !== null) return;
    store.setState({ fields: defaultFields(judges), models: { builtIn: defaultModelFields(judges, 'builtIn'), other: defaultModelFields(judges, 'other') } });
  }

  function hear(event: Extract<TrainingEvent, { kind: 'judging' | 'judgeStopped' }>): void {
    if (event.kind === 'judging') store.setState({ progress: event.progress });
    else store.setState({ progress: null, message: event.message, asks: event.asks ?? null });
  }

  /** The phase is over, or the run rests. */
  function rest(): void {
    if (store.getState().progress !== null) store.setState({ progress: null });
  }

  /** Before a command that may come to a critique. */
  function name(command?: CommandBody): void {
    if (command !== undefined) interrupted = command;
    store.setState({ asks: null, message: null, progress: null });
    const state = store.getState();
    named = state.fields === null ? null : agreementOf(state.fields);
    const critic = criticNow();
    if (critic?.judge === 'endpoint') {
      const endpoint = endpointOf(state);
      if (endpoint !== null) send({ kind: 'nameJudge', endpoint });
    } else if (critic?.judge === 'model') {
      const settings = modelSettingsOf(state, kindOf(critic.model));
      if (settings !== null) send({ kind: 'nameJudge', settings, ...(state.folder !== null && { files: state.folder.files }) });
    }
  }

  function edit(change: Partial<EndpointFields>): void {
    const { fields } = store.getState();
    if (fields !== null) store.setState({ fields: { ...fields, ...change } });
  }

  function editModel(kind: ModelKind, change: Partial<ModelFields>): void {
    const { models } = store.getState();
    if (models !== null) store.setState({ models: { ...models, [kind]: { ...models[kind], ...change } } });
  }

  /** Its files are read by the critics' worker when the model is first needed. */
  function openFolder(folder: OpenedFolder): void {
    store.setState({ folder, message: null });
  }

  /** When a person first looks at the shipped judge. */
  async function showAccuracy(address: string): Promise<void> {
    if (store.getState().accuracy !== null) return;
    const accuracy = await fetchJudgeAccuracy(address);
    if (accuracy !== undefined) store.setState({ accuracy });
  }

  /** A person has seen what is to be sent where, or fetched from where: that may be, and nothing that was typed since. */
  function allow(): void {
    const { asks } = store.getState();
    if (asks === null) return;
    if (asks.kind === 'send') store.setState({ agreed: named });
    else store.setState({ allowed: { model: asks.model, files: asks.files !== null } });
    store.setState({ asks: null, message: null });
    if (interrupted !== null) goOn(interrupted);
  }

  function refuse(): void {
    store.setState({ asks: null });
  }

  function cancel(): void {
    send({ kind: 'cancelJudging' });
  }

  return { store, open, hear, rest, name, edit, editModel, openFolder, showAccuracy, allow, refuse, cancel };
}

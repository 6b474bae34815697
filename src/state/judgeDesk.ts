// Between a person, the judge's store and the worker: says who judges before anything may ask the judge, asks before
// anything leaves this machine, and takes up again what waited for the answer.

import type { Catalogue, CommandBody, TrainingEvent } from '../workers/protocol';
import { agreementOf, createJudgeStore, defaultFields, endpointOf, type EndpointFields } from './judgeStore';

export type JudgeDesk = ReturnType<typeof createJudgeDesk>;

/** `goOn`: with what was asked for when the judge stopped. */
export function createJudgeDesk(send: (body: CommandBody) => void, goOn: (body: CommandBody) => void) {
  const store = createJudgeStore();
  let interrupted: CommandBody | null = null;
  /** what the worker was told, as an agreement to it would say */
  let named: string | null = null;

  function open({ endpoint }: Catalogue): void {
    if (endpoint !== undefined && store.getState().fields === null) store.setState({ fields: defaultFields(endpoint) });
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
    const { fields } = store.getState();
    const endpoint = endpointOf(store.getState());
    named = fields === null ? null : agreementOf(fields);
    if (endpoint !== null) send({ kind: 'nameEndpoint', endpoint });
  }

  function edit(change: Partial<EndpointFields>): void {
    const { fields } = store.getState();
    if (fields !== null) store.setState({ fields: { ...fields, ...change } });
  }

  /** A person has seen what is to be sent where: that may be, and nothing that was typed since. */
  function allow(): void {
    if (store.getState().asks === null) return;
    store.setState({ agreed: named, asks: null, message: null });
    if (interrupted !== null) goOn(interrupted);
  }

  function refuse(): void {
    store.setState({ asks: null });
  }

  function cancel(): void {
    send({ kind: 'cancelJudging' });
  }

  return { store, open, hear, rest, name, edit, allow, refuse, cancel };
}

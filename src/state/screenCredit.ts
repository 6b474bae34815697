// Other methods on the answers that are on screen: they go to a worker of real answers as the file that they can be saved as, and come
// back with the credit of the methods asked for, and with how often over the whole update that is lowest on the first wrong step. Of the run's
// own credit the page finds it by itself. The worker starts with the first answers and ends with the view.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BrokenStepShare } from '../lab/answers/brokenStep';
import type { CreditRecord, RunRecord, UpdateRecord } from '../lab/record';
import { createAnswersClient, type AnswersClient } from '../workers/answersClient';
import type { AnswersReply, AnswersSummary } from '../workers/answersMessages';
import { answersFile } from './saveAnswers';

type Batch = Extract<AnswersReply, { kind: 'batch' }>;

export interface ScreenCreditState {
  /** undefined: on its way; `from`: the update's problem that is its first */
  readonly batch: (Pick<Batch, 'answers' | 'methods'> & { readonly record: UpdateRecord; readonly from: number }) | undefined;
  /** of the batch, by method */
  readonly credits: Readonly<Record<string, CreditRecord>>;
  /** of the update: how often the run's own credit is lowest on the first wrong step */
  readonly own: { readonly record: UpdateRecord; readonly share: BrokenStepShare } | undefined;
  /** and that of the others, by method */
  readonly shares: Readonly<Record<string, BrokenStepShare>>;
  /** why there is nothing */
  readonly message: string | null;
}

export type ScreenCredit = ReturnType<typeof createScreenCredit>;

const NOTHING: ScreenCreditState = { batch: undefined, credits: {}, own: undefined, shares: {}, message: null };

export function createScreenCredit(connect = createAnswersClient, write = answersFile) {
  const store: StoreApi<ScreenCreditState> = createStore(() => NOTHING);
  let client: AnswersClient | undefined;
  /** counts the updates that were opened; replies about others are late */
  let file = 0;
  let shown: UpdateRecord | undefined;
  let batches: AnswersSummary['batches'] = [];
  let wanted: { readonly problem: number; readonly methods: readonly string[] } = { problem: 0, methods: [] };
  let [askedBatch, askedMethods]: [number, ReadonlySet<string>] = [-1, new Set()];
  /** methods that the whole update was asked of */
  let scored: ReadonlySet<string> = new Set();

  async function open(run: Pick<RunRecord, 'header' | 'names'>, record: UpdateRecord): Promise<void> {
    const own = ++file;
    [shown, batches] = [record, []];
    store.setState(NOTHING);
    try {
      const { scoreBrokenSteps, shareOf } = await import('../workers/scoreUpdate');
      if (own !== file) return;
      store.setState({ own: { record, share: shareOf(scoreBrokenSteps(record, record.credit)) } });
      const blob = await write(run, record);
      if (own !== file) return;
      client ??= connect(receive, fail);
      client.send({ file, kind: 'open', blob });
    } catch (error) {
      if (own === file) fail(error instanceof Error ? error.message : String(error));
    }
  }

  function receive(reply: AnswersReply): void {
    if (reply.file !== file) return;
    switch (reply.kind) {
      case 'opened':
        batches = reply.summary.batches;
        [askedBatch, scored] = [-1, new Set()];
        return ask();
      case 'batch': {
        const [from] = batches[reply.batch] ?? [];
        if (shown === undefined || from === undefined || reply.batch !== askedBatch) return;
        store.setState({ batch: { answers: reply.answers, methods: reply.methods, record: shown, from }, credits: {} });
        return ask();
      }
      case 'credit':
        if (reply.batch === askedBatch) store.setState(({ credits }) => ({ credits: { ...credits, [reply.method]: reply.credit } }));
        return;
      case 'scored': return store.setState(({ shares }) => ({ shares: { ...shares, ...Object.fromEntries(reply.scores) } }));
      case 'failed': return fail(reply.message);
      default: // about what nobody asked for here
    }
  }

  /** What the page found by itself stays. */
  function fail(message: string): void {
    end();
    store.setState(({ own }) => ({ ...NOTHING, own, message }));
  }

  /** What is wanted and was not asked for yet. */
  function ask(): void {
    const batch = batches.findIndex(([from, to]) => wanted.problem >= from && wanted.problem < to);
    if (batch < 0) return;
    if (batch !== askedBatch) {
      [askedBatch, askedMethods] = [batch, new Set()];
      store.setState({ batch: undefined, credits: {} });
      return client?.send({ file, kind: 'batch', batch });
    }
    const able = store.getState().batch?.methods.able ?? [];
    const fresh = (asked: ReadonlySet<string>): readonly string[] => wanted.methods.filter((name) => !asked.has(name) && able.some((one) => one.name === name));
    const [methods, unscored] = [fresh(askedMethods), fresh(scored)];
    askedMethods = new Set([...askedMethods, ...methods]);
    scored = new Set([...scored, ...unscored]);
    if (methods.length > 0) client?.send({ file, kind: 'credit', batch, methods });
    // after what is on screen
    if (unscored.length > 0) client?.send({ file, kind: 'score', methods: unscored });
  }

  function want(problem: number, methods: readonly string[]): void {
    wanted = { problem, methods };
    ask();
  }

  function end(): void {
    file++;
    client?.close();
    [client, batches] = [undefined, []];
  }

  return { store, open, want, end };
}

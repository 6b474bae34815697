// Real answers on screen: the file that is open or being read, the problem, its batch, and the credit of the methods asked for.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BrokenStepShare } from '../lab/answers/brokenStep';
import type { ComingFiles, ModelLoading } from '../lab/judging';
import type { CreditRecord } from '../lab/record';
import { createAnswersClient, fetchAnswers, type AnswersClient } from '../workers/answersClient';
import type { AnswersReply, AnswersSummary, TokenChoice } from '../workers/answersMessages';
import { NO_RUN, PROTOCOL_VERSION, type Catalogue, type CommandBody } from '../workers/protocol';
import { acceptCatalogue, createConfigurationStore } from './configurationStore';
import { createJudgeDesk } from './judgeDesk';

export interface AnswersState {
  readonly name: string;
  readonly reading: { readonly done: number; readonly total: number; readonly problems: number } | null;
  readonly summary: AnswersSummary | null;
  /** in the file */
  readonly problem: number;
  readonly batch: Extract<AnswersReply, { kind: 'batch' }> | null;
  readonly method: string;
  /** of the batch, by method */
  readonly credits: Readonly<Record<string, CreditRecord>>;
  /** how often each method's lowest credit lies on the first step known to be wrong, over the batch */
  readonly brokenSteps: Readonly<Record<string, BrokenStepShare>>;
  /** what answers are cut by */
  readonly tokens: TokenChoice;
  /** a tokenizer that is on its way */
  readonly cutting: { readonly loading: ModelLoading | null } | null;
  /** before a tokenizer is fetched */
  readonly asks: ComingFiles | null;
  /** to read answers one under the other, or one answer by several methods */
  readonly view: 'read' | 'compare';
  /** methods that stand side by side */
  readonly compared: readonly string[];
  readonly scoring: { readonly done: number; readonly total: number } | null;
  /** as `brokenSteps`, over the whole file; null until asked for */
  readonly scores: readonly (readonly [method: string, share: BrokenStepShare])[] | null;
  readonly exporting: { readonly done: number; readonly total: number } | null;
  /** what went wrong last, as a sentence */
  readonly message: string | null;
}

export type AnswersSession = ReturnType<typeof createAnswersSession>;

const EXAMPLE = './answers/gsm8k.jsonl';
const FIRST_CHOICES = ['capo', 'grpo'];
const FIRST_COMPARED = ['grpo', 'capo', 'tempo', 'treeps'];

const OF_NO_RUN = { protocol: PROTOCOL_VERSION, run: NO_RUN } as const;

/** What belongs to the file that is open. */
const NOTHING_OPEN = { reading: null, summary: null, problem: 0, batch: null, credits: {}, brokenSteps: {}, scoring: null, scores: null, exporting: null, tokens: { kind: 'file' }, cutting: null, asks: null, message: null } as const satisfies Partial<AnswersState>;

/** The worker starts with the first file. `save` gives an exported file to the person. */
export function createAnswersSession(save: (blob: Blob, name: string) => void, connect = createAnswersClient, fetchExample = fetchAnswers) {
  /** who judges answers from a file is chosen apart from who judges the run */
  const setup = createConfigurationStore();
  /** problems that a judge was asked about, and what was said of the judge */
  let [judging, named]: [readonly number[], Omit<Extract<CommandBody, { kind: 'nameJudge' }>, 'kind'>] = [[], {}];
  const judge = createJudgeDesk((body) => {
    if (body.kind === 'nameJudge') named = body;
    else if (body.kind === 'cancelJudging') client?.send({ file, kind: 'cancelJudging' });
  }, () => judgeProblems(judging), () => setup.getState().configuration?.critic);
  const store: StoreApi<AnswersState> = createStore<AnswersState>(() => ({
    ...NOTHING_OPEN, name: '', method: '', view: 'read', compared: FIRST_COMPARED,
  }));
  let client: AnswersClient | undefined;
  let file = 0;
  let opened: Blob | undefined;
  /** where to begin in a file that is opened again */
  let startAt: number | undefined;
  /** the tokenizer that a person is asked about */
  let wanted: TokenChoice | undefined;

  function receive(reply: AnswersReply): void {
    if (reply.file !== file) return;
    switch (reply.kind) {
      case 'reading': return store.setState({ reading: { done: reply.done, total: reply.total, problems: reply.problems } });
      case 'opened': {
        store.setState({ reading: null, summary: reply.summary, message: reply.summary.problems.length === 0 ? 'No line of this could be read as answers.' : null });
        const start = startAt ?? Math.max(0, reply.summary.problems.findIndex(isMixed));
        startAt = undefined;
        return showProblem(start);
      }
      case 'batch': {
        store.setState({ batch: reply, credits: {}, brokenSteps: {} });
        const names = reply.methods.able.map(({ name }) => name);
        const { method } = store.getState();
        const chosen = [method, ...FIRST_CHOICES].find((name) => names.includes(name)) ?? names[0];
        if (chosen === undefined) return;
        store.setState({ method: chosen });
        // the one on screen first
        return client?.send({ file, kind: 'credit', batch: reply.batch, methods: [chosen, ...names.filter((name) => name !== chosen)] });
      }
      case 'credit': {
        const { batch, credits, brokenSteps } = store.getState();
        if (reply.batch !== batch?.batch) return;
        return store.setState({ credits: { ...credits, [reply.method]: reply.credit }, brokenSteps: { ...brokenSteps, [reply.method]: reply.brokenStep } });
      }
      case 'scoring': return store.setState({ scoring: { done: reply.done, total: reply.total } });
      case 'scored': return store.setState({ scoring: null, scores: reply.scores });
      case 'cutting': return store.setState({ cutting: { loading: reply.loading } });
      case 'cut': {
        store.setState({ tokens: reply.tokens, cutting: null, asks: null, message: null, batch: null, credits: {}, brokenSteps: {}, scores: null });
        return showProblem(store.getState().problem);
      }
      case 'notCut': return store.setState({ cutting: null, asks: reply.asks ?? null, message: reply.asks === undefined ? reply.message : null });
      case 'judging': return judge.hear({ ...OF_NO_RUN, kind: 'judging', progress: reply.progress });
      case 'judgeStopped': return judge.hear({ ...OF_NO_RUN, kind: 'judgeStopped', message: reply.message, ...(reply.asks !== undefined && { asks: reply.asks }) });
      case 'judged': {
        judge.rest();
        store.setState({ batch: null, credits: {}, brokenSteps: {}, scores: null });
        return showProblem(store.getState().problem);
      }
      case 'exporting': return store.setState({ exporting: { done: reply.done, total: reply.total } });
      case 'exported':
        store.setState({ exporting: null });
        return save(reply.blob, `${store.getState().name.replace(/\.\w+$/, '')}-credit.jsonl`);
      case 'cancelled': return store.setState({ reading: null, scoring: null, exporting: null, message: 'Stopped.' });
      case 'failed': return fail(reply.message);
      default: return reply satisfies never;
    }
  }

  function fail(message: string): void {
    store.setState({ reading: null, scoring: null, exporting: null, message });
  }

  function open(blob: Blob, name: string): void {
    opened = blob;
    if (judge.store.getState().progress !== null) judge.cancel();
    judge.rest();
    // a tokenizer that hangs must not hold up the next file
    if (store.getState().cutting !== null || isChosen(store.getState().tokens)) end();
    store.setState({ ...NOTHING_OPEN, name, reading: { done: 0, total: blob.size, problems: 0 } });
    try {
      client ??= connect(receive, (message) => {
        client = undefined;
        fail(message);
      });
      client.send({ file: ++file, kind: 'open', blob });
    } catch (error) {
      fail(`This browser cannot read answers (${error instanceof Error ? error.message : String(error)}).`);
    }
  }

  /** The page's worker says what judges can be had, when it is there. */
  function openJudges(catalogue: Catalogue): void {
    if (setup.getState().catalogue !== null) return;
    acceptCatalogue(setup, catalogue);
    const { configuration } = setup.getState();
    // no exact checker knows answers that were made elsewhere
    if (configuration !== null) setup.setState({ configuration: { ...configuration, critic: { ...configuration.critic, judge: 'endpoint' } } });
    judge.open(catalogue);
  }

  function judgeProblems(problems: readonly number[]): void {
    const { configuration } = setup.getState();
    if (configuration === null) return;
    judging = problems;
    named = {};
    // the desk goes on with what it was asked for last; here that is known by the problems
    judge.name({ kind: 'play' });
    const { endpoint, settings, files } = named;
    client?.send({
      file, kind: 'judge', problems, critic: configuration.critic, seed: configuration.seed,
      named: { ...(endpoint !== undefined && { endpoint }), ...(settings !== undefined && { settings }) }, ...(files !== undefined && { files }),
    });
  }

  /** Whose critiques stand for the steps': by its place among the judges, null for nobody's. */
  function readJudge(chosen: number | null): void {
    client?.send({ file, kind: 'readJudge', judge: chosen });
  }

  function end(): void {
    client?.close();
    client = undefined;
  }

  function cutBy(tokens: TokenChoice): void {
    if (store.getState().summary === null) return store.setState({ message: 'A tokenizer cuts answers: open a file of answers first.' });
    wanted = tokens;
    store.setState({ cutting: { loading: null }, asks: null, message: null });
    client?.send({ file, kind: 'cut', tokens });
  }

  /** A person has seen what would be fetched from where. */
  function allowFetch(): void {
    const { asks } = store.getState();
    if (asks !== null && wanted?.kind === 'hub') cutBy({ ...wanted, allowed: { model: asks.model, files: asks.files !== null } });
  }

  function refuseFetch(): void {
    store.setState({ asks: null });
  }

  async function openExample(): Promise<void> {
    try {
      open(await fetchExample(EXAMPLE), 'gsm8k.jsonl');
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  }

  function showProblem(problem: number): void {
    const { summary, batch } = store.getState();
    const wanted = summary?.batches.findIndex(([from, to]) => problem >= from && problem < to) ?? -1;
    if (wanted < 0) return;
    store.setState({ problem });
    if (batch?.batch !== wanted) client?.send({ file, kind: 'batch', batch: wanted });
  }

  /** To the next problem after this one that has right and wrong answers. */
  function showNextMixed(): void {
    const { summary, problem } = store.getState();
    const problems = summary?.problems ?? [];
    const next = problems.findIndex((one, i) => i > problem && isMixed(one));
    showProblem(next >= 0 ? next : Math.max(0, problems.findIndex(isMixed)));
  }

  function chooseMethod(method: string): void {
    store.setState({ method });
  }

  function show(view: AnswersState['view']): void {
    store.setState({ view });
  }

  function compare(compared: readonly string[]): void {
    store.setState({ compared });
  }

  function startScoring(): void {
    store.setState({ scoring: { done: 0, total: store.getState().summary?.batches.length ?? 0 } });
    client?.send({ file, kind: 'score' });
  }

  function startExport(): void {
    store.setState({ exporting: { done: 0, total: store.getState().summary?.batches.length ?? 0 } });
    client?.send({ file, kind: 'export' });
  }

  /** A worker that is busy with a tokenizer may not hear: another takes its place. */
  function cancel(): void {
    const { name, problem } = store.getState();
    if (!waitsForTokenizer(store.getState()) || opened === undefined) return client?.send({ file, kind: 'cancel' });
    startAt = problem;
    open(opened, name);
  }

  return { store, setup, judge, openJudges, judgeProblems, readJudge, open, openExample, showProblem, showNextMixed, chooseMethod, show, compare, cutBy, allowFetch, refuseFetch, startScoring, startExport, cancel };
}

const isChosen = ({ kind }: TokenChoice): boolean => kind !== 'file' && kind !== 'words';

/** A tokenizer is being opened, or cuts the answers to the problem on screen. */
export function waitsForTokenizer({ cutting, tokens, summary, batch, problem }: AnswersState): boolean {
  const [from, to] = (batch === null ? undefined : summary?.batches[batch.batch]) ?? [0, 0];
  return cutting !== null || (isChosen(tokens) && summary !== null && !(problem >= from && problem < to));
}

const isMixed = ({ answers, rewarded }: AnswersSummary['problems'][number]): boolean => rewarded > 0 && rewarded < answers;

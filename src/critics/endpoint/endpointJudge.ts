// A language model behind a chat endpoint as a judge: each critique is one request, so many at once as the endpoint is
// said to bear. What cannot be had after all tries is a missing critique; where nothing at all can be had the judge stops,
// because a run that goes on without its judge would look like one that has it.

import { JudgeStopped, type Critique, type Judge, type JudgeCase, type JudgeWatch, type LeavingRequests } from '../judge';
import { judgeMessages } from '../prompts';
import { readCritique } from '../readCritique';
import { ChatFailure, ChatLine, requestBody } from './askChat';
import type { Endpoint } from './endpoint';

const NOTHING_TO_JUDGE: Critique = { flags: [], text: '', verdict: 'read', outOfRange: 0 };

/** `firstPauseMs`: before the second try; tests wait less. */
export function endpointJudge(endpoint: Endpoint, firstPauseMs?: number): Judge {
  return {
    describe: () => ({ model: endpoint.model.trim(), where: openLine(endpoint).host, ...endpoint.prompts }),
    async critique(cases, critiques, { signal, onProgress } = {}) {
      const line = openLine(endpoint, firstPauseMs);
      const bodies = cases.map((one) => (one.steps_K.length === 0 ? undefined : requestBody(endpoint, judgeMessages(endpoint.prompts, shown(endpoint, one)))));
      const leaving = leavingOf(line.host, bodies, critiques);
      if (leaving === undefined) return cases.map(() => Array<Critique>(critiques).fill(NOTHING_TO_JUDGE));
      if (!endpoint.isAllowed) throw new JudgeStopped(`Nothing has been sent to ${line.host} yet: it needs your word first.`, leaving);
      return new Round(line, cases, bodies, critiques, Math.min(endpoint.concurrency, leaving.requests), onProgress).run(signal);
    },
  };
}

/** The requests of one batch. */
class Round {
  private readonly results: (Critique | undefined)[];
  private readonly stop = new AbortController();
  private next = 0;
  private done = 0;
  private missing = 0;
  private hasAnswered = false;
  /** requests given up before any was answered */
  private vain = 0;

  constructor(
    private readonly line: ChatLine, private readonly cases: readonly JudgeCase[], private readonly bodies: readonly (string | undefined)[],
    private readonly critiques: number, private readonly concurrency: number, private readonly onProgress?: JudgeWatch['onProgress'],
  ) {
    this.results = Array.from({ length: cases.length * critiques });
  }

  async run(signal?: AbortSignal): Promise<Critique[][]> {
    const cancel = () => this.stop.abort(new JudgeStopped('Judging was cancelled; the next step asks again.'));
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted === true) cancel();
    this.tell();
    try {
      await Promise.all(Array.from({ length: this.concurrency }, () => this.work()));
    } catch (error) {
      this.stop.abort(error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
    return this.cases.map((_, n) => this.results.slice(n * this.critiques, (n + 1) * this.critiques) as Critique[]);
  }

  private async work(): Promise<void> {
    while (this.next < this.results.length) {
      this.stop.signal.throwIfAborted();
      const at = this.next++;
      const critique = await this.one(Math.floor(at / this.critiques));
      this.results[at] = critique;
      this.done++;
      if (critique.flags === null) this.missing++;
      this.tell();
    }
  }

  private tell(): void {
    this.onProgress?.({ done: this.done, total: this.results.length, missing: this.missing });
  }

  private async one(n: number): Promise<Critique> {
    const body = this.bodies[n];
    if (body === undefined) return NOTHING_TO_JUDGE;
    try {
      const { text, isCutOff } = await this.line.ask(body, this.stop.signal);
      this.hasAnswered = true;
      return readCritique(text, this.cases[n]!.steps_K.length, isCutOff);
    } catch (error) {
      if (!(error instanceof ChatFailure)) throw error;
      // as many as go out at first: none of them tells of one odd answer only
      if (!this.hasAnswered && ++this.vain >= this.concurrency) throw new JudgeStopped(`The judge does not answer. ${error.message}.`);
      return { flags: null, text: error.message, verdict: 'failed', outOfRange: 0 };
    }
  }
}

function openLine(endpoint: Endpoint, firstPauseMs?: number): ChatLine {
  try {
    return new ChatLine(endpoint, firstPauseMs);
  } catch (error) {
    throw error instanceof RangeError ? new JudgeStopped(error.message) : error;
  }
}

function shown({ showsReference }: Endpoint, { reference, ...rest }: JudgeCase): JudgeCase {
  return showsReference && reference !== undefined ? { ...rest, reference } : rest;
}

function leavingOf(host: string, bodies: readonly (string | undefined)[], critiques: number): LeavingRequests | undefined {
  const sent = bodies.filter((body) => body !== undefined);
  const [example] = sent;
  if (example === undefined || critiques === 0) return undefined;
  const encoder = new TextEncoder();
  return { kind: 'send', host, requests: sent.length * critiques, bytes: critiques * sent.reduce((sum, body) => sum + encoder.encode(body).length, 0), example };
}

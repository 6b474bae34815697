// One request to a chat endpoint, until it is answered or given up: what is busy or broken (408, 425, 429, 5xx, no
// connection, no reply in time) is asked again after a pause that doubles, or after what Retry-After says. While an endpoint
// wants to be left alone nobody asks it. Redirects are refused: they would carry the answers, and the key, to another host.

import type { ChatMessage } from '../prompts';
import { chatAddress, type Endpoint } from './endpoint';
import { bodyOf, readChatReply, reasonOf, type ChatReply } from './readChatReply';

const TRIES = 5;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** a server that wants more is not waited for */
const LONGEST_RETRY_AFTER_MS = 120_000;
const PASSING = [408, 425, 429];

/** No answer to this request, and none to be expected. */
export class ChatFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ChatFailure';
  }
}

/** What may be over soon. */
interface Passing {
  readonly failure: string;
  readonly retryAfterMs?: number;
}

export function requestBody({ model, temperature, maximumTokens }: Endpoint, messages: readonly ChatMessage[]): string {
  return JSON.stringify({ model: model.trim(), messages, temperature, max_tokens: maximumTokens, stream: false });
}

/** All requests of a batch go through one of these. */
export class ChatLine {
  readonly host: string;
  private readonly address: URL;
  private isQuiet: Promise<void> = Promise.resolve();

  constructor(private readonly endpoint: Endpoint, private readonly firstPauseMs = FIRST_PAUSE_MS) {
    this.address = chatAddress(endpoint);
    this.host = this.address.host;
  }

  /** Rejects with ChatFailure, or with the signal's reason when that is aborted. */
  async ask(body: string, signal: AbortSignal): Promise<ChatReply> {
    for (let tried = 1; ; tried++) {
      await this.isQuiet;
      signal.throwIfAborted();
      const outcome = await this.once(body, signal).catch((error: unknown): Passing => {
        signal.throwIfAborted();
        if (error instanceof ChatFailure) throw error;
        return { failure: sentence(error) };
      });
      if ('text' in outcome) return outcome;
      if (tried === TRIES) throw new ChatFailure(this.withoutKey(`${this.host}: ${outcome.failure}, ${TRIES} times`));
      const pause = Math.min(LONGEST_PAUSE_MS, this.firstPauseMs * 2 ** (tried - 1));
      if (outcome.retryAfterMs === undefined) {
        await sleep(pause, signal);
      } else {
        if (outcome.retryAfterMs > LONGEST_RETRY_AFTER_MS) throw new ChatFailure(this.withoutKey(`${this.host}: ${outcome.failure}, and asks to wait ${Math.round(outcome.retryAfterMs / 1000)} s`));
        this.isQuiet = Promise.all([this.isQuiet, sleep(outcome.retryAfterMs, signal).catch(() => {})]).then(() => {});
      }
    }
  }

  private async once(body: string, signal: AbortSignal): Promise<ChatReply | Passing> {
    const { key, timeoutSeconds } = this.endpoint;
    const response = await fetch(this.address, {
      method: 'POST', body, redirect: 'error', credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store',
      headers: { 'content-type': 'application/json', ...(key !== '' && { authorization: `Bearer ${key}` }) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(1000 * timeoutSeconds)]),
    });
    const text = await bodyOf(response);
    if (response.ok) {
      const reply = readChatReply(text);
      return { ...reply, text: this.withoutKey(reply.text) };
    }
    const said = this.withoutKey(reasonOf(text));
    const failure = `it answered ${response.status}${said === '' ? '' : ` (${said})`}`;
    if (response.status < 500 && !PASSING.includes(response.status)) throw new ChatFailure(`${this.host}: ${failure}`);
    const retryAfterMs = retryAfter(response.headers);
    return { failure, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }

  /** Servers repeat keys in what they say; what they say is kept. */
  private withoutKey(text: string): string {
    const { key } = this.endpoint;
    return key === '' ? text : text.replaceAll(key, '(key)');
  }
}

/** Seconds, or a date, which is held against the server's own clock. */
export function retryAfter(headers: Pick<Headers, 'get'>): number | undefined {
  const given = headers.get('retry-after')?.trim();
  if (given === undefined || given === '') return undefined;
  if (/^\d{1,9}(?:\.\d+)?$/.test(given)) return 1000 * Number(given);
  const wait = Date.parse(given) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no reply in time';
  return error instanceof TypeError ? 'no connection' : error.message;
}

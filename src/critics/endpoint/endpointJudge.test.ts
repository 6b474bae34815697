import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { JudgeStopped, type JudgeCase, type JudgeProgress } from '../judge';
import { DEFAULT_PROMPTS } from '../prompts';
import { retryAfter } from './askChat';
import { endpointAt, say, serveChat, type Answer, type ChatServer } from './chatServerTesting';
import { chatAddress, ENDPOINT_DEFAULTS, type Endpoint } from './endpoint';
import { endpointJudge } from './endpointJudge';

const KEY = 'sk-test-0123456789';
const CASES: readonly JudgeCase[] = [
  { problem: '7+5:', steps_K: ['7+5=2\n', '=2'], reference: '2' },
  { problem: '1+1:', steps_K: ['1+1=3\n', '3-1=2\n', '=2'], reference: '2' },
];

let server: ChatServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function endpointOf(answer: Answer, more: Partial<Endpoint> = {}): Promise<Endpoint> {
  server = await serveChat(answer);
  return { ...endpointAt(server, KEY), ...more };
}

const judged = (endpoint: Endpoint, critiques = 2, cases = CASES, watch?: Parameters<ReturnType<typeof endpointJudge>['critique']>[2]) => Promise.resolve(endpointJudge(endpoint, 5).critique(cases, critiques, watch));

test('every critique is one request; its list comes back in its place, with the words', async () => {
  // requests on their way together may come in any order
  let asksOfFirst = 0;
  const endpoint = await endpointOf((response, { body }, number) => {
    // the later ones answer first
    const isFirst = body.messages[1]!.content.includes('7+5:');
    const words = isFirst ? `No ${asksOfFirst++}. Wrong steps: []` : 'Wrong steps: [2, 0, 0, 9]';
    setTimeout(() => say(response, words), 40 - 10 * number);
  });
  const seen: JudgeProgress[] = [];
  const [first, second] = await judged(endpoint, 2, CASES, { onProgress: (one) => seen.push(one) });
  expect(first!.map(({ flags, verdict }) => [flags, verdict])).toEqual([[[], 'read'], [[], 'read']]);
  expect(first!.map(({ text }) => text).toSorted()).toEqual(['No 0. Wrong steps: []', 'No 1. Wrong steps: []']);
  expect(second).toEqual(Array(2).fill({ flags: [0, 2], text: 'Wrong steps: [2, 0, 0, 9]', verdict: 'read', outOfRange: 1 }));
  expect(seen).toEqual([0, 1, 2, 3, 4].map((done) => ({ done, total: 4, missing: 0 })));
  expect(server!.asked.map(({ path, headers }) => [path, headers['authorization'], headers['content-type']])).toEqual(Array(4).fill(['/v1/chat/completions', `Bearer ${KEY}`, 'application/json']));
  expect(server!.asked[0]!.body).toMatchObject({ model: 'judge-1', temperature: 0.7, max_tokens: 512, stream: false });
  const contents = server!.asked.map(({ body }) => body.messages[1]!.content);
  expect(contents.find((one) => one.includes('7+5:'))).toContain('Right final answer: 2\n\nSolution in numbered steps:\n<step 0> 7+5=2\n<step 1> =2\n');
});

test('without a key none is sent, and the reference answer only where it is to be shown', async () => {
  const endpoint = await endpointOf((response) => say(response, '[]'), { key: '', showsReference: false });
  await judged(endpoint, 1);
  expect(server!.asked.map(({ headers }) => 'authorization' in headers)).toEqual([false, false]);
  expect(server!.asked.some(({ body }) => JSON.stringify(body).includes('Right final answer'))).toBe(false);
});

test('nothing is asked before a person agreed, who is told the host, how much, and what exactly', async () => {
  const endpoint = await endpointOf((response) => say(response, '[]'));
  const stopped = await judged({ ...endpoint, isAllowed: false }, 3).catch((error: unknown) => error);
  expect(stopped).toBeInstanceOf(JudgeStopped);
  expect(server!.asked.length).toBe(0);
  const { asks } = stopped as JudgeStopped;
  await judged(endpoint, 3);
  const bodies = server!.asked.map(({ body }) => JSON.stringify(body));
  expect(asks).toEqual({ kind: 'send', host: new URL(endpoint.url).host, requests: 6, bytes: bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0), example: bodies.find((body) => body.includes('7+5:')) });
  expect(JSON.stringify(asks)).not.toContain(KEY);
});

test('an answer without steps needs no judge', async () => {
  const endpoint = await endpointOf((response) => say(response, '[0]'), { isAllowed: false });
  expect(await judged(endpoint, 2, [{ problem: '1:', steps_K: [] }])).toEqual([Array(2).fill({ flags: [], text: '', verdict: 'read', outOfRange: 0 })]);
  expect(server!.asked.length).toBe(0);
});

test.each([[1], [3], [64]])('%i at once, and no more', async (concurrency) => {
  const endpoint = await endpointOf((response) => { setTimeout(() => say(response, '[]'), 15); }, { concurrency });
  await judged(endpoint, 4);
  expect(server!.mostAtOnce()).toBe(Math.min(8, concurrency));
});

describe('what passes is asked again', () => {
  test.each([[408], [425], [429], [500], [502], [503], [529]])('%i', async (status) => {
    const endpoint = await endpointOf((response, _, number) => (number % 3 < 2 ? void response.writeHead(status).end('busy') : say(response, 'Wrong steps: [1]')), { concurrency: 1 });
    expect((await judged(endpoint, 1)).flat().map(({ flags }) => flags)).toEqual([[1], [1]]);
    expect(server!.asked.length).toBe(6);
  });

  test('the pause doubles', async () => {
    const endpoint = await endpointOf((response, _, number) => (number < 4 ? void response.writeHead(503).end() : say(response, '[]')), { concurrency: 1 });
    await endpointJudge(endpoint, 20).critique(CASES.slice(0, 1), 1);
    const times = server!.asked.map(({ atMs }) => atMs);
    const gaps = times.slice(1).map((at, i) => at - times[i]!);
    [20, 40, 80, 160].forEach((least, i) => expect(gaps[i]).toBeGreaterThanOrEqual(least - 2));
  });

  test('Retry-After: nobody asks until then', async () => {
    const endpoint = await endpointOf((response, _, number) => {
      if (number === 0) response.writeHead(429, { 'retry-after': '0.3' }).end();
      else setTimeout(() => say(response, '[]'), 100);
    }, { concurrency: 2 });
    await judged(endpoint, 3);
    const [refused, beside, ...later] = server!.asked.map(({ atMs }) => atMs);
    expect(beside! - refused!).toBeLessThan(100);
    for (const at of later) expect(at - refused!).toBeGreaterThanOrEqual(290);
  });

  test('a reply that does not come in time', async () => {
    const endpoint = await endpointOf((response, _, number) => { if (number > 0) say(response, '[0]'); }, { timeoutSeconds: 1, concurrency: 1 });
    expect((await judged(endpoint, 1)).flat().map(({ flags }) => flags)).toEqual([[0], [0]]);
  });

  test('a connection that breaks off', async () => {
    const endpoint = await endpointOf((response, _, number) => (number === 0 ? void response.destroy() : say(response, '[0]')), { concurrency: 1 });
    expect((await judged(endpoint, 1)).flat().map(({ flags }) => flags)).toEqual([[0], [0]]);
  });
});

test('Retry-After in seconds, as a date by the server\'s clock, or as nonsense', () => {
  const of = (values: Record<string, string>) => retryAfter(new Headers(values));
  expect(of({ 'retry-after': '7' })).toBe(7000);
  expect(of({ 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT', 'date': 'Wed, 21 Oct 2026 07:28:00 GMT' })).toBe(30_000);
  expect(of({ 'retry-after': 'Wed, 21 Oct 2026 07:27:00 GMT', 'date': 'Wed, 21 Oct 2026 07:28:00 GMT' })).toBe(0);
  for (const nonsense of ['', 'soon', '-3', '1e9', 'Wed, 21 Oct 2026 07:28:30 GMT']) expect(of({ 'retry-after': nonsense }), nonsense).toBe(undefined);
});

describe('a critique that cannot be had is missing, and says why', () => {
  const mostly = (bad: Answer): Answer => (response, asked, number) => (asked.body.messages[1]!.content.includes('7+5:') ? say(response, 'Wrong steps: [1]') : bad(response, asked, number));
  test.each<[string, Answer, RegExp]>([
    ['an odd request is refused', (response) => void response.writeHead(400).end('{"error":{"message":"context too long"}}'), /answered 400 \(context too long\)$/],
    ['always busy', (response) => void response.writeHead(503).end('<h1>busy</h1>'), /answered 503 \(<h1>busy<\/h1>\), 5 times/],
    ['broken JSON', (response) => void response.end('{"choices": [{"mess'), /not JSON, 5 times/],
    ['another JSON', (response) => void response.end('{"choices": {"0": 1}}'), /no text, 5 times/],
    ['text of another kind', (response) => void response.end('{"choices":[{"message":{"content":["[1]"]}}]}'), /no text/],
    ['null', (response) => void response.end('null'), /no text/],
    ['a prototype', (response) => void response.end('{"__proto__":{"choices":[{"message":{"content":"[1]"}}]}}'), /no text/],
    ['endless', (response) => void response.end(' '.repeat(1_200_000)), /longer than 1000000 bytes/],
    ['to be asked tomorrow', (response) => void response.writeHead(429, { 'retry-after': '86400' }).end(), /asks to wait 86400 s/],
    ['a key repeated', (response) => void response.writeHead(400).end(`{"error":"no such key ${KEY}"}`), /no such key \(key\)/],
  ])('%s', async (_, bad, why) => {
    const endpoint = await endpointOf(mostly(bad), { concurrency: 1 });
    const [first, second] = await judged(endpoint, 2);
    expect(first!.map(({ flags }) => flags)).toEqual([[1], [1]]);
    for (const one of second!) {
      expect(one).toMatchObject({ flags: null, verdict: 'failed', outOfRange: 0 });
      expect(one.text).toMatch(why);
      expect(one.text).not.toContain(KEY);
    }
  });

  test('nonsense in words, and a text cut off', async () => {
    const endpoint = await endpointOf((response, _, number) => (number === 0 ? say(response, 'I refuse.') : say(response, 'Wrong steps: [0]', 'length')), { concurrency: 1 });
    expect((await judged(endpoint, 1)).flat()).toMatchObject([{ flags: null, verdict: 'no-list', text: 'I refuse.' }, { flags: null, verdict: 'cut-off' }]);
  });

  test('a key in the judge\'s words is taken out', async () => {
    const endpoint = await endpointOf((response, { headers }) => say(response, `${headers['authorization']} Wrong steps: []`));
    expect((await judged(endpoint, 1)).flat().map(({ text }) => text)).toEqual(Array(2).fill('Bearer (key) Wrong steps: []'));
  });
});

describe('where nothing can be had the judge stops', () => {
  test.each<[string, Answer, RegExp]>([
    ['a wrong key', (response) => void response.writeHead(401).end('{"error":{"message":"bad key"}}'), /does not answer\. localhost:\d+: it answered 401 \(bad key\)\.$/],
    ['nothing there', (response) => void response.writeHead(404).end(), /it answered 404\.$/],
    ['no chat endpoint', (response) => void response.end('<html>'), /its reply is not JSON, 5 times/],
  ])('%s', async (_, answer, why) => {
    const stopped: unknown = await judged(await endpointOf(answer), 8).catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(JudgeStopped);
    expect((stopped as Error).message).toMatch(why);
    expect(server!.asked.length).toBeLessThanOrEqual(40);
  });

  test('nobody listens', async () => {
    const endpoint = await endpointOf(() => {});
    await server!.close();
    await expect(judged(endpoint)).rejects.toThrow(/no connection, 5 times/);
  });

  test('a redirect is not followed: the other host hears nothing', async () => {
    const heard: string[] = [];
    const other = createServer((request, response) => {
      heard.push(request.url!);
      response.end();
    });
    await new Promise<void>((done) => { other.listen(0, '127.0.0.1', done); });
    try {
      const endpoint = await endpointOf((response) => void response.writeHead(307, { location: `http://127.0.0.1:${(other.address() as AddressInfo).port}/v1/chat/completions` }).end());
      await expect(judged(endpoint)).rejects.toThrow(JudgeStopped);
      expect(heard).toEqual([]);
    } finally {
      other.close();
    }
  });

  test('cancelled: what is under way is broken off, what waits is not asked', async () => {
    const closed: number[] = [];
    const endpoint = await endpointOf((response, _, number) => { response.on('close', () => closed.push(number)); }, { concurrency: 2 });
    const control = new AbortController();
    const outcome = judged(endpoint, 4, CASES, { signal: control.signal });
    const started = performance.now();
    setTimeout(() => control.abort(), 60);
    await expect(outcome).rejects.toThrow(/cancelled/);
    expect(performance.now() - started).toBeLessThan(2000);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    expect([server!.asked.length, closed.length]).toEqual([2, 2]);
  });

  test('cancelled before it began, and while it waits', async () => {
    const endpoint = await endpointOf((response) => void response.writeHead(429, { 'retry-after': '60' }).end());
    await expect(judged(endpoint, 1, CASES, { signal: AbortSignal.abort() })).rejects.toThrow(/cancelled/);
    expect(server!.asked.length).toBe(0);
    const control = new AbortController();
    setTimeout(() => control.abort(), 100);
    await expect(judged(endpoint, 1, CASES, { signal: control.signal })).rejects.toThrow(/cancelled/);
  });
});

const TYPED: Endpoint = { ...ENDPOINT_DEFAULTS, url: '', model: 'm', key: '', showsReference: true, prompts: DEFAULT_PROMPTS, isAllowed: true };

test.each([
  ['http://localhost:1234/v1', 'http://localhost:1234/v1/chat/completions'], ['http://localhost:1234/v1/', 'http://localhost:1234/v1/chat/completions'],
  [' https://api.example.org/v1/chat/completions ', 'https://api.example.org/v1/chat/completions'], ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/chat/completions'],
  ['http://10.0.0.5:8080/v1', 'http://10.0.0.5:8080/v1/chat/completions'],
])('%s is asked at %s', (url, address) => {
  expect(chatAddress({ ...TYPED, url }).href).toBe(address);
});

test.each<[Partial<Endpoint>, RegExp]>([
  [{ url: '' }, /not an address/], [{ url: 'localhost:1234/v1' }, /must begin with http/], [{ url: 'javascript:alert(1)' }, /must begin with http/], [{ url: 'file:///etc/passwd' }, /must begin with http/],
  [{ url: 'https://me:secret@example.org/v1' }, /must not hold a name or password/], [{ url: 'https://example.org/v1?key=1' }, /must end before/],
  [{ url: 'http://example.org/v1', key: 'k' }, /over https or to this machine/], [{ url: 'http://localhost.example.org/v1', key: 'k' }, /over https or to this machine/],
  [{ url: 'https://example.org/v1', key: 'a\nb' }, /holds a character/], [{ url: 'https://example.org/v1', model: ' ' }, /Name the model/],
  [{ url: 'https://example.org/v1', concurrency: 1000 }, /concurrency = 1000 is not between 1 and 64/], [{ url: 'https://example.org/v1', temperature: Number.NaN }, /temperature/],
  [{ url: 'https://example.org/v1', prompts: { system: '', user: 'hm' } }, /\{steps\}/],
])('%o is refused with a sentence', (typed, message) => {
  expect(() => chatAddress({ ...TYPED, ...typed })).toThrow(message);
});

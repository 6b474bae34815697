// A run whose judge is behind an endpoint, on a local server and a policy of one softmax.

import { afterEach, expect, test } from 'vitest';
import { endpointAt, say, serveChat, type Answer, type ChatServer } from '../critics/endpoint/chatServerTesting';
import { MOST_KEPT_OF_ALL } from '../formats/runFileChecks';
import { taskFamily } from '../tasks';
import { DEFAULT_PROMPTS, MOST_KEPT_OF_ONE, judgeRecord, type Endpoint } from './judging';
import { critique, critiqueBy } from './phases/critique';
import { readConfiguration } from './readConfiguration';
import type { SampleRecord } from './record';
import { encode } from './tokens';

const KEY = 'sk-hidden-42';
const task = taskFamily('chain').create();
const configuration = readConfiguration({ method: 'capo', critic: { judge: 'endpoint', critiques: 3 }, problemsPerUpdate: 1, answersPerProblem: 2 });

let server: ChatServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function endpointOf(answer: Answer, more: Partial<Endpoint> = {}): Promise<Endpoint> {
  server = await serveChat(answer);
  return { ...endpointAt(server, KEY), ...more };
}

/** Two answers to 7+5-3: the first right, the second with a wrong first step. */
function sample(): SampleRecord {
  const texts = ['7+5=2\n2-3=9\n=9', '7+5=3\n3-3=0\n=0'];
  const rows = texts.map((text) => [...encode(task.alphabet, text), 1]);
  const width = 16;
  const tokens_NT = new Uint32Array(2 * width);
  rows.forEach((row, n) => tokens_NT.set(row, n * width));
  return {
    problems_P: [{ prompt: '7+5-3:\n', answer: '9' }], answers: 2, width, problem_N: new Uint32Array(2), tokens_NT, lengths_N: Uint32Array.from(rows, ({ length }) => length), finished_N: Uint8Array.of(1, 1),
    samplerLogprobs_NT: new Float32Array(2 * width),
  };
}

test('the judge\'s lists become the critiques, its words stay beside them, the checker\'s verdicts are as ever', async () => {
  const endpoint = await endpointOf((response, { body }) => say(response, body.messages[1]!.content.includes('<step 0> 7+5=3') ? 'Step 0 is wrong.\nWrong steps: [0, 7]' : 'Hm.'));
  const record = await critiqueBy(task, configuration, 1, sample(), { endpoint });
  const exact = critique(task, { ...configuration.critic, critiques: 1 }, 1, 1, sample());
  expect(exact.critiques_Nk).toEqual([[[]], [[0]]]);
  expect(record).toEqual({
    ...exact, critiques_Nk: [[null, null, null], [[0], [0], [0]]],
    judge: {
      model: 'judge-1', where: new URL(endpoint.url).host, ...DEFAULT_PROMPTS,
      said_Nk: [Array(3).fill({ text: 'Hm.', verdict: 'no-list', outOfRange: 0 }), Array(3).fill({ text: 'Step 0 is wrong.\nWrong steps: [0, 7]', verdict: 'read', outOfRange: 1 })],
    },
  });
  expect(server!.asked[0]!.body.messages[1]!.content).toContain(`Problem:\n7+5-3:\n\nRules: ${task.rules}\n\nRight final answer: 9\n\nSolution in numbered steps:\n<step 0> 7+5=2\n<step 1> 2-3=9\n<step 2> =9\n`);
});

test('the exact checker as a judge through the same interface gives the same record, and has no words', async () => {
  const noisy = readConfiguration({ critic: { falsePositive: 0.4, falseNegative: 0.4, missing: 0.2 }, seed: 5 });
  expect(await critiqueBy(task, noisy, 3, sample())).toEqual(critique(task, noisy.critic, 5, 3, sample()));
});

test('a method that reads no critiques asks no endpoint', async () => {
  const record = await critiqueBy(task, readConfiguration({ method: 'grpo', critic: { judge: 'endpoint' } }), 1, sample());
  expect(record.critiques_Nk).toEqual([[], []]);
  await expect(critiqueBy(task, configuration, 1, sample())).rejects.toThrow(/name it first/);
});

test('long words are kept from their end, and all together in bounds', () => {
  const said = (count: number, length: number) => judgeRecord([Array.from({ length: count }, () => ({ flags: [], text: 'x'.repeat(length) + '[1]', verdict: 'read' as const, outOfRange: 0 }))], { model: 'm', where: 'localhost', ...DEFAULT_PROMPTS })!.said_Nk[0]!.map(({ text }) => text);
  expect(said(1, 9000)).toEqual([`…${'x'.repeat(MOST_KEPT_OF_ONE - 4)}[1]`]);
  expect(said(1000, 9000).join('').length).toBeLessThanOrEqual(MOST_KEPT_OF_ALL);
  expect(said(2, 10)).toEqual(Array(2).fill(`${'x'.repeat(10)}[1]`));
});

test('the key is in no configuration, record or file', async () => {
  const endpoint = await endpointOf((response, { headers }) => say(response, `${headers['authorization']} []`));
  const record = await critiqueBy(task, configuration, 1, sample(), { endpoint });
  expect(server!.asked[0]!.headers['authorization']).toBe(`Bearer ${KEY}`);
  expect(JSON.stringify([configuration, record])).not.toContain(KEY);
});

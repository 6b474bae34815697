// Every case of credit.json on both executors, within its own tolerance, every expected array compared; and cases changed so
// that they must be skipped, refused or found wrong.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testExecutors } from '../../../gpu/testing';
import { runCase } from '../check';
import { readFixtureFile } from '../fixture';
import { neighboursIn } from '../fixtureFolder';
import { credit } from './credit';

const text = readFileSync('e2e/fixtures/credit.json', 'utf8');
const cases = readFixtureFile(JSON.parse(text) as Record<string, unknown>, 'credit.json');

test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
  if ('error' in one) throw one.error;
  const executors = await testExecutors();
  for (const executor of credit.isHost(one.fixture) ? executors.slice(0, 1) : executors) {
    const { kind, text: said } = await runCase(credit, one.fixture, executor, neighboursIn('e2e/fixtures'));
    expect(`${executor.kind} ${kind} ${kind === 'pass' ? '' : said}`.trim()).toBe(`${executor.kind} pass`);
    expect(said).not.toContain('not compared');
  }
});

type Json = Record<string, unknown> & { [key: string]: Json };
const set = (holder: unknown, key: string | number, value: unknown): void => { (holder as Record<string | number, unknown>)[key] = value; };

test.each<[string, string, (one: Json, batch: Json) => void, RegExp]>([
  ['main/tempo', 'a wrong number', (one) => set(one['expected']!['prefix_values']![2], 1, 0.9), /^FAIL .*prefix_values, entry 33: /],
  ['main/igpo_step', 'a wrong number of a step', (one) => set(one['expected']!['step_rewards']![0], 0, 7), /^FAIL .*step_rewards, entry 0: .* instead of 7/],
  ['main/tempo', 'a param nobody reads', (one) => set(one['params'], 'lambda', 0.9), /^skip param not known: lambda/],
  ['main/tempo', 'an unknown word', (one) => set(one['params'], 'td_scale', 'mean'), /^skip td_scale mean/],
  ['main/tempo', 'a param out of bounds', (one) => set(one['params'], 'eps', -1), /^skip tempo: epsilon = -1 is not a number from 0 to 1/],
  ['main/tempo', 'a param missing', (one) => set(one['params'], 'eps', undefined), /^FAIL malformed: params.eps: is missing/],
  ['main/tempo', 'an unknown method', (one) => set(one, 'method', 'oracle'), /^skip credit method oracle/],
  ['main/tempo', 'a field of the batch nobody knows', (_, batch) => set(batch, 'temperature', 2), /^skip input not known: temperature/],
  ['main/tempo', 'a signal missing', (_, batch) => set(batch, 'token_ids', null), /^FAIL .*tempo needs the token ids/],
  ['main/tempo', 'a short row', (_, batch) => set(batch['values'], 0, [1]), /^FAIL malformed: inputs.values: is ragged/],
  ['main/tempo', 'steps past the end', (_, batch) => set(batch['steps'], 0, [[0, 5], [5, 10], [10, 17]]), /^FAIL .*answer 0, step 2/],
  ['main/tempo', 'a verdict for a step too many', (_, batch) => set(batch['step_correct'], 0, [1, 1, 1, 1]), /^FAIL malformed: inputs.step_correct\[0\]: must be a list of 3/],
  ['main/tempo', 'text for a number', (_, batch) => set(batch['prm_prob']![0], 0, '1'), /^FAIL malformed: inputs.prm_prob: holds "1"/],
  ['main/igpo_step', 'an expected row too short', (one) => set(one['expected']!['step_rewards'], 0, [1]), /^FAIL malformed: expected.step_rewards: has rows of 1, /],
  ['main/tempo', 'an expected key nobody computes', (one) => set(one['expected'], 'surprise', [1]), /^pass .*not compared: surprise/],
])('%s: %s', async (name, _, change, message) => {
  const file = JSON.parse(text) as { cases: Json[]; batches: Json };
  const one = file.cases.find((each) => String(each['name']) === name)!;
  change(one, file.batches[name.split('/')[0]!]!);
  const [parsed] = readFixtureFile({ ...file, cases: [one] }, 'credit.json');
  if (parsed === undefined || 'error' in parsed) throw new Error('the file itself is broken');
  const [cpu] = await testExecutors();
  const { kind, text: said } = await runCase(credit, parsed.fixture, cpu, neighboursIn('e2e/fixtures'));
  expect(`${kind} ${said}`).toMatch(message);
});

// Every case of credit.json on both executors, within its own tolerance, every expected array compared.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testExecutors } from '../../../gpu/testing';
import { runCase } from '../check';
import { readFixtureFile } from '../fixture';
import { neighboursIn } from '../fixtureFolder';
import { credit } from './credit';

const cases = readFixtureFile(JSON.parse(readFileSync('e2e/fixtures/credit.json', 'utf8')) as Record<string, unknown>, 'credit.json');

test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
  if ('error' in one) throw one.error;
  const executors = await testExecutors();
  for (const executor of credit.isHost(one.fixture) ? executors.slice(0, 1) : executors) {
    const { kind, text } = await runCase(credit, one.fixture, executor, neighboursIn('e2e/fixtures'));
    expect(`${executor.kind} ${kind} ${kind === 'pass' ? '' : text}`.trim()).toBe(`${executor.kind} pass`);
    expect(text).not.toContain('not compared');
  }
});

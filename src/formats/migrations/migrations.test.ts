// Files as older versions of this project wrote them: each named after the commit whose code made it, of a tiny model
// (e2e/fixtures/README.md). That a run goes on from such a state as it did then is src/lab/oldStates.test.ts.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FormatError } from '../formatError';
import { readRunFile } from '../runFile';
import { readRunState } from '../runStateFile';
import { migrationFrom, versionOf } from './migration';

const OLD = join(import.meta.dirname, '../../../e2e/fixtures/old_runs');
const run = (commit: string): string => readFileSync(join(OLD, `run_1_${commit}.json`), 'utf8');

test('the first run files: what was not measured yet is null, and the exact checker judged', () => {
  const { header, names, updates, past, state } = readRunFile(run('3e63451'));
  expect(header.format).toBe('creditscope-run/2');
  expect(header.configuration.critic).toEqual({ judge: 'exact', critiques: 4, falsePositive: 0.2, falseNegative: 0, missing: 0 });
  expect(names.taskTitle).toBe('Arithmetic chain');
  expect(updates.map(({ line }) => [line.update, line.gradNormByLayer, line.explainedVariance])).toEqual([[1, null, null], [2, null, null]]);
  expect([past, state]).toEqual([undefined, undefined]);
});

test('a judge\'s place was its host', () => {
  const { updates } = readRunFile(run('c31e99a'));
  expect(updates.map(({ critique }) => critique.judge?.where)).toEqual([undefined, 'localhost:8000']);
  expect(updates[1]!.critique.judge).not.toHaveProperty('host');
  expect(updates[1]!.line.gradNormByLayer).toHaveLength(3);
});

test.each(['ed996f3', 'c31e99a'])('a saved state of %s', (commit) => {
  const state = readRunState(readFileSync(join(OLD, `state_1_${commit}.safetensors`)));
  const lines = JSON.parse(readFileSync(join(OLD, `state_1_${commit}_lines.json`), 'utf8')) as object[];
  expect(state.header.format).toBe('creditscope-run/2');
  expect(state.header.configuration.critic.judge).toBe('exact');
  expect(state.lines).toEqual(lines.slice(0, 2).map((line) => ({ gradNormByLayer: null, explainedVariance: null, ...line })));
  expect(state.values !== undefined).toBe(commit === 'c31e99a');
});

test('a damaged old file is refused as one of now is', () => {
  expect(() => readRunFile(run('3e63451').replace('"width":', '"width":9'))).toThrow(FormatError);
  expect(() => readRunFile(run('3e63451').slice(0, -30))).toThrow(/is not JSON/);
  for (const json of [null, 7, 'text', [], {}, { header: 1, critique: [], line: null, lines: 'x' }]) {
    const { head, update, state } = migrationFrom(1);
    expect(() => [head(json), update(json), state(json)]).not.toThrow();
  }
});

test.each([['creditscope-run/0'], ['creditscope-run/1.5'], ['creditscope-run/'], ['creditscope-runs/1'], [undefined], [2]])('%s is no version', (format) => {
  expect(() => versionOf(format, 'creditscope-run', 'here')).toThrow(/here: must be creditscope-run\/2, is/);
});

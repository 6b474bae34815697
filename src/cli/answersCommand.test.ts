// The example is every eleventh line as it is; a file that is too short writes nothing.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { answersCommand } from './answersCommand';
import { UsageError } from './usageError';

const folder = mkdtempSync(join(tmpdir(), 'creditscope-answers-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('sixty lines spread over the file', () => {
  const [from, out] = [join(folder, 'all.jsonl'), join(folder, 'sixty.jsonl')];
  writeFileSync(from, Array.from({ length: 700 }, (_, i) => `{"é": ${i + 1}}\n`).join(''));
  answersCommand(['--from', from, '--out', out]);
  const lines = readFileSync(out, 'utf8').split('\n');
  expect([lines.length, lines[0], lines[1], lines[59], lines[60]]).toEqual([61, '{"é": 1}', '{"é": 12}', '{"é": 650}', '']);
});

test('too short a file is refused', () => {
  const [from, out] = [join(folder, 'short.jsonl'), join(folder, 'none.jsonl')];
  writeFileSync(from, '{}\n'.repeat(600));
  expect(() => answersCommand(['--from', from, '--out', out])).toThrow(UsageError);
  expect(() => answersCommand([])).toThrow(/--from FILE is needed/);
  expect(existsSync(out)).toBe(false);
});

// `npm run lab -- pretrain-judge` in miniature, as a person calls it: the same command gives the same bytes, whatever the threads, and
// another seed others; it writes what it measured.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJudgeAccuracy } from '../formats/judgeAccuracy';
import { judgedTasks } from '../lab/judgeTraining/judgedTasks';
import { folder, lab, makeFolder } from './labTesting';

makeFolder();

const SMALL = ['--executor', 'cpu', '--steps', '2', '--written', '6'];
const hashes = (name: string): string[] => readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).filter((one) => /\.\w+$/.test(one)).toSorted()
  .map((one) => `${one} ${createHash('sha256').update(readFileSync(join(folder, name, one))).digest('hex')}`);

test('the same command gives the same files, measured too', async () => {
  const first = await lab('pretrain-judge', ...SMALL, '--threads', '1', '--measured', '2', '--out', 'first');
  expect(first.errors).toMatch(/step 2: loss \d\.\d+/);
  expect(first.code).toBe(0);
  expect((await lab('pretrain-judge', ...SMALL, '--threads', '2', '--measured', '2', '--out', 'second')).code).toBe(0);
  expect(hashes('first').map((one) => one.split(' ')[0])).toEqual(['accuracy.json', 'config.json', 'generation_config.json', 'onnx/model.onnx', 'tokenizer.json', 'tokenizer_config.json']);
  expect(hashes('second')).toEqual(hashes('first'));
  expect(first.errors).toContain(`SHA-256 ${hashes('first')[3]!.split(' ')[1]}`);
  const { tasks } = readJudgeAccuracy(readFileSync(join(folder, 'first/accuracy.json'), 'utf8'));
  expect(tasks.map(({ task, answers }) => [task, answers])).toEqual(judgedTasks().map(({ policy }) => [policy, 2]));
  expect((await lab('pretrain-judge', ...SMALL, '--seed', '2', '--measured', '0', '--out', 'other')).code).toBe(0);
  expect(hashes('other')[2]).not.toEqual(hashes('first')[3]);
}, 240_000);

test.each([['--steps', '0'], ['--written', '-1'], ['--what', '1']])('%s %s ends with 2 and writes nothing', async (...args) => {
  const before = readdirSync(folder);
  const { code, errors } = await lab('pretrain-judge', ...args, '--out', 'wrong');
  expect(errors).toContain(args[0]);
  expect(code).toBe(2);
  expect(readdirSync(folder)).toEqual(before);
}, 60_000);

// The commands as a person calls them: wrong options end with 2 and write nothing; a run's JSON lines are as promised
// and the same each time.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRunFile } from '../formats/runFile';
import { projectRoot } from './install.mjs';
import { folder, lab, makeFolder } from './labTesting';

makeFolder();

const SMALL = ['--executor', 'cpu', '--preset', 'small', '--set', 'problemsPerUpdate=2', '--set', 'answersPerProblem=3', '--set', 'testProblems=4', '--set', 'testEvery=2'];
const linesOf = (name: string) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

test.each<[string, string[], RegExp]>([
  ['an unknown command', ['tarin'], /unknown command "tarin"; known commands: check, train/],
  ['an unknown option', ['train', '--sede', '1'], /unknown option --sede; known options: --preset/],
  ['an option without its value', ['train', '--seed'], /--seed needs a value/],
  ['an option given twice', ['train', '--seed', '1', '--seed', '2'], /--seed is given twice/],
  ['a stray word', ['train', 'fast'], /unexpected argument "fast"/],
  ['one method to compare', ['record-comparison', '--methods', 'grpo'], /--methods: the page shows two to 6 methods, not 1/],
  ['halves of an odd number', ['record-comparison', '--gradient-answers', '3'], /--gradient-answers 3 is odd; its two halves are compared/],
  ['an unknown preset', ['train', '--preset', 'huge'], /unknown preset "huge"; known presets: default, small/],
  ['an unknown method', ['train', '--method', 'gpro'], /unknown credit method "gpro"/],
  ['a seed out of range', ['train', '--seed', '4294967296'], /--seed 4294967296 is not a whole number from 0/],
  ['updates that are no number', ['train', '--updates', 'many'], /--updates many is not a whole number/],
  ['an executor that is none', ['train', '--executor', 'cuda'], /--executor cuda is not one of auto, webgpu, cpu/],
  ['a setting out of bounds', ['train', '--set', 'optimizer.learningRate=2'], /optimizer.learningRate = 2 is not between 0 and 1/],
  ['a setting that is none', ['train', '--set', 'optimizer.lr=2'], /optimizer has no option "lr"/],
  ['a setting without a value', ['train', '--set', 'seed'], /--set "seed" is not NAME=VALUE/],
  ['a hostile setting', ['train', '--set', '__proto__.seed=3'], /configuration has no option "__proto__"/],
  ['a parameter of another method', ['train', '--set', 'methodParameters.W=2'], /method grpo has no parameter "W"/],
  ['a file in no folder', ['train', '--json', 'nowhere/run.jsonl'], /--json .*nowhere\/run.jsonl cannot be written/],
  ['steps out of range', ['pretrain', '--steps', '0'], /--steps 0 is not a whole number from 1/],
  ['a policy that is none', ['pretrain', '--policy', 'chess'], /--policy chess is not one of chain, chain-hard, bifurcation/],
  ['a task option below its bounds', ['pretrain', '--policy', 'bifurcation', '--task-option', 'valueGap=0', '--out', 'it'], /task bifurcation: option valueGap = 0 is below 0.1/],
  ['a task option above its bounds', ['pretrain', '--policy', 'bifurcation', '--task-option', 'distractorShare=1.5', '--out', 'it'], /option distractorShare = 1.5 is above 1/],
  ['task options that do not fit together', ['pretrain', '--policy', 'bifurcation', '--task-option', 'length=6', '--task-option', 'branches=3', '--out', 'it'], /option length = 6 is too short for 3 branches; these options need 7/],
  ['a task option that is none', ['pretrain', '--policy', 'bifurcation', '--task-option', 'width=6', '--out', 'it'], /task bifurcation has no option width; it has length, branches/],
  ['a task option without a value', ['pretrain', '--policy', 'bifurcation', '--task-option', 'length', '--out', 'it'], /--task-option "length" is not NAME=VALUE/],
  ['a task option that is no number', ['pretrain', '--task-option', 'modulus=ten', '--out', 'it'], /option modulus = "ten" is not a number/],
  ['another policy in the folder of a known one', ['pretrain', '--policy', 'bifurcation', '--task-option', 'length=20'], /--task-option length=20 makes another policy than bifurcation: name a folder for it with --out/],
  ['a policy where a file is', ['pretrain', '--steps', '1', '--out', '/dev/null'], /--out \/dev\/null cannot be written/],
  ['a recording in no folder', ['record', '--out', 'nowhere/run.json'], /--out .* cannot be written/],
])('%s ends with 2', async (_, args, message) => {
  const before = readdirSync(folder);
  const json = args[0] === 'train' && !args.includes('--json') ? ['--json', 'refused.jsonl'] : [];
  const { code, output, errors } = await lab(...args, ...(args.at(-1) === '--seed' ? [] : json));
  expect(errors).toMatch(message);
  expect(output).toBe('');
  expect(code).toBe(2);
  expect(readdirSync(folder)).toEqual(before);
}, 60_000);

test('train: a header, then one line an update; the same numbers each time, apart from seconds', async () => {
  for (const name of ['a.jsonl', 'b.jsonl']) {
    const { code, output, errors } = await lab('train', ...SMALL, '--method', 'capo', '--updates', '2', '--seed', '7', '--json', name);
    expect(errors).toMatch(/Runs on the processor[^]*capo, seed 7: sampled accuracy on 4 held-out problems/);
    expect([code, output]).toEqual([0, '']);
  }
  const [header, ...updates] = linesOf('a.jsonl');
  expect(header).toMatchObject({ format: 'creditscope-run/2', executor: 'cpu', configuration: { method: 'capo', seed: 7 }, kernelChoice: expect.anything() as unknown, adapter: expect.stringContaining('CPU') as unknown });
  expect(updates.map((line) => line['update'])).toEqual([1, 2]);
  for (const line of updates) expect(Object.keys(line)).toEqual(['update', 'reward', 'accuracy', 'entropy', 'kl', 'clipShare', 'gradNorm', 'gradNormByLayer', 'noSignalShare', 'samplerGap', 'explainedVariance', 'seconds']);
  expect(updates.map((line) => line['accuracy'] === null)).toEqual([true, false]);
  const withoutSeconds = (name: string) => linesOf(name).map(({ seconds: _, ...rest }) => rest);
  expect(withoutSeconds('a.jsonl')).toEqual(withoutSeconds('b.jsonl'));
}, 60_000);

test('train without a file prints the lines; record writes a run file', async () => {
  const printed = await lab('train', ...SMALL, '--updates', '1');
  expect(printed.output.trimEnd().split('\n').map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual(['format', 'update']);
  const { code } = await lab('record', ...SMALL, '--updates', '1', '--out', 'run.json');
  expect(code).toBe(0);
  expect(readRunFile(readFileSync(join(folder, 'run.json'), 'utf8')).updates).toHaveLength(1);
}, 60_000);

test('pretrain writes a folder that train can start from, the same bytes each time', async () => {
  for (const name of ['first', 'second']) expect((await lab('pretrain', '--steps', '1', '--out', name)).code).toBe(0);
  for (const file of readdirSync(join(folder, 'first'))) {
    expect(readFileSync(join(folder, 'first', file)).equals(readFileSync(join(folder, 'second', file))), file).toBe(true);
  }
  expect(readdirSync(join(folder, 'first')).toSorted()).toEqual(['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json']);
}, 60_000);

test('pretrain teaches the options it is given, texts and numbers', async () => {
  const { code, errors } = await lab('pretrain', '--policy', 'chain-hard', '--task-option', 'operators=-', '--task-option', 'operations=2', '--steps', '1', '--out', 'two');
  expect([code, errors.includes('step 1: loss')]).toEqual([0, true]);
  expect(readdirSync(join(folder, 'two'))).toHaveLength(4);
  const long = await lab('pretrain', '--policy', 'bifurcation', '--task-option', 'length=48', '--task-option', 'repairProbability=1', '--steps', '1', '--out', 'long');
  expect(long.code).toBe(0);
}, 60_000);

test('the recorded run of the page reads', () => {
  const run = readRunFile(readFileSync(join(projectRoot, 'public/runs/default.json'), 'utf8'));
  expect(run.updates.length).toBeGreaterThanOrEqual(10);
  expect(run.header.configuration.answersPerProblem).toBe(8);
});

test('help names every command', async () => {
  const { code, output } = await lab('--help');
  expect(code).toBe(0);
  for (const command of ['check', 'train', 'pretrain', 'record']) expect(output).toContain(`npm run lab -- ${command}`);
}, 60_000);

// `train --save` and `--resume` as a person uses them: stopped by a signal, gone on with, and what is refused.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from './install.mjs';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'creditscope-resume-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome { readonly code: number | null; readonly lines: readonly Record<string, unknown>[]; readonly errors: string }

/** `signals`: sent at once when the line of that update is there. */
function train(args: readonly string[], stop?: { readonly update: number; readonly signals: readonly NodeJS.Signals[] }): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(projectRoot, 'src/cli/launch.mjs'), 'train', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, INIT_CWD: folder } });
    let [output, errors, isStopped] = ['', '', false];
    child.stdout.on('data', (data) => {
      output += String(data);
      if (stop === undefined || isStopped || !output.includes(`{"update":${stop.update},`)) return;
      isStopped = true;
      for (const signal of stop.signals) child.kill(signal);
    });
    child.stderr.on('data', (data) => { errors += String(data); });
    child.on('close', (code) => resolve({ code, lines: output.trimEnd().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>), errors }));
  });
}

const SMALL = ['--executor', 'cpu', '--preset', 'small', '--method', 'capo', '--seed', '7', '--set', 'problemsPerUpdate=2', '--set', 'answersPerProblem=3', '--set', 'testProblems=4', '--set', 'testEvery=2', '--set', 'loss.klKind=k3'];
const withoutSeconds = (lines: Outcome['lines']) => lines.map(({ seconds: _, ...rest }) => rest);

test('Ctrl-C saves after the current update; the run goes on as if it had never stopped', async () => {
  // the same Ctrl-C may arrive more than once: from the terminal, from npm and from the launcher
  const stopped = await train([...SMALL, '--updates', '100000', '--save', 'run.state'], { update: 2, signals: ['SIGINT', 'SIGINT'] });
  const done = stopped.lines.length - 1;
  expect(stopped.errors).toMatch(/SIGINT: stops after the current update and saves it/);
  expect(stopped.errors).toContain(`The run after update ${done} is in ${join(folder, 'run.state')}`);
  expect(stopped.code).toBe(130);
  expect(done).toBeGreaterThanOrEqual(2);
  expect(readdirSync(folder)).toEqual(['run.state']);

  const unbroken = await train([...SMALL, '--updates', String(done + 3)]);
  const resumed = await train(['--resume', 'run.state', '--updates', String(done + 3), '--save', 'run.state']);
  expect([unbroken.code, resumed.code]).toEqual([0, 0]);
  expect(resumed.lines.map((line) => line['update'])).toEqual([undefined, ...Array.from({ length: done + 3 }, (_, i) => i + 1)]);
  expect(resumed.lines.slice(0, done + 1), 'the lines so far are those that were printed').toEqual(stopped.lines);
  expect(withoutSeconds(resumed.lines)).toEqual(withoutSeconds(unbroken.lines));

  const again = await train(['--resume', 'run.state', '--updates', String(done + 4)], { update: 1, signals: [] });
  expect(withoutSeconds(again.lines.slice(0, -1))).toEqual(withoutSeconds(unbroken.lines));
}, 120_000);

test('method ppo: the value model is in the file too', async () => {
  const ppo = ['--executor', 'cpu', '--preset', 'small', '--method', 'ppo', '--set', 'problemsPerUpdate=4', '--set', 'answersPerProblem=3', '--set', 'testProblems=4'];
  const unbroken = await train([...ppo, '--updates', '4']);
  expect((await train([...ppo, '--updates', '2', '--save', 'ppo.state'])).code).toBe(0);
  const resumed = await train(['--resume', 'ppo.state', '--updates', '4']);
  expect([unbroken.code, resumed.code]).toEqual([0, 0]);
  expect(unbroken.lines.filter(({ explainedVariance }) => typeof explainedVariance === 'number').length).toBeGreaterThan(1);
  expect(withoutSeconds(resumed.lines)).toEqual(withoutSeconds(unbroken.lines));
}, 120_000);

test('SIGTERM saves too, and a run without --save ends as ever', async () => {
  const saved = await train([...SMALL, '--updates', '100000', '--save', 'term.state'], { update: 1, signals: ['SIGTERM'] });
  expect(saved.code).toBe(143);
  expect(existsSync(join(folder, 'term.state'))).toBe(true);
  const ended = await train([...SMALL, '--updates', '100000'], { update: 1, signals: ['SIGTERM'] });
  expect(ended.code).not.toBe(0);
  expect(ended.errors).not.toContain('stops after');
}, 120_000);

test('options that contradict the file, and files that are none, are refused before anything is written', async () => {
  expect((await train([...SMALL, '--updates', '2', '--save', 'kept.state'])).code).toBe(0);
  const whole = readFileSync(join(folder, 'kept.state'));
  writeFileSync(join(folder, 'cut.state'), whole.subarray(0, whole.length - 100));
  writeFileSync(join(folder, 'damaged.state'), whole.map((byte, i) => (i === whole.length - 99 ? byte ^ 1 : byte)));
  const before = readdirSync(folder);
  const cases: [string[], number, RegExp][] = [
    [['--method', 'grpo'], 2, /the run in .*kept.state has method = "capo"; it cannot go on with "grpo"/],
    [['--seed', '8'], 2, /has seed = 7; it cannot go on with 8/],
    [['--preset', 'default'], 2, /has preset = "small"; it cannot go on with "default"/],
    [['--set', 'optimizer.learningRate=0.5'], 2, /has optimizer.learningRate = 0.0003; it cannot go on with 0.5/],
    [['--set', 'optimizer.lr=0.5'], 2, /has no setting optimizer.lr/],
    [['--set', 'constructor.name=0.5'], 2, /has no setting constructor.name/],
    [['--updates', '1'], 2, /is at update 2 already; --updates 1 is less/],
    [['--json', 'kept.state'], 2, /--json .*kept.state is also the file of the run's state/],
    [['--resume', 'absent.state'], 2, /--resume .*absent.state cannot be read/],
    [['--resume', 'cut.state'], 1, /cut.state: tensor .* ends at byte \d+; the file holds/],
    [['--resume', 'damaged.state'], 1, /damaged.state: is damaged/],
  ];
  for (const [args, code, message] of cases) {
    const outcome = await train([...(args[0] === '--resume' ? [] : ['--resume', 'kept.state']), ...(args[0] === '--json' ? [] : ['--json', 'refused.jsonl']), ...args]);
    expect(outcome.errors).toMatch(message);
    expect([outcome.code, outcome.lines], message.source).toEqual([code, []]);
  }
  expect(readdirSync(folder)).toEqual(before);
  const same = await train(['--resume', 'kept.state', '--updates', '2', '--method', 'capo', '--seed', '7', '--set', 'testEvery=2']);
  expect([same.code, same.lines.length]).toEqual([0, 3]);
}, 120_000);

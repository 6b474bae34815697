// `train` with a judge behind an endpoint: a local server stands in for it. Its key, from the environment, is in nothing
// that the command writes.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from './install.mjs';

const KEY = 'sk-only-in-the-environment';
const SMALL = ['--executor', 'cpu', '--preset', 'small', '--method', 'capo', '--updates', '1', '--set', 'problemsPerUpdate=2', '--set', 'answersPerProblem=3', '--set', 'testProblems=4', '--set', 'critic.critiques=2'];

let folder: string;
let server: Server;
const asked: { headers: IncomingHttpHeaders; body: string }[] = [];
let status = 200;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'creditscope-judge-'));
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => { body += String(part); });
    request.on('end', () => {
      asked.push({ headers: request.headers, body });
      response.writeHead(status).end(JSON.stringify({ choices: [{ message: { content: 'Wrong steps: [0]' } }] }));
    });
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function train(...args: string[]): Promise<{ code: number | null; everything: string }> {
  return trainWith('--judge-url', `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, '--judge-model', 'm', ...args);
}

function trainWith(...args: string[]): Promise<{ code: number | null; everything: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(projectRoot, 'src/cli/launch.mjs'), 'train', ...SMALL, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, INIT_CWD: folder, CREDITSCOPE_JUDGE_KEY: KEY },
    });
    let everything = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { everything += String(data); });
    child.on('close', (code) => resolve({ code, everything }));
  });
}

test('every critique of an update is asked for, and the key stays out of lines and state', async () => {
  const { code, everything } = await train('--json', 'run.jsonl', '--save', 'run.state');
  expect(code, everything).toBe(0);
  // 2 problems x 3 answers x 2 critiques
  expect(asked.length).toBe(12);
  expect(new Set(asked.map(({ headers }) => headers['authorization']))).toEqual(new Set([`Bearer ${KEY}`]));
  expect(asked[0]!.body).toMatch(/<step 0>/);
  const written = [everything, ...readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))];
  expect(written.length).toBe(3);
  for (const text of written) expect(text).not.toContain(KEY);
  const [header] = readFileSync(join(folder, 'run.jsonl'), 'utf8').split('\n');
  expect((JSON.parse(header!) as { configuration: { critic: object } }).configuration.critic).toMatchObject({ judge: 'endpoint', critiques: 2 });
});

test.runIf(existsSync(join(projectRoot, 'public/models/judge/config.json')))('the judge that ships writes critiques here too, the same each time', async () => {
  const lines: string[] = [];
  for (const name of ['first', 'second']) {
    const { code, everything } = await trainWith('--judge', 'built-in', '--json', `${name}.jsonl`);
    expect(code, everything).toBe(0);
    lines.push(readFileSync(join(folder, `${name}.jsonl`), 'utf8').replace(/"seconds":\{[^}]*\}/g, ''));
  }
  expect(lines[1]).toBe(lines[0]);
  expect((JSON.parse(lines[0]!.split('\n')[0]!) as { configuration: { critic: object } }).configuration.critic).toMatchObject({ judge: 'model', model: 'built-in' });
});

test('a folder that is no model ends the command with a sentence', async () => {
  const { code, everything } = await trainWith('--judge', 'nowhere');
  expect([code, everything]).toEqual([1, expect.stringMatching(/The judge in .+nowhere cannot be opened: /)]);
});

test('a judge that refuses ends the command with what it said', async () => {
  status = 401;
  const { code, everything } = await train();
  expect([code, everything]).toEqual([1, expect.stringMatching(/The judge does not answer\. 127\.0\.0\.1:\d+: it answered 401/)]);
});

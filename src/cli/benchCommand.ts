// `npm run lab -- bench`: our part of the benchmark through Dawn, on whatever adapter this machine has. Beside jax-js,
// which needs a browser: `npm run bench`.

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { reportOf } from '../bench/report';
import { PARTS, runBench, type Part } from '../bench/runBench';
import { nodeThreads } from '../gpu/nodeThreads';
import { nodeGpu } from '../gpu/nodeWebgpu';
import { choiceOf, helpOf, parseArguments, textOf } from './arguments';
import { THREADS_OPTION, threadsOf } from './openExecutor';
import { callersPath, refuseUnwritable } from './places';

const OPTIONS = {
  json: { value: 'FILE', help: 'also writes everything as JSON' },
  only: { value: PARTS.join('|'), help: 'a single part (all)' },
  threads: THREADS_OPTION,
  sizes: { value: 'full|tiny', help: 'tiny shows in seconds that everything runs (full)' },
};
export const BENCH_HELP = helpOf('bench', OPTIONS);

export async function benchCommand(args: readonly string[]): Promise<void> {
  const given = parseArguments(args, OPTIONS);
  const only = choiceOf(given, 'only', PARTS);
  const isQuick = choiceOf(given, 'sizes', ['full', 'tiny']) === 'tiny';
  const json = textOf(given, 'json');
  if (json !== undefined) refuseUnwritable(callersPath(json), '--json');
  const parts: readonly Part[] = only === undefined ? PARTS : [only];
  const where = `Dawn in Node ${process.versions.node}; ${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown processor'}`;
  const results = await runBench(await nodeGpu(), { parts, withPeer: false, isQuick, where, threads: await nodeThreads(threadsOf(given)) }, (sentence) => process.stderr.write(`${sentence}\n`));
  process.stdout.write(`${reportOf(results)}\n`);
  if (json !== undefined) writeFileSync(callersPath(json), `${JSON.stringify(results, undefined, 1)}\n`);
}

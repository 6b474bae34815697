// Runs every case of the reference format in a folder on both executors and prints a line for each. A case counts once
// an executor, a skipped one once. Nothing passes in silence: an input that no family reads makes a case skipped, a
// result that is not compared is named on its line, and a missing WebGPU adapter is a failure.

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { FormatError } from '../../formats/formatError';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import { NoDeviceError, openDevice } from '../../gpu/device';
import type { Executor } from '../../gpu/executor';
import { nodeGpu } from '../../gpu/nodeWebgpu';
import { WebGpuExecutor } from '../../gpu/webgpuExecutor';
import { Comparison } from './comparison';
import { familiesOf } from './families/families';
import { NotKnown, type Family, type Neighbours } from './family';
import { Fields } from './fields';
import { isNothing, type FixtureCase } from './fixture';
import { findCases, neighboursIn, type FoundCase } from './fixtureFolder';

type Verdict = { readonly kind: 'pass' | 'FAIL' | 'skip'; readonly text: string };
type Print = (line: string) => void;

/** Exit code 0 when nothing failed, else 1. */
export async function check(folder: string, print: Print): Promise<number> {
  const counts = { pass: 0, FAIL: 0, skip: 0 };
  const tell = (name: string, executor: string, { kind, text }: Verdict): void => {
    counts[kind]++;
    print(`${name}  ${executor}  ${text}${text === '' ? '' : '  '}${kind}`);
  };
  const root = resolve(folder);
  if ((await stat(root).catch(() => undefined))?.isDirectory() !== true) tell(folder, 'host', { kind: 'FAIL', text: 'is not a folder' });
  else {
    const cases = await findCases(root);
    if (cases.length === 0) tell(folder, 'host', { kind: 'FAIL', text: 'holds no file of the reference format' });
    await runCases(cases, neighboursIn(root), tell);
  }
  print(`${counts.pass} passed, ${counts.FAIL} failed, ${counts.skip} skipped`);
  return counts.FAIL === 0 ? 0 : 1;
}

async function runCases(cases: readonly FoundCase[], neighbours: Neighbours, tell: (name: string, executor: string, verdict: Verdict) => void): Promise<void> {
  const cpu = new CpuExecutor();
  let webgpu: Promise<Executor | string> | undefined;
  for (const { file, parsed } of cases) {
    const name = `${file}: ${parsed.name}`;
    if ('error' in parsed) {
      tell(name, 'host', { kind: 'FAIL', text: `malformed: ${parsed.error.message}` });
      continue;
    }
    const { fixture } = parsed;
    const families = familiesOf(fixture);
    const family = families[0];
    const reason = reasonToSkip(fixture, families);
    if (family === undefined || reason !== undefined) {
      tell(name, 'host', { kind: 'skip', text: reason ?? 'family not known' });
      continue;
    }
    const isHost = family.isHost(fixture);
    const first = await runCase(family, fixture, cpu, neighbours);
    tell(name, isHost || first.kind === 'skip' ? 'host' : 'cpu', first);
    if (isHost || first.kind === 'skip') continue;
    webgpu ??= openWebGpu();
    const executor = await webgpu;
    tell(name, 'webgpu', typeof executor === 'string' ? { kind: 'FAIL', text: executor } : await runCase(family, fixture, executor, neighbours));
  }
  const opened = await webgpu;
  if (opened !== undefined && typeof opened !== 'string') opened.destroy();
}

function reasonToSkip({ surplus }: FixtureCase, families: readonly Family[]): string | undefined {
  if (families.length === 0) return 'family not known';
  if (families.length > 1) return `could be ${families.map((one) => one.name).join(' or ')}`;
  return surplus.length > 0 ? `field of the case not known: ${surplus.join(', ')}` : undefined;
}

async function openWebGpu(): Promise<Executor | string> {
  try {
    return new WebGpuExecutor(await openDevice(await nodeGpu()));
  } catch (error) {
    if (error instanceof NoDeviceError) return `no WebGPU adapter: ${error.message}`;
    throw error;
  }
}

export async function runCase(family: Family, fixture: FixtureCase, executor: Executor, neighbours: Neighbours): Promise<Verdict> {
  const inputs = new Fields(fixture.inputs, 'inputs');
  const comparison = new Comparison(fixture.expected, fixture.tolerances);
  try {
    await family.run({ fixture, inputs, comparison, executor, neighbours });
  } catch (error) {
    if (error instanceof NotKnown) return { kind: 'skip', text: error.message };
    const what = error instanceof FormatError ? 'malformed: ' : 'broke: ';
    return { kind: 'FAIL', text: `${what}${error instanceof Error ? error.message : String(error)}` };
  }
  const unread = inputs.unread();
  if (unread.length > 0) return { kind: 'skip', text: `input not known: ${unread.join(', ')}` };
  if (comparison.count === 0) return { kind: 'skip', text: `nothing to compare among ${Object.keys(fixture.expected).filter((key) => !isNothing(fixture.expected[key])).join(', ')}` };
  const left = comparison.uncompared(family.informational ?? []);
  const note = left.length === 0 ? '' : ` (not compared: ${left.slice(0, 6).join(', ')}${left.length > 6 ? ` and ${left.length - 6} more` : ''})`;
  const isRight = comparison.worst <= 1;
  const share = `${comparison.worst.toPrecision(2)} of tolerance at ${comparison.worstKey}`;
  return { kind: isRight ? 'pass' : 'FAIL', text: `${share}${isRight ? '' : `, ${comparison.worstDetail}`}${note}` };
}

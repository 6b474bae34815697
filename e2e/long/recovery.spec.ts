// Devices lost, memory full, workers gone: provoked in the built page while it trains with a value model on WebGPU. The
// page says what happened, and the run's lines are those of a run that nothing happened to.
//
// A copy of the page is served whose workers' scripts have some lines put in front; the page that people get has no such hook.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../src/cli/install.mjs';
import { writeRunFile } from '../../src/formats/runFile';
import { exampleRun } from '../../src/views/story/exampleRun';
import { sharedSite, visitRun } from '../site';
import { fillNumbers } from '../smallRun';
import { serveFolder, type StaticServer } from '../staticServer';
import { heardIn, keepHeard, type Listener } from '../workerMessages';

const RECORDED = writeRunFile(exampleRun(2, 1));
const LIMIT_MS = 280_000;
const STEP_MS = 90_000;

type WorkerName = 'policy' | 'critic';
type Harm = 'lose' | 'fill' | 'throw' | 'end' | 'wait';

const site = sharedSite();
let harmed: StaticServer;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'creditscope-harmed-'));
  cpSync(join(projectRoot, 'dist'), folder, { recursive: true });
  for (const name of readdirSync(join(folder, 'assets'))) {
    const worker = /^(policy|critic)\.worker-.*\.js$/.exec(name)?.[1];
    if (worker !== undefined) writeFileSync(join(folder, 'assets', name), `(${harmful})('${worker}');\n${readFileSync(join(folder, 'assets', name), 'utf8')}`);
  }
  harmed = await serveFolder(folder, '/some/base/');
});
afterAll(async () => {
  await harmed?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs in a worker, before its own code. */
function harmful(worker: WorkerName): void {
  const devices: GPUDevice[] = [];
  const requestDevice = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function request(...given) {
    const device = await requestDevice.apply(this, given);
    devices.push(device);
    return device;
  };
  const clock = performance.now.bind(performance);
  let waited = 0;
  performance.now = () => clock() + waited;
  const harms: Record<Harm, () => void> = {
    lose: () => devices.at(-1)!.destroy(),
    fill: () => {
      const device = devices.at(-1)!;
      const createBuffer = device.createBuffer.bind(device);
      device.createBuffer = (descriptor) => {
        device.pushErrorScope('validation');
        const invalid = createBuffer({ ...descriptor, size: 2 ** 50 });
        void device.popErrorScope().then(() => device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error: new GPUOutOfMemoryError('no room') })));
        return invalid;
      };
    },
    throw: () => { setTimeout(() => { throw new Error('provoked'); }); },
    end: () => globalThis.close(),
    wait: () => { waited += 61_000; },
  };
  new BroadcastChannel('harm').addEventListener('message', ({ data }: MessageEvent<{ worker: WorkerName; harm: Harm }>) => { if (data.worker === worker) harms[data.harm](); });
}

const harm = (page: Page, worker: WorkerName, what: Harm) => page.evaluate((data) => new BroadcastChannel('harm').postMessage(data), { worker, harm: what });

/** Also those that were made again. */
const LINES_SENT: Listener<{ readonly update: number }[]> = {
  name: 'sentLines', start: [], take: (lines, event) => { if (event.kind === 'updates') for (const { line } of event.records) lines.push({ ...line, seconds: null } as { update: number }); },
};

/** A page set to a small run of method ppo, with the lines that its worker sends kept beside it. */
async function openSmallRun(): Promise<Page> {
  const { page } = await visitRun({ browser: site.browser, url: harmed.url }, RECORDED, { search: '?executor=webgpu', before: (context) => keepHeard(context, LINES_SENT) });
  await page.getByRole('grid').waitFor();
  await page.locator('.badgeName', { hasText: 'WebGPU' }).waitFor({ timeout: STEP_MS });
  await page.getByLabel('Method').selectOption('ppo');
  await fillNumbers(page, { 'Problems an update': 2, 'Answers a problem': 4, 'Held-out problems': 4, 'Updates between tests': 5 });
  return page;
}

const linesOf = (page: Page): Promise<{ readonly update: number }[]> => heardIn(page, LINES_SENT);

async function waitForUpdate(page: Page, update: number): Promise<void> {
  await page.waitForFunction((wanted) => (globalThis as unknown as { sentLines: { update: number }[] }).sentLines.some((line) => line.update >= wanted), update, { timeout: STEP_MS });
}

/** The sentence of a loss; read and put away. */
async function notice(page: Page, end: RegExp): Promise<string> {
  const shown = page.locator('.notice', { hasText: end });
  await shown.waitFor({ timeout: STEP_MS });
  const sentence = (await shown.textContent())!;
  await shown.getByRole('button', { name: 'Dismiss' }).click();
  return sentence;
}

const GOES_ON = /Training is back at update \d+ and goes on with a new device/;
const lastUpdate = async (page: Page): Promise<number> => (await linesOf(page)).at(-1)!.update;

test('either device lost, memory full, the critics\' worker gone: the run goes on as if nothing had been; at the second loss within a minute on the processor', { timeout: 2 * LIMIT_MS }, async () => {
  const page = await openSmallRun();
  await page.getByRole('button', { name: 'Play' }).click();
  await waitForUpdate(page, 2);

  const provoke = async (worker: WorkerName, what: Harm): Promise<string> => {
    await harm(page, worker, what);
    const sentence = await notice(page, GOES_ON);
    await waitForUpdate(page, await lastUpdate(page) + 1);
    await harm(page, 'policy', 'wait');
    return sentence;
  };
  expect(await provoke('policy', 'lose')).toMatch(/^Update \d+ was broken off: the GPU device was lost/);
  expect(await provoke('policy', 'fill')).toMatch(/^Update \d+ was broken off: the GPU's memory is full \(no room\)/);
  expect(await provoke('critic', 'lose')).toMatch(/^Update \d+ was broken off: value model: the GPU device was lost/);
  expect(await provoke('critic', 'throw')).toMatch(/^Update \d+ was broken off: the critics' worker failed \(.*provoked/);
  expect(await provoke('critic', 'end')).toMatch(/^Update \d+ was broken off: the critics' worker failed \(it ended without a word\)/);
  expect(await page.locator('.badgeName').textContent()).toContain('WebGPU');
  const before = await lastUpdate(page);

  await harm(page, 'policy', 'lose');
  await notice(page, GOES_ON);
  await harm(page, 'policy', 'lose');
  await notice(page, /goes on with the processor, because this was the second time within a minute/);
  await page.locator('.badgeName', { hasText: 'CPU' }).waitFor({ timeout: STEP_MS });
  expect(await page.locator('.badgeReason').textContent()).toContain('Training was broken off twice within a minute');
  await waitForUpdate(page, await lastUpdate(page) + 2);
  const broken = await linesOf(page);
  expect(broken.map(({ update }) => update)).toEqual(broken.map((_, i) => i + 1));
  await page.close();

  const unbroken = await openSmallRun();
  await unbroken.getByRole('button', { name: 'Play' }).click();
  await waitForUpdate(unbroken, before);
  expect(broken.slice(0, before)).toEqual((await linesOf(unbroken)).slice(0, before));
});

test('when the training worker is gone a new one goes on from what the browser keeps', { timeout: LIMIT_MS }, async () => {
  const page = await openSmallRun();
  await page.getByRole('button', { name: 'Play' }).click();
  await waitForUpdate(page, 3);
  await page.getByText(/^Saved at update/).waitFor({ timeout: STEP_MS });
  await harm(page, 'policy', 'end');
  expect(await notice(page, /Training is back at update \d+ and goes on in a new worker/)).toMatch(/^The training worker failed \(it ended without a word\)/);
  await waitForUpdate(page, await lastUpdate(page) + 2);
  const lines = await linesOf(page);
  // updates after the kept state were made again: the same again
  const byUpdate = new Map<number, unknown>();
  for (const line of lines) {
    if (byUpdate.has(line.update)) expect(line).toEqual(byUpdate.get(line.update));
    byUpdate.set(line.update, line);
  }
  expect([...byUpdate.keys()]).toEqual(lines.map((_, i) => i + 1).slice(0, byUpdate.size));
  expect(await page.getByRole('slider', { name: 'Update', exact: true }).getAttribute('max')).toBe(String(byUpdate.size - 1));
});

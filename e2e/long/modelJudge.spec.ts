// The judge that ships, end to end with the network off: sample, four critiques an answer, vote, train with CAPO, and accuracy on
// held-out problems rises. And the same judge on WebGPU, which on a software adapter takes minutes for a few critiques.

import { afterEach, expect, test } from 'vitest';
import { writeRunFile } from '../../src/formats/runFile';
import { exampleRun } from '../../src/views/story/exampleRun';
import { openSite, visitRun, type Site, type Visit } from '../site';
import { hasLines, isAt, linesOf, listen, press } from '../smallRun';

const RECORDED = writeRunFile(exampleRun(1, 1));
const UPDATES = 20;
const WAIT = { timeout: 900_000 };

let site: Site | undefined;
let open: Visit | undefined;
afterEach(async () => {
  await open?.close();
  await site?.close();
});

async function setUp(fields: Readonly<Record<string, string>>) {
  const { page } = open!;
  await page.locator('.badgeName', { hasText: 'CPU' }).waitFor({ timeout: 60_000 });
  await page.getByLabel('Preset').selectOption('default');
  await page.getByLabel('Method').selectOption('capo');
  await page.getByText('Task, loss and optimiser').click();
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByLabel('Judge', { exact: true }).selectOption('model');
  return page;
}

/** A judge under way is not hurried by it. */
const paused = (): Promise<void> => open!.page.getByText('Paused', { exact: true }).waitFor(WAIT);

/** Accuracy on held-out problems before the first update, which stands in the run's header. */
function hearHeader(): void {
  globalThis.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      this.addEventListener('message', ({ data }) => { if (data.kind === 'header') Object.assign(globalThis, { startAccuracy: data.header.startAccuracy }); });
    }
  };
}

test('trained by the judge that ships, with no network, the policy gets better', async () => {
  site = await openSite({ isIsolated: true });
  open = await visitRun(site, RECORDED, { search: '?executor=cpu' });
  await open.page.addInitScript(listen);
  await open.page.addInitScript(hearHeader);
  await open.page.reload();
  open.complaints.length = 0;
  const page = await setUp({ 'Problems an update': '16', 'Answers a problem': '8', 'Critiques an answer': '4', 'Held-out problems': '256', 'Updates between tests': String(UPDATES) });
  await press(page, 'Next update');
  await hasLines(page, 1, WAIT.timeout);
  await paused();
  await open.context.setOffline(true);
  await page.getByText('Critique: steps, votes and the judge’s words').click();
  expect(await page.locator('.critiqueSentences').textContent()).toMatch(/^built-in, run by the processor \(wasm\), fp32, read the answers of this batch 512 times\./);
  await press(page, 'Play');
  await hasLines(page, UPDATES, WAIT.timeout);
  await press(page, 'Pause');
  await paused();
  const before = await page.evaluate(() => (globalThis as unknown as { startAccuracy: number }).startAccuracy);
  const after = (await linesOf(page))[UPDATES - 1]!['accuracy']!;
  console.log(`accuracy ${before} -> ${after} after ${UPDATES} updates`);
  // 256 held-out problems: a standard error of about 0.03
  expect(after - before).toBeGreaterThan(0.15);
  expect([open.complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(one)), open.foreignRequests]).toEqual([[], []]);
});

test('on WebGPU it writes critiques too', async () => {
  site = await openSite({ webGpu: 'any-adapter' });
  open = await visitRun(site, RECORDED);
  const page = await setUp({ 'Problems an update': '2', 'Answers a problem': '4', 'Critiques an answer': '2', 'Held-out problems': '4' });
  await page.getByLabel('Runs on', { exact: true }).selectOption('webgpu');
  await page.getByRole('button', { name: 'Next update' }).click();
  await isAt(page, 1, WAIT.timeout);
  await page.getByText('Critique: steps, votes and the judge’s words').click();
  expect(await page.locator('.critiqueSentences').textContent()).toMatch(/^built-in, run by WebGPU \([^)]+\), fp32, read the answers of this batch 16 times\. Every critique could be read\./);
  expect([open.complaints, open.foreignRequests]).toEqual([[], []]);
});

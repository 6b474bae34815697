// The judge that ships, end to end with the network off: sample, four critiques an answer, vote, train with CAPO, and accuracy on
// held-out problems rises. And the same judge on WebGPU, which on a software adapter takes minutes for a few critiques.

import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { writeRunFile } from '../../src/formats/runFile';
import { exampleRun } from '../../src/views/story/exampleRun';
import { sharedSite, visitRun } from '../site';
import { fillNumbers, hasLines, isAt, linesOf, listen, press } from '../smallRun';
import { heardIn, keepHeard, type Listener } from '../workerMessages';

const RECORDED = writeRunFile(exampleRun(1, 1));
const UPDATES = 20;
const WAIT = { timeout: 900_000 };

async function setUp(page: Page, numbers: Readonly<Record<string, number>>): Promise<void> {
  await page.locator('.badgeName', { hasText: 'CPU' }).waitFor({ timeout: 60_000 });
  await page.getByLabel('Preset').selectOption('default');
  await page.getByLabel('Method').selectOption('capo');
  await fillNumbers(page, numbers);
  await page.getByLabel('Judge', { exact: true }).selectOption('model');
}

/** A judge under way is not hurried by it. */
const paused = (page: Page): Promise<void> => page.getByText('Paused', { exact: true }).waitFor(WAIT);

/** On held-out problems before the first update, which stands in the run's header. */
const START: Listener<{ accuracy?: number }> = { name: 'start', start: {}, take: (start, event) => { if (event.kind === 'header') start.accuracy = event.header.startAccuracy; } };

describe('with the network off', () => {
  const site = sharedSite({ isIsolated: true });

  test('trained by the judge that ships, with no network, the policy gets better', async () => {
    const { page, context, complaints, foreignRequests } = await visitRun(site, RECORDED, {
      search: '?executor=cpu',
      before: async (opened) => {
        await listen(opened);
        await keepHeard(opened, START);
      },
    });
    await setUp(page, { 'Problems an update': 16, 'Answers a problem': 8, 'Critiques an answer': 4, 'Held-out problems': 256, 'Updates between tests': UPDATES });
    await press(page, 'Next update');
    await hasLines(page, 1, WAIT.timeout);
    await paused(page);
    await context.setOffline(true);
    await page.getByText('Critique: steps, votes and the judge’s words').click();
    expect(await page.locator('.critiqueSentences').textContent()).toMatch(/^built-in, run by the processor \(wasm\), fp32, read the answers of this batch 512 times\./);
    await press(page, 'Play');
    await hasLines(page, UPDATES, WAIT.timeout);
    await press(page, 'Pause');
    await paused(page);
    const before = (await heardIn(page, START)).accuracy!;
    const after = (await linesOf(page))[UPDATES - 1]!['accuracy']!;
    console.log(`accuracy ${before} -> ${after} after ${UPDATES} updates`);
    // 256 held-out problems: a standard error of about 0.03
    expect(after - before).toBeGreaterThan(0.15);
    expect([complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(one)), foreignRequests]).toEqual([[], []]);
  });
});

describe('where there is an adapter', () => {
  const site = sharedSite({ webGpu: 'any-adapter' });

  test('on WebGPU it writes critiques too', async () => {
    const { page, complaints, foreignRequests } = await visitRun(site, RECORDED);
    await setUp(page, { 'Problems an update': 2, 'Answers a problem': 4, 'Critiques an answer': 2, 'Held-out problems': 4 });
    await page.getByLabel('Runs on', { exact: true }).selectOption('webgpu');
    await page.getByRole('button', { name: 'Next update' }).click();
    await isAt(page, 1, WAIT.timeout);
    await page.getByText('Critique: steps, votes and the judge’s words').click();
    expect(await page.locator('.critiqueSentences').textContent()).toMatch(/^built-in, run by WebGPU \([^)]+\), fp32, read the answers of this batch 16 times\. Every critique could be read\./);
    expect([complaints, foreignRequests]).toEqual([[], []]);
  });
});

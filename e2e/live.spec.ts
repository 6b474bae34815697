// Training on the page, on WebGPU and without it: ten updates, then what curves, heatmap and inspector show is held
// against the records that the worker sent; a step by phase, back, and a reload.

import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { writeRunFile } from '../src/formats/runFile';
import { exampleRun } from '../src/views/story/exampleRun';
import { sharedSite, visitRun, type SharedSite } from './site';
import { fillNumbers } from './smallRun';
import { heardIn, keepHeard, type Listener } from './workerMessages';

const RECORDED = writeRunFile(exampleRun(2, 1));
const UPDATES = 10;
const LIMIT_MS = 240_000;

/** What a record is reduced to for the comparison. */
interface Sent {
  readonly reward: number;
  readonly entropy: number;
  readonly kl: number;
  readonly accuracy: number | null;
  readonly problem_N: readonly number[];
  readonly lengths_N: readonly number[];
  readonly width: number;
  readonly advantages_NT: readonly number[];
  readonly logprobs_NT: readonly number[];
}

const UPDATES_SENT: Listener<Sent[]> = {
  name: 'sentUpdates',
  start: [],
  take: (sent, event) => {
    if (event.kind !== 'updates') return;
    for (const { line, sample, credit, score } of event.records) {
      sent.push({
        ...line, problem_N: [...sample.problem_N], lengths_N: [...sample.lengths_N], width: sample.width,
        advantages_NT: [...credit.advantages_NT], logprobs_NT: [...score.oldLogprobs_NT],
      });
    }
  },
};

/** The page with every update that its worker sends kept beside it. */
async function openListening(site: SharedSite): Promise<Page> {
  site.visited = await visitRun(site, RECORDED, { before: (context) => keepHeard(context, UPDATES_SENT) });
  const { page } = site.visited;
  await page.getByRole('grid').waitFor();
  return page;
}

const sentBy = (page: Page): Promise<readonly Sent[]> => heardIn(page, UPDATES_SENT);

const number = (text: string): number => Number(text.replace('−', '-').replace('minus ', '-'));
const isShownAs = (value: number, shown: number): boolean => Math.abs(shown - value) <= 0.006 * Math.abs(value) + 1e-9;

async function expectHeatmap(page: Page, sent: Sent, channel: string, values_NT: readonly number[]): Promise<void> {
  const name = await page.getByRole('grid').getAttribute('aria-label');
  const problem = Number(/problem (\d+)/.exec(name ?? '')?.[1]) - 1;
  const answers = [...sent.problem_N.keys()].filter((answer) => sent.problem_N[answer] === problem);
  const rows = await page.getByRole('grid').evaluate((grid) =>
    [...grid.querySelectorAll('[role=row]')].map((row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.getAttribute('aria-label') ?? '')));
  expect(rows.map((cells) => cells.length)).toEqual(answers.map((answer) => sent.lengths_N[answer]));
  rows.forEach((cells, row) => cells.forEach((cell, token) => {
    const value = values_NT[answers[row]! * sent.width + token]!;
    const shown = new RegExp(`${channel} (minus )?([\\d.]+)(?: times ten to the minus (\\d+))?`).exec(cell)!;
    expect(isShownAs(value, (shown[1] === undefined ? 1 : -1) * Number(shown[2]) * 10 ** -Number(shown[3] ?? 0)), `${cell}: ${value}`).toBe(true);
  }));
}

/** Every dot of a curve lies where one straight scale puts its value. */
async function expectCurve(page: Page, title: string, values: readonly number[]): Promise<void> {
  const dots = await page.locator('.curve', { hasText: title }).locator('.dots circle').evaluateAll((circles) => circles.map((circle) => [Number(circle.getAttribute('cx')), Number(circle.getAttribute('cy'))] as const));
  expect(dots.length, title).toBe(values.length);
  const [low, high] = [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))];
  const spread = values[high]! - values[low]!;
  const perUnit = spread === 0 ? 0 : (dots[high]![1] - dots[low]![1]) / spread;
  if (spread > 0) expect(perUnit).toBeLessThan(0);
  dots.forEach(([x, y], index) => {
    expect(Math.abs(y - (dots[low]![1] + perUnit * (values[index]! - values[low]!))), `${title} at ${index}`).toBeLessThan(0.5);
    if (index > 0) expect(x).toBeGreaterThan(dots[index - 1]![0]);
  });
}

describe.each([['adapter', 'WebGPU'], ['no-adapter', 'CPU']] as const)('with WebGPU %s', (webGpu, badge) => {
  const site = sharedSite({ webGpu });

  test(`trains ${UPDATES} updates that the page shows as they were recorded`, { timeout: LIMIT_MS }, async () => {
    const page = await openListening(site);
    await page.locator('.badgeName', { hasText: badge }).waitFor({ timeout: 60_000 });
    if (badge === 'CPU') expect(await page.locator('.badgeReason').textContent()).toMatch(/\w+/);

    await page.getByLabel('Method').selectOption('capo');
    await fillNumbers(page, { 'Problems an update': 2, 'Answers a problem': 4, 'Held-out problems': 4, 'Updates between tests': 5 });

    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForFunction((count) => (globalThis as unknown as { sentUpdates: unknown[] }).sentUpdates.length >= count, UPDATES, { timeout: LIMIT_MS });
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor({ timeout: 60_000 });

    const sent = await sentBy(page);
    const slider = page.getByRole('slider', { name: 'Update' });
    expect(await slider.getAttribute('max')).toBe(String(sent.length - 1));
    const shown = await slider.inputValue();
    expect(shown).toBe(String(sent.length - 1));
    await expectHeatmap(page, sent.at(-1)!, 'advantage', sent.at(-1)!.advantages_NT);
    await expectCurve(page, 'Reward', sent.map((one) => one.reward));
    await expectCurve(page, 'Entropy', sent.map((one) => one.entropy));
    await expectCurve(page, 'Accuracy', sent.flatMap((one) => one.accuracy ?? []));

    await slider.fill('3');
    await expectHeatmap(page, sent[3]!, 'advantage', sent[3]!.advantages_NT);
    await page.getByLabel('Channel', { exact: true }).selectOption('logprob');
    await expectHeatmap(page, sent[3]!, 'log-prob', sent[3]!.logprobs_NT);
    await page.getByText('Viewing update').waitFor();
    await page.locator('[data-row="1"][data-token="2"]').click();
    const name = await page.getByRole('grid').getAttribute('aria-label');
    const answer = [...sent[3]!.problem_N.keys()].filter((one) => sent[3]!.problem_N[one] === Number(/problem (\d+)/.exec(name ?? '')?.[1]) - 1)[1]!;
    const advantage = sent[3]!.advantages_NT[answer * sent[3]!.width + 2]!;
    expect(isShownAs(advantage, number((await page.locator('[data-channel=advantage] td').textContent())!))).toBe(true);
    expect(isShownAs(advantage, number((await page.locator('.creditLine').first().locator('.creditResult').textContent())!))).toBe(true);

    await page.getByRole('button', { name: 'Jump to live' }).click();
    await page.getByRole('button', { name: 'Next update' }).click();
    await page.getByText('Paused', { exact: true }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Next phase' }).click();
    await page.getByText('Paused', { exact: true }).waitFor({ timeout: 60_000 });
    const trained = (await sentBy(page)).length;
    expect(trained).toBe(sent.length + 1);
    expect([await slider.inputValue(), await page.locator('[aria-current=step]').textContent()]).toEqual([String(trained), 'Sample']);
    await page.getByRole('button', { name: 'Back' }).click();
    expect(await slider.inputValue()).toBe(String(trained - 1));

    await page.reload();
    await page.getByText('Recorded run').waitFor();
    await page.getByRole('grid').waitFor();
    expect(site.visited.complaints).toEqual([]);
  });

  test('a value out of range is refused with its bounds, and nothing starts', { timeout: LIMIT_MS }, async () => {
    const page = await openListening(site);
    await page.getByLabel('Seed', { exact: true }).fill('-3');
    await page.getByText(/Seed must be from 0 to \d+\./).waitFor();
    await page.getByRole('button', { name: 'Play' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Seed must be');
    expect(await page.getByRole('grid').count()).toBe(1);
    expect(await sentBy(page)).toEqual([]);
    expect(site.visited.complaints).toEqual([]);
  });
});

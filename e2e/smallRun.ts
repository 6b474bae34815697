// A run of a few answers an update, driven as a person would, with what its workers send kept beside the page: the lines
// of all its updates (without their seconds), when messages came, and how many bytes of records the page was given.

import type { BrowserContext, Page } from 'playwright';
import type { UpdateLine } from '../src/lab/record';
import { heardIn, keepHeard, type Listener } from './workerMessages';

export const WAIT_MS = 60_000;

/** A line without its seconds. */
export type Line = Readonly<Record<string, number | null>>;

export interface Heard {
  lines: Line[];
  /** when messages came, in ms of the page's clock */
  readonly messages: number[];
  /** of all typed arrays in the records of updates */
  recordBytes: number;
  /** what each update took, in seconds */
  readonly seconds: number[];
}

const RUN: Listener<Heard> = {
  name: 'heard',
  start: { lines: [], messages: [], recordBytes: 0, seconds: [] },
  take: (heard, event) => {
    const bare = ({ seconds: _, ...line }: UpdateLine) => line as unknown as Line;
    const bytesOf = (value: unknown): number => {
      if (ArrayBuffer.isView(value)) return value.byteLength;
      return typeof value === 'object' && value !== null ? Object.values(value).reduce((sum: number, one) => sum + bytesOf(one), 0) : 0;
    };
    heard.messages.push(performance.now());
    if (event.kind === 'header') heard.lines = (event.past?.lines ?? []).map(bare);
    if (event.kind !== 'updates') return;
    for (const record of event.records) {
      heard.lines.push(bare(record.line));
      heard.recordBytes += bytesOf(record);
      heard.seconds.push(Object.values(record.line.seconds).reduce((sum, one) => sum + one, 0));
    }
  },
};

/** Before the page loads. */
export const listen = (pages: Page | BrowserContext): Promise<void> => keepHeard(pages, RUN);
export const heardBy = (page: Page): Promise<Heard> => heardIn(page, RUN);
export const linesOf = (page: Page): Promise<Line[]> => page.evaluate(() => (globalThis as unknown as { heard: Heard }).heard.lines);
export const hasLines = (page: Page, count: number, timeout = WAIT_MS): Promise<unknown> =>
  page.waitForFunction((wanted) => (globalThis as unknown as { heard: Heard }).heard.lines.length >= wanted, count, { timeout });

/** Another page of the same profile. */
export async function pageIn(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

export async function chooseSmall(page: Page, { seed = 5, method = 'capo', problems = 2, answers = 4, updatesBetweenTests = 3 } = {}): Promise<void> {
  await page.getByLabel('Method').selectOption(method, { timeout: WAIT_MS });
  await fillNumbers(page, { Seed: seed, 'Problems an update': problems, 'Answers a problem': answers, 'Held-out problems': 8, 'Updates between tests': updatesBetweenTests });
}

/** Settings by their labels, in the part of the setup that is folded at first. */
export async function fillNumbers(page: Page, numbers: Readonly<Record<string, number>>): Promise<void> {
  await page.getByText('Task, loss and optimiser').click();
  for (const [label, value] of Object.entries(numbers)) await page.getByLabel(label, { exact: true }).fill(String(value));
}

export const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: true }).click({ timeout: WAIT_MS });
export const paused = (page: Page): Promise<void> => page.getByText('Paused', { exact: true }).waitFor({ timeout: WAIT_MS });

/** The first updates of a run: what stands on the page before is a recording, which 'Next update' would step through. */
export async function train(page: Page, updates = 1): Promise<void> {
  await press(page, 'Play');
  await hasLines(page, updates);
  await press(page, 'Pause');
  await paused(page);
}

export const continuing = /^Continue run \((CAPO|PPO.*), update \d+\)$/;
export const savedAt = /^Saved at update \d+$/;

/** Continues the kept run; returns how many updates it has. */
export async function goOn(page: Page): Promise<number> {
  const name = await page.getByRole('button', { name: continuing }).textContent({ timeout: WAIT_MS });
  await press(page, continuing);
  await paused(page);
  return Number(/update (\d+)/.exec(name!)![1]);
}

/** The page shows this update. */
export const isAt = (page: Page, update: number, timeout = WAIT_MS): Promise<unknown> =>
  page.waitForFunction((wanted) => Number(/^Update\s*(\d+)/.exec(document.querySelector('.updateSlider')?.textContent ?? '')?.[1]) === wanted, update, { timeout });

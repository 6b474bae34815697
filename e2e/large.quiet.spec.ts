// What is large: 4,096 answers in the table, a minimap of 512 by 64, answers of 4,094 tokens, a run file of many megabytes,
// 100 MB of answers. Each is measured while nothing else runs, since frames are what it is about.

import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { readRunFile, writeRunFile } from '../src/formats/runFile';
import { madeUpRun } from '../src/formats/runFileTesting';
import { exampleRun } from '../src/views/story/exampleRun';
import { measureFrames } from './frames';
import { sharedSite, visit, visitRun } from './site';
import { press, WAIT_MS } from './smallRun';

const LIMIT_MS = 120_000;

const site = sharedSite({ webGpu: 'no-adapter' });

/** The example with every answer `length` tokens long, without what came after the update. */
function longAnswers(problems: number, length: number): string {
  const run = exampleRun(1, problems);
  const { after: _after, ...update } = run.updates[0]!;
  const { answers, width: short } = update.sample;
  const long = <A extends Float32Array | Uint32Array | Uint8Array>(values: A): A =>
    (values.constructor as unknown as { from(source: { length: number }, map: (none: unknown, index: number) => number): A }).from({ length: answers * length }, (_, index) => values[Math.floor(index / length) * short + ((index % length) % 10)]!);
  const { sample, score, credit, gradient } = update;
  return writeRunFile({
    ...run,
    updates: [{
      ...update,
      sample: { ...sample, width: length, tokens_NT: long(sample.tokens_NT), lengths_N: new Uint32Array(answers).fill(length), samplerLogprobs_NT: long(sample.samplerLogprobs_NT) },
      score: { ...score, oldLogprobs_NT: long(score.oldLogprobs_NT), entropy_NT: long(score.entropy_NT) },
      credit: { ...credit, advantages_NT: long(credit.advantages_NT), rows: credit.rows.map((row) => (row.shape === 'token' ? { ...row, values: long(row.values) } : row)) },
      gradient: { ...gradient, ratio_NT: long(gradient.ratio_NT), isClipped_NT: long(gradient.isClipped_NT), coefficient_NT: long(gradient.coefficient_NT) },
    }],
  });
}

test('table: 4,096 answers stay smooth while they scroll, sort and filter', async () => {
  site.visited = await visitRun(site, writeRunFile(exampleRun(1, 512)), { viewport: { width: 1280, height: 800 } });
  const { page } = site.visited;
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('t');
  const table = page.getByRole('grid', { name: 'Answers of the update' });
  expect(await table.getAttribute('aria-rowcount')).toBe('4097');
  const scrolled = await page.evaluate(async () => {
    const box = document.querySelector('.answerTableScroll')!;
    const frames: number[] = [];
    let rows = 0;
    let last = performance.now();
    for (let i = 0; i < 90; i++) {
      box.scrollTop += 500;
      const now = await new Promise<number>((resolve) => { requestAnimationFrame(resolve); });
      frames.push(now - last);
      last = now;
      rows = Math.max(rows, box.querySelectorAll('tr').length);
    }
    return { median: frames.toSorted((a, b) => a - b)[45]!, worst: Math.max(...frames), rows, height: box.scrollHeight };
  });
  const sorted = await page.evaluate(async () => {
    const times: number[] = [];
    for (const button of document.querySelectorAll<HTMLElement>('.answerTable thead button')) {
      const start = performance.now();
      button.click();
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - start);
    }
    return Math.max(...times);
  });
  console.log(`4,096 answers: median frame ${scrolled.median.toFixed(1)} ms, worst ${scrolled.worst.toFixed(1)} ms while scrolling, ${scrolled.rows} rows in the page; dearest sort ${sorted.toFixed(0)} ms`);
  expect(scrolled.rows).toBeLessThan(80);
  expect(scrolled.height).toBeGreaterThan(4096 * 30);
  expect(scrolled.median).toBeLessThan(34);
  expect(sorted).toBeLessThan(500);
});

test('minimap: 512 answers of 64 tokens are drawn again in a few milliseconds', async () => {
  site.visited = await visitRun(site, longAnswers(64, 64), { viewport: { width: 1280, height: 800 } });
  const { page } = site.visited;
  await page.getByRole('grid').waitFor();
  // a redraw begins by clearing the canvas and ends with the last group's picture
  await page.evaluate(() => {
    const spans: [number, number][] = [];
    const { clearRect, drawImage } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function clear(...area) {
      spans.push([performance.now(), 0]);
      clearRect.apply(this, area);
    };
    CanvasRenderingContext2D.prototype.drawImage = function draw(this: CanvasRenderingContext2D, ...all: unknown[]) {
      (drawImage as (...rest: unknown[]) => void).apply(this, all);
      spans.at(-1)![1] = performance.now();
    } as typeof drawImage;
    Object.assign(globalThis, { redraws: () => spans.map(([start, end]) => end - start) });
  });
  for (let i = 0; i < 12; i++) {
    await page.emulateMedia({ colorScheme: i % 2 === 0 ? 'dark' : 'light' });
    await page.waitForFunction((count) => (globalThis as unknown as { redraws: () => number[] }).redraws().length > count, i);
  }
  const redraws = await page.evaluate(() => (globalThis as unknown as { redraws: () => number[] }).redraws());
  expect(redraws.length).toBeGreaterThanOrEqual(12);
  const median = redraws.toSorted((a, b) => a - b)[6]!;
  console.log(`minimap of 512 x 64: median redraw ${median.toFixed(2)} ms (${redraws.map((ms) => ms.toFixed(1)).join(', ')})`);
  expect(median).toBeLessThan(8);
});

/** What a reader does with the answers, over and over. */
const TURNS = ['scroll', 'point', 'channel', 'arrow', 'update'] as const;

interface Turn { readonly computedMs: number; readonly medianMs: number }

/** For each of `times` turns: ms that the page's thread computes (script, style, layout), whatever other programs do, and ms until the next frame is drawn. */
async function measureTurns(page: Page, kind: (typeof TURNS)[number], times: number): Promise<Turn> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const computed = async (): Promise<number> => (await session.send('Performance.getMetrics')).metrics
    .filter(({ name }) => ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'].includes(name)).reduce((seconds, { value }) => seconds + value, 0);
  const before = await computed();
  const taken = await page.evaluate(async ({ of, count }) => {
    const box = document.querySelector('.gridScroll')!;
    const select = document.querySelector<HTMLSelectElement>('.channelBar select')!;
    const press = (key: string): void => { (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })); };
    const turns: Readonly<Record<string, (index: number) => void>> = {
      // a line of a wheel
      scroll: () => { box.scrollLeft += 100; },
      point: (index) => {
        const cells = box.querySelectorAll('[role=gridcell]');
        cells[(index * 67) % cells.length]!.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
      },
      channel: (index) => {
        select.value = ['entropy', 'logprob', 'change', 'row:flag', 'advantage'][index % 5]!;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      },
      arrow: () => press('ArrowRight'),
      update: (index) => press(index % 2 === 0 ? '>' : ','),
    };
    const spans: number[] = [];
    for (let i = 0; i < count; i++) {
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      const start = performance.now();
      turns[of]!(i);
      await new Promise(requestAnimationFrame);
      // a task after the frame's own
      await new Promise<unknown>((resolve) => { setTimeout(resolve); });
      spans.push(performance.now() - start);
    }
    return spans;
  }, { of: kind, count: times });
  const computedMs = (1000 * (await computed() - before)) / times;
  await session.detach();
  return { computedMs: Math.round(10 * computedMs) / 10, medianMs: Math.round(taken.toSorted((a, b) => a - b)[Math.floor(times / 2)]!) };
}

// With every chip on the page a new channel took 1,346 ms to compute, an update 1,799; now about 55 and 80 (of 8 answers of 542 tokens 157
// and 146, now about 35). Allowed is what a machine of half the speed takes.
test('8 answers of 4,094 tokens: what a reader does takes a few frames, since only the chips in sight are there', { timeout: LIMIT_MS, retry: 1 }, async () => {
  const most = { scroll: 20, point: 8, channel: 150, arrow: 80, update: 200 };
  site.visited = await visitRun(site, writeRunFile(exampleRun(2, 1, { group: 8, steps: 682 })), { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  const { page } = site.visited;
  await page.locator('[role=gridcell][data-row="0"][data-token="3"]').click({ timeout: WAIT_MS });
  const taken = new Map<string, Turn>();
  for (const kind of TURNS) taken.set(kind, await measureTurns(page, kind, 20));
  const chips = await page.getByRole('gridcell').count();
  console.log(`8 answers of 4,094 tokens, ${chips} chips on the page: ${JSON.stringify(Object.fromEntries(taken))}`);
  expect(chips).toBeLessThan(600);
  for (const kind of TURNS) expect(taken.get(kind)!.computedMs, kind).toBeLessThan(most[kind]);
  expect(site.visited.complaints).toEqual([]);
});

test('a long run is read and written while the page goes on drawing, and either can be stopped', { timeout: LIMIT_MS, retry: 1 }, async () => {
  site.visited = await visit(site);
  const { page } = site.visited;
  await page.getByRole('grid').waitFor({ timeout: WAIT_MS });
  const updates = 150;
  const text = writeRunFile(madeUpRun(updates, 8));
  const file = { name: 'long.run', mimeType: 'application/gzip', buffer: gzipSync(text, { level: 1 }) };
  const input = page.getByLabel('Run file', { exact: true });
  await input.setInputFiles(file);
  await press(page, 'Stop');
  await page.getByText('long.run can’t be opened: it was stopped. The run on screen stays as it is.').waitFor({ timeout: WAIT_MS });
  await input.setInputFiles(file);
  const whileReading = await measureFrames(page, 2500);
  await page.getByText(new RegExp(`^long.run: ${updates} updates`)).waitFor({ timeout: WAIT_MS });
  await page.getByText('File', { exact: true }).click();
  const saving = page.waitForEvent('download', { timeout: WAIT_MS });
  await page.getByRole('button', { name: 'Export run file' }).click();
  const whileWriting = await measureFrames(page, 2500);
  const copy = await (await saving).path();
  console.log(`${(text.length / 1e6).toFixed(1)} MB of text; frames while reading ${JSON.stringify(whileReading)}, writing ${JSON.stringify(whileWriting)}`);
  for (const { medianMs, p95Ms } of [whileReading, whileWriting]) {
    expect(medianMs).toBeLessThan(20);
    expect(p95Ms).toBeLessThan(60);
  }
  expect(gunzipSync(readFileSync(copy)).toString()).toBe(writeRunFile(readRunFile(text)));
});

test('a large file: progress, frames, and the last problem', { timeout: LIMIT_MS }, async () => {
  site.visited = await visitRun(site, writeRunFile(exampleRun(2, 1)));
  const { page } = site.visited;
  await press(page, 'Real answers');
  const line = JSON.stringify({ prompt: 'How much is 3*4?', completions: Array.from({ length: 4 }, (_, i) => `First 3*4=1${i}.\n`.repeat(20)), rewards: [0, 0, 1, 0] });
  const count = Math.ceil(100e6 / line.length);
  // setInputFiles goes through the driver's pipe, which is no place for megabytes: the page makes the file and drops it
  const longest = await page.evaluate(async ({ text, times }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([`${text}\n`.repeat(times)], 'large.jsonl'));
    const seen = new Set<string>();
    let [longestFrame, before] = [0, performance.now()];
    document.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    for (;;) {
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      longestFrame = Math.max(longestFrame, now - before);
      before = now;
      const progress = document.querySelector('.readProgress progress');
      if (progress !== null) seen.add(progress.getAttribute('aria-label')!);
      if (document.querySelector('.readSentence') !== null) return { longestFrame, seen: [...seen] };
    }
  }, { text: line, times: count });
  expect(longest.seen.length).toBeGreaterThan(2);
  expect(longest.longestFrame).toBeLessThan(1000);
  await page.getByRole('dialog').getByRole('status').filter({ hasText: `large.jsonl: ${count} problems` }).waitFor();
  await page.getByRole('dialog').locator('.problemChoice input').fill(String(count));
  await page.getByRole('article').nth(3).getByRole('gridcell').first().waitFor();
  expect(site.visited.complaints).toEqual([]);
});

// The page times one update by kernel when it is asked to, on WebGPU and on the processor, and goes on training afterwards.

import { expect, test } from 'vitest';
import { writeRunFile } from '../src/formats/runFile';
import { exampleRun } from '../src/views/story/exampleRun';
import { sharedSite, visitRun } from './site';
import { fillNumbers, isAt } from './smallRun';

const RECORDED = writeRunFile(exampleRun(2, 1));
const LIMIT_MS = 240_000;

const site = sharedSite();

test.each([
  ['webgpu', 'WebGPU', /by timestamps of the GPU/, /matmul_nt (vec4|tile|simple)$/], ['cpu', 'CPU', /by the processor’s clock/, /matmul_nt simd$/],
] as const)('on %s: kernels by phase, dearest first, shares that add up', { timeout: LIMIT_MS }, async (executor, badge, clock, matmul) => {
  site.visited = await visitRun(site, RECORDED, { search: `?executor=${executor}` });
  const { page } = site.visited;
  await page.locator('.badgeName', { hasText: badge }).waitFor({ timeout: 60_000 });
  await fillNumbers(page, { 'Problems an update': 2, 'Answers a problem': 4, 'Held-out problems': 4, 'Updates between tests': 5 });

  await page.getByText('Profile: time by kernel').click();
  const panel = page.locator('.profile');
  expect(await panel.getByRole('table').count()).toBe(0);
  for (const update of [1, 2]) {
    await panel.getByRole('button', { name: 'Time one update' }).click();
    const status = panel.getByRole('status').filter({ hasText: `Update ${update}:` });
    await status.waitFor({ timeout: LIMIT_MS });
    expect(await status.textContent()).toMatch(clock);
    const rows = await panel.getByRole('table').locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
    const number = (text: string): number => Number(text.replace('e−', 'e-').replace('\u202f%', ''));
    const times = rows.map((row) => number(row[3]!));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(times[0]).toBeGreaterThan(0);
    expect(Math.abs(rows.reduce((sum, row) => sum + number(row[4]!), 0) - 100)).toBeLessThan(1);
    for (const phase of ['sample', 'score', 'gradient']) expect(rows.some((row) => matmul.test(row[0]!) && row[1] === phase && Number(row[2]) > 1), phase).toBe(true);
    expect(rows.some((row) => row[0]!.startsWith('optim/adamw') && row[1] === 'update')).toBe(true);
    await page.getByText('Paused', { exact: true }).waitFor({ timeout: LIMIT_MS });
  }
  expect(await page.getByRole('slider', { name: 'Update' }).getAttribute('aria-valuetext')).toBe('update 2');
  await page.getByRole('button', { name: 'Next update' }).click();
  await isAt(page, 3, LIMIT_MS);
  expect(site.visited.complaints).toEqual([]);
});

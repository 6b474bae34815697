// The lesson on process rewards, live: the run that it starts collapses in the page on the processor, with its own seed and with others,
// within the updates of its recording.

import { expect, test } from 'vitest';
import { processReward } from '../../src/lessons/processReward';
import { shippedMaterial } from '../../src/state/lessonTesting';
import { sharedSite, visit } from '../site';

const site = sharedSite({ webGpu: 'no-adapter', isIsolated: true });

test.each([1, 2, 3])('with seed %i adding up collapses within the updates of the recording', async (seed) => {
  const { seeds } = await shippedMaterial(processReward.recordings);
  const recorded = seeds.get('sum')!.find((one) => one.seed === seed)!;
  const { page, complaints } = await visit(site, { viewport: { width: 1280, height: 800 } });
  await page.getByRole('grid').waitFor();
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('dialog', { name: 'Lessons' }).getByRole('button', { name: processReward.title }).click();
  const card = page.locator('section').filter({ has: page.getByText(/^Lesson \d of \d$/) });
  for (let step = 1; step < processReward.steps.length; step++) await card.getByRole('button', { name: /^(?:Next|Skip)$/ }).click();
  await card.getByRole('button', { name: 'Try it live' }).click();
  await card.getByText('The lesson’s run trains here').waitFor();
  await card.getByRole('button', { name: 'Finish' }).click();
  if (seed !== 1) {
    // a restart goes on playing only what plays
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByLabel('Seed').fill(String(seed));
    await page.getByRole('button', { name: /^Restart with 1 change/ }).click();
  }
  const started = Date.now();
  const slider = page.getByRole('slider', { name: 'Update' });
  await page.waitForFunction((updates) => document.querySelector('.segments [aria-pressed=true]') !== null && Number(document.querySelector<HTMLInputElement>('#update')?.max ?? 0) >= updates - 1, recorded.updates.length, { timeout: 1_200_000, polling: 500 });
  const seconds = (Date.now() - started) / 1000;
  await page.getByRole('button', { name: 'Pause' }).click();
  await slider.fill(String(recorded.updates.length - 1));
  const accuracy = Number(await page.locator('figure').filter({ hasText: 'Accuracy' }).locator('.curveValue').innerText());
  const lines = await page.getByRole('row').first().getByRole('gridcell', { name: 'new line' }).count();
  console.log(`seed ${seed}: accuracy ${accuracy} after ${recorded.updates.length} updates in ${seconds.toFixed(0)} s, ${lines} line ends in the first answer`);
  expect(recorded.startAccuracy).toBeGreaterThan(0.4);
  expect(accuracy).toBeLessThan(recorded.startAccuracy / 2);
  // the worked answer has three
  expect(lines).toBeGreaterThan(6);
  expect(complaints).toEqual([]);
});

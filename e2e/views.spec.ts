// Gradient, value, time and curves over the recorded run: opened by key and by tab, with the numbers of the record (computed here from the
// file), one selection for all of them, and nothing that axe finds in either theme or on a phone.

import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { writeRunFile } from '../src/formats/runFile';
import { exampleRun } from '../src/views/story/exampleRun';
import { axeFindings, LOOKS } from './axeScan';
import { unpacked, written } from './recordedNumbers';
import { sharedSite, visitRun, type VisitOptions } from './site';
import { FIRST, isSelected, lengths_N, openView, outcome_N, overhang, RUN, sumOf, visitRecorded, width } from './views';

const site = sharedSite();

async function openPage(options: VisitOptions = {}): Promise<Page> {
  site.visited = await visitRecorded(site, options);
  return site.visited.page;
}

/** −coefficient and −coefficient x (1 − p) of every token of the batch, from the file. */
function gradientOfFile(): { place: { answer: number; token: number }; coefficient: number; push: number }[] {
  const [coefficients, ratios, logprobs] = [unpacked(FIRST.gradient.coefficient_NT), unpacked(FIRST.gradient.ratio_NT), unpacked(FIRST.score.oldLogprobs_NT)];
  return lengths_N.flatMap((length, answer) => Array.from({ length }, (_, token) => {
    const i = answer * width + token;
    return { place: { answer, token }, coefficient: 0 - coefficients[i]!, push: 0 - coefficients[i]! * Math.max(0, 1 - ratios[i]! * Math.exp(logprobs[i]!)) };
  }));
}

/** How many of the largest hold half. */
function countToHalf(values: readonly number[]): number {
  const sorted = values.map(Math.abs).toSorted((a, b) => b - a);
  const half = sumOf(sorted) / 2;
  let sum = 0;
  return sorted.findIndex((value) => (sum += value) >= half) + 1;
}

test('gradient: the sentence, the chips, the carriers and the norms are those of the record', async () => {
  const page = await openPage();
  await page.keyboard.press('g');
  const all = gradientOfFile();
  const sentence = await page.locator('.gradientSentence').textContent();
  expect(sentence).toContain(`The loss hangs on ${all.length} tokens, none clipped.`);
  expect(sentence).toContain(`Half of the push is on ${countToHalf(all.map(({ coefficient }) => coefficient))},`);
  expect(sentence).toContain(`reaches the logits on ${countToHalf(all.map(({ push }) => push))}:`);
  expect(sentence).toContain(`norm ${written(FIRST.line.gradNorm)}.`);
  const chip = page.locator('[data-panel="gradient"] [role=gridcell][data-row="0"][data-token="3"]');
  const problem = Number(/problem (\d+)/.exec((await page.getByRole('grid').getAttribute('aria-label'))!)![1]) - 1;
  const at = all.find(({ place }) => place.answer === problem * 8 && place.token === 3)!;
  expect(await chip.getAttribute('aria-label')).toContain(`push ${written(at.coefficient).replace('e−', ' times ten to the minus ').replace('−', 'minus ')}`);
  await page.getByRole('button', { name: 'Push on the logit' }).click();
  const largest = all.toSorted((a, b) => Math.abs(b.push) - Math.abs(a.push))[0]!;
  const first = page.getByRole('region', { name: 'Tokens that carry the most of the gradient' }).locator('tbody tr').first();
  expect(await first.locator('td').first().textContent()).toBe(written(largest.push));
  await first.getByRole('button').click();
  await isSelected(page, `Answer ${(largest.place.answer % 8) + 1}, token ${largest.place.token + 1}`);
  const norms = await page.locator('.layerNorms tbody tr').evaluateAll((rows) => rows.map((row) => [row.querySelector('th')!.textContent, row.querySelector('.normNumber')!.textContent, row.querySelector<HTMLElement>('.normBar')!.getBoundingClientRect().width] as const));
  const { gradNormByLayer } = FIRST.line;
  expect(norms.map(([name]) => name)).toEqual(['Embedding', 'Layer 1', 'Layer 2', 'Layer 3', 'Final norm and head']);
  expect(norms.map(([, number]) => number)).toEqual(gradNormByLayer.map(written));
  norms.forEach(([, , wide], layer) => expect(Math.abs(wide / norms[2]![2] - gradNormByLayer[layer]! / gradNormByLayer[2]!)).toBeLessThan(0.02));
  expect(await page.locator('.layerNorms svg').count()).toBe(5);
  expect(site.visited.complaints).toEqual([]);
});

const [EXAMPLE] = exampleRun(1, 1).updates;
/** 0.5 at the start, a quarter more or less with every second token */
const V = Float32Array.from({ length: EXAMPLE!.sample.answers * EXAMPLE!.sample.width }, (_, i) => [0.5, 0.5, 0.75, 0.75, 0.25, 0.25][(i % EXAMPLE!.sample.width) % 6]!);
const WITH_VALUES = writeRunFile({
  ...exampleRun(1, 1),
  updates: [{ ...EXAMPLE!, credit: { ...EXAMPLE!.credit, rows: [{ id: 'V', label: 'Value', shape: 'token', formula: '', inputs: {}, parameters: {}, values: V }, ...EXAMPLE!.credit.rows.filter(({ id }) => id !== 'R').map((row) => ({ ...row, inputs: {} }))] } }],
});

async function openValues(options: VisitOptions = {}): Promise<Page> {
  site.visited = await visitRun(site, WITH_VALUES, { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
  await site.visited.page.getByRole('grid').waitFor();
  await site.visited.page.keyboard.press('v');
  await site.visited.page.locator('.valueView').waitFor();
  return site.visited.page;
}

test('value: steps, returns and pins are where the numbers say, and a pin answers as its chip', async () => {
  const page = await openValues();
  const { lengths_N: lengths, width: wide } = EXAMPLE!.sample;
  const errors = Array.from({ length: lengths[1]! }, (_, token) => {
    const next = token + 1 < lengths[1]! ? V[wide + token + 1]! : EXAMPLE!.score.outcome_N[1]!;
    return next - V[wide + token]!;
  });
  const drawn = await page.locator('.valueTrack').nth(1).evaluate((svg) => {
    const path = svg.querySelector<SVGPathElement>('.valuePath')!;
    const points = Array.from({ length: 6001 }, (_, i) => path.getPointAtLength((path.getTotalLength() * i) / 6000));
    const columns = [...svg.querySelectorAll('.trackColumn')].map((one) => Number(one.getAttribute('x')) + Number(one.getAttribute('width')) / 2);
    return {
      heights: columns.map((x) => points.reduce((best, point) => (Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best)).y),
      pins: [...svg.querySelectorAll('.lollipop line')].map((line) => Number(line.getAttribute('y1')) - Number(line.getAttribute('y2'))),
      dash: getComputedStyle(svg.querySelector('.rewardLine')!).strokeDasharray,
    };
  });
  // one unit of V: from the heights of 0.75 and 0.25
  const unit = (drawn.heights[4]! - drawn.heights[2]!) * 2;
  drawn.heights.forEach((height, token) => expect(Math.abs(drawn.heights[0]! - height - (V[wide + token]! - 0.5) * unit), `token ${token}`).toBeLessThan(0.6));
  const scale = drawn.pins.find((_, token) => errors[token] !== 0)! / errors.find((error) => error !== 0)!;
  expect(scale).toBeGreaterThan(0);
  drawn.pins.forEach((pin, token) => expect(pin).toBeCloseTo(errors[token]! * scale, 1));
  expect(drawn.dash).not.toBe('none');
  const chip = page.locator('[role=gridcell][data-row="1"][data-token="3"]');
  expect(await chip.getAttribute('aria-label')).toMatch(/td error minus 0\.500, .*value 0\.750/);
  await page.locator('.trackColumn[data-row="1"][data-token="3"]').hover();
  expect(await chip.getAttribute('class')).toContain('isHovered');
  expect(await page.locator('.valueView .readout').textContent()).toMatch(/td error −0\.500; value before it 0\.750$/);
  await page.locator('.trackColumn[data-row="1"][data-token="5"]').click();
  await isSelected(page, 'Answer 2, token 6');
  await page.keyboard.press('ArrowLeft');
  await isSelected(page, 'Answer 2, token 5');
  await page.getByText('View as table').click();
  await page.locator('.asTable table').waitFor();
  expect(await page.locator('.asTable tbody tr').nth(3).locator('td').allInnerTexts()).toEqual(['0.750', written(EXAMPLE!.score.outcome_N[1]!), '−0.500', written(EXAMPLE!.credit.advantages_NT[wide + 3]!)]);
  expect(site.visited.complaints).toEqual([]);
});

test('value: a method without a value model says why it is empty and which method has one', async () => {
  const page = await openPage();
  await openView(page, 'Value');
  expect(await page.locator('.valueView .emptyStage').textContent()).toMatch(/^CAPO has no value model: .*PPO with GAE/);
  await page.getByRole('button', { name: 'Set up PPO with GAE' }).click();
  await page.getByText('PPO with GAE is the method in the setup now.').waitFor();
  expect(await page.getByLabel('Method', { exact: true }).inputValue()).toBe('ppo');
  // and its menu promises no table
  await page.locator('summary', { hasText: 'Menu of Value' }).click();
  await page.getByText('No table: CAPO has no value model, so there are no values to list.').waitFor();
  expect(await page.getByRole('button', { name: 'View as table' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'See one in lesson 3' }).click();
  await page.getByRole('heading', { name: 'A value critic' }).waitFor();
});

test('time: bars end to end with the record’s seconds, for one update and for all, and arrows move through them', async () => {
  const page = await openPage();
  await page.keyboard.press('w');
  const { seconds } = FIRST.line;
  const total = sumOf(Object.values(seconds));
  const [longest, most] = Object.entries(seconds).reduce((most, one) => (one[1] > most[1] ? one : most));
  await page.getByText(`Update 1 took ${written(total)} s. ${longest[0]!.toUpperCase()}${longest.slice(1)} takes the most, ${written(most)} s`).waitFor();
  const bars = await page.locator('.timelineRow .phaseBar').evaluateAll((all) => all.map((bar) => {
    const { left, width: wide } = bar.getBoundingClientRect();
    return { phase: (bar as HTMLElement).dataset['phase']!, lane: (bar as HTMLElement).dataset['lane']!, left, wide };
  }));
  const pixels = (bars[1]!.left - bars[0]!.left) / seconds['sample']!;
  let start = 0;
  for (const phase of ['sample', 'score', 'critique', 'credit', 'gradient', 'update', 'test']) {
    const bar = bars.find((one) => one.phase === phase)!;
    expect(Math.abs(bar.left - bars[0]!.left - start * pixels), phase).toBeLessThan(1.5);
    expect(Math.abs(bar.wide - Math.max(1, seconds[phase]! * pixels)), phase).toBeLessThan(1.5);
    expect(bar.lane).toBe(phase === 'critique' ? 'critics' : 'policy');
    start += seconds[phase]!;
  }
  await page.getByRole('button', { name: 'Whole run' }).click();
  const list = page.getByRole('listbox', { name: 'Updates, seconds by phase' });
  expect(await list.getByRole('option').first().getAttribute('aria-setsize')).toBe(String(RUN.updates.length));
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.getByText(`3 of ${RUN.updates.length}`, { exact: true }).waitFor();
  expect(await list.getByRole('option', { selected: true }).locator('.spoken').textContent()).toMatch(/^Update 3, /);
  await list.getByRole('option').nth(4).click();
  await page.getByText(`5 of ${RUN.updates.length}`, { exact: true }).waitFor();
  await page.getByText('View as table').click();
  await page.locator('.asTable table').waitFor();
  expect(await page.locator('.asTable tbody tr').first().locator('td').allInnerTexts()).toEqual([...['sample', 'score', 'critique', 'credit', 'gradient', 'update', 'test'].map((phase) => written(seconds[phase]!)), written(total)]);
  expect(site.visited.complaints).toEqual([]);
});

test('curves: a band from the worst problem to the best, a zoom by numbers and by dragging that lasts', async () => {
  const page = await openPage();
  const reward = page.getByRole('img', { name: /^Reward over/ });
  const band = await reward.locator('.band').getAttribute('d');
  const top = band!.slice(1).split('L')[0]!.split(',').map(Number);
  const ends = band!.split('L').at(-1)!.replace('Z', '').split(',').map(Number);
  const means = FIRST.sample.problems_P.map((_, problem) => { const rewards = outcome_N.filter((__, answer) => unpacked(FIRST.sample.problem_N)[answer] === problem); return sumOf(rewards) / rewards.length; });
  // the axis runs from 1 at 8 px to 0 at 70 px
  expect(top[1]).toBeCloseTo(8 + 62 * (1 - Math.max(...means)), 1);
  expect(ends[1]).toBeCloseTo(8 + 62 * (1 - Math.min(...means)), 1);
  const zoom = page.getByRole('group', { name: 'Zoom of the curves' });
  await zoom.getByLabel('from').fill('5');
  await zoom.getByLabel('to').fill('12');
  const pictures = page.locator('.curves .curvePicture');
  for (let i = 0; i < 4; i++) expect(await pictures.nth(i).locator('.axis').nth(1).locator('.tick text').first().textContent()).toMatch(/^[56]$/);
  const zoomed = await reward.locator('.rawLine').getAttribute('d');
  expect(zoomed!.match(/L/g)).toHaveLength(7);
  await page.getByRole('slider', { name: 'Update', exact: true }).press('ArrowRight');
  expect(await reward.locator('.rawLine').getAttribute('d')).toBe(zoomed);
  await zoom.getByRole('button', { name: 'Whole run' }).click();
  expect((await reward.locator('.rawLine').getAttribute('d'))!.match(/L/g)).toHaveLength(19);
  const box = (await reward.boundingBox())!;
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + 100, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 40, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  const [from, to] = [Number(await zoom.getByLabel('from').inputValue()), Number(await zoom.getByLabel('to').inputValue())];
  expect(to).toBeGreaterThan(from + 2);
  expect(to).toBeLessThan(20);
  expect(site.visited.complaints).toEqual([]);
});

test.each(LOOKS)('%s: axe finds nothing in value, gradient and time, and nothing is wider than the page', async (_name, options) => {
  const page = await openValues(options);
  await page.locator('[role=gridcell][data-row="1"][data-token="3"]').click();
  for (const key of ['', 'g', 'w']) {
    if (key !== '') await page.keyboard.press(key);
    for (const summary of await page.getByText('View as table').all()) await summary.click();
    expect(await axeFindings(page), key).toEqual([]);
    expect(await overhang(page), key).toBe(0);
  }
});

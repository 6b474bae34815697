// Going through an update and a run: phases that light and say what they did, scrubbing, bookmarks, what if, scales and
// the inspector's marks, on a recorded run without a GPU; and live, a changed number and a changed setting that the run's record tells.

import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { readRunFile, writeRunFile } from '../src/formats/runFile';
import type { UpdateRecord } from '../src/lab/record';
import { exampleRun } from '../src/views/story/exampleRun';
import { sharedSite, visitRun, type VisitOptions } from './site';

const TEXT = writeRunFile(exampleRun(6, 3));
/** as the page reads it: with the digits that a file keeps */
const RUN = readRunFile(TEXT);

const site = sharedSite({ webGpu: 'no-adapter' });

async function openPage(options: VisitOptions = {}): Promise<Page> {
  site.visited = await visitRun(site, TEXT, options);
  await site.visited.page.getByRole('grid').waitFor();
  return site.visited.page;
}

const problemOn = async (page: Page): Promise<number> => Number(/problem (\d+)/.exec((await page.getByRole('grid').getAttribute('aria-label'))!)![1]) - 1;
const answersTo = ({ sample }: UpdateRecord, problem: number): number[] => [...sample.problem_N.keys()].filter((answer) => sample.problem_N[answer] === problem);
const tokensOf = ({ sample }: UpdateRecord, answer: number): number[] => Array.from({ length: sample.lengths_N[answer]! }, (_, token) => answer * sample.width + token);
const cell = (page: Page, row: number, token: number) => page.getByRole('grid').locator(`[data-row="${row}"][data-token="${token}"]`);
const selected = (page: Page) => page.getByRole('grid').locator('[role=gridcell][aria-selected=true]');
const placeOf = (page: Page): Promise<string> => selected(page).evaluate((one: HTMLElement) => `${one.dataset['row']}.${one.dataset['token']}`);
const lit = (page: Page): Promise<string[]> => page.locator('[data-panel].isLit').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['panel']!));
const shownNumber = (text: string): number => Number(text.replaceAll('−', '-').replace('minus ', '-'));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const flowing = (page: Page): Promise<number> => page.evaluate(() => document.getAnimations().filter(({ id, playState }) => id === 'phaseFlow' && playState === 'running').length);

/** Advantages on screen, by the cells' names, answer by answer. */
async function advantagesOn(page: Page): Promise<number[][]> {
  const names = await page.getByRole('grid').evaluate((grid) => [...grid.querySelectorAll('[role=row]')].map((row) => [...row.querySelectorAll('[role=gridcell]')].map((one) => one.getAttribute('aria-label')!)));
  return names.map((row) => row.map((name) => shownNumber(/advantage ((?:minus )?[\d.]+)/.exec(name)![1]!)));
}

function expectNear(found: readonly (readonly number[])[], wanted: readonly (readonly number[])[]): void {
  expect(found.map(({ length }) => length)).toEqual(wanted.map(({ length }) => length));
  wanted.forEach((row, i) => row.forEach((value, t) => expect(Math.abs(found[i]![t]! - value), `${i}.${t}`).toBeLessThanOrEqual(0.006 * Math.abs(value) + 1e-6)));
}

describe('phases', () => {
  test('each says what it did with the run’s numbers, lights its panels, and is announced; back goes through them', async () => {
    const page = await openPage({ reducedMotion: 'reduce' });
    const announced = page.locator('[role=status][aria-live=polite]').filter({ hasText: /^(Sample|Score|Critique|Credit|Gradient|Update): / });
    await page.getByRole('button', { name: 'Next update' }).click();
    expect(await announced.count()).toBe(0);
    expect(await lit(page)).toEqual([]);
    await cell(page, 0, 2).click();
    const update = RUN.updates[2]!;
    const answers = answersTo(update, await problemOn(page));
    const right = answers.filter((answer) => update.score.outcome_N[answer]! > 0).length;
    const expected: readonly (readonly [string, RegExp, readonly string[]])[] = [
      ['Sample', new RegExp(`^${answers.length} answers sampled to this problem \\(24 in all\\)`), ['problem', 'answers']],
      ['Score', new RegExp(`^${right} of these ${answers.length} answers (is|are) right, a mean reward of ${(right / answers.length).toPrecision(3)}`), ['answers', 'channels']],
      ['Critique', /^\d+ critiques of these answers flag \d+ of \d+ steps/, ['critique', 'votes']],
      ['Credit', new RegExp(`^${answers.length} answers, ${right} right, mean reward ${(right / answers.length).toPrecision(3)}, so `), ['answers', 'credit']],
      ['Gradient', /^Loss .* of all pull on tokens comes from this problem/, ['answers', 'channels']],
      ['Update', /^Update 2 moved the policy: \d+ of \d+ tokens with credit became likelier/, ['likely', 'curves']],
    ];
    for (const [phase, sentence, panels] of expected) {
      await page.keyboard.press('.');
      expect(await page.locator('[aria-current=step]').textContent()).toBe(phase);
      const said = (await announced.textContent())!;
      expect(said.startsWith(`${phase}: `)).toBe(true);
      expect(said.slice(phase.length + 2)).toMatch(sentence);
      expect(new Set(await lit(page)), phase).toEqual(new Set(panels));
    }
    await page.keyboard.press(',');
    expect(await page.locator('[aria-current=step]').textContent()).toBe('Gradient');
    expect(await placeOf(page)).toBe('0.2');
    await page.getByRole('slider', { name: 'Update' }).fill('4');
    expect(await lit(page)).toEqual([]);
    expect(site.visited.complaints).toEqual([]);
  });

  test('numbers flow in for a moment, any key ends it, and where motion is unwanted nothing moves', async () => {
    const page = await openPage();
    await page.keyboard.press('.');
    // before a frame has passed for certain
    const begun = await page.evaluate(() => document.getAnimations().filter(({ id }) => id === 'phaseFlow').map(({ effect }) => Number(effect!.getTiming().duration)));
    expect(begun.length).toBeGreaterThan(0);
    for (const duration of begun) expect(duration >= 200 && duration <= 400).toBe(true);
    await page.keyboard.press('.');
    await page.keyboard.press('Shift');
    expect(await flowing(page)).toBe(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.keyboard.press('.');
    expect(await page.evaluate(() => document.getAnimations().filter(({ id }) => id === 'phaseFlow').length)).toBe(0);
  });

  test('the step menu names both steps', async () => {
    const page = await openPage({ reducedMotion: 'reduce' });
    await page.locator('summary', { hasText: /^Step$/ }).click();
    await page.locator('.menuPanel').getByRole('button', { name: /^Next phase/ }).click();
    expect(await page.locator('[aria-current=step]').textContent()).toBe('Sample');
    await page.keyboard.press('Escape');
    expect(await page.getByText('one of the six').count()).toBe(0);
  });
});

test('scrubbing moves every view, by keys on the slider and by dragging on a curve', async () => {
  const page = await openPage();
  const slider = page.getByRole('slider', { name: 'Update' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  expect(await slider.inputValue()).toBe('5');
  const problem = await problemOn(page);
  const update = RUN.updates[5]!;
  expectNear(await advantagesOn(page), answersTo(update, problem).map((answer) => tokensOf(update, answer).map((i) => update.credit.advantages_NT[i]!)));
  const box = (await page.getByRole('img', { name: /^Reward/ }).boundingBox())!;
  await page.mouse.move(box.x + box.width - 12, box.y + 40);
  await page.mouse.down();
  for (let x = box.width - 12; x > 36; x -= 20) await page.mouse.move(box.x + x, box.y + 40);
  await page.mouse.move(box.x + 37, box.y + 40);
  await page.mouse.up();
  await expect.poll(() => slider.inputValue()).toBe('0');
});

describe('bookmarks', () => {
  test('b goes to the largest advantage of the update, then to the lowest; the menu does so for the whole run', async () => {
    const page = await openPage();
    const most = (update: UpdateRecord, sign: 1 | -1): number =>
      Math.max(...[...update.sample.lengths_N.keys()].flatMap((answer) => tokensOf(update, answer)).map((i) => sign * update.credit.advantages_NT[i]!));
    const here = async (): Promise<number> => shownNumber(/advantage ((?:minus )?[\d.]+)/.exec((await selected(page).getAttribute('aria-label'))!)![1]!);
    await page.keyboard.press('b');
    expect(await here()).toBeCloseTo(most(RUN.updates[0]!, 1), 1);
    await page.keyboard.press('b');
    expect(await here()).toBeCloseTo(-most(RUN.updates[0]!, -1), 1);
    await page.locator('summary', { hasText: /^Bookmarks$/ }).click();
    await page.getByRole('radio', { name: 'in the whole run' }).check();
    await page.getByRole('list', { name: 'Surprises' }).getByRole('button').first().click();
    expect(await here()).toBeCloseTo(Math.max(...RUN.updates.map((update) => most(update, 1))), 1);
  });

  test('the reader’s own are kept, listed, gone to and removed', async () => {
    const page = await openPage();
    await cell(page, 2, 4).click();
    await page.keyboard.press('m');
    await page.getByRole('slider', { name: 'Update' }).fill('3');
    await cell(page, 0, 0).click();
    await page.locator('summary', { hasText: /^Bookmarks$/ }).click();
    const own = page.getByRole('list', { name: 'Your bookmarks' });
    await own.getByRole('button', { name: /^Update 0, problem \d, answer 3, token 5$/ }).click();
    expect(await placeOf(page)).toBe('2.4');
    expect(await page.getByRole('slider', { name: 'Update' }).inputValue()).toBe('0');
    await own.getByRole('button', { name: /^Remove bookmark/ }).click();
    expect(await own.textContent()).toBe('None yet.');
  });
});

describe('what if', () => {
  /** CAPO by hand: 2 for a right answer, 1 less in a flagged step, over the mean and spread of all tokens of the problem. */
  function byHand(update: UpdateRecord, problem: number, isRight: (answer: number) => boolean): number[][] {
    const flag = update.credit.rows.find(({ id }) => id === 'flag')!.values;
    const firstStep = update.critique.steps_NK.map((_, answer) => update.critique.steps_NK.slice(0, answer).reduce((sum, steps) => sum + steps.length, 0));
    const rewards = answersTo(update, problem).map((answer) => tokensOf(update, answer).map((_, token) => {
      const step = update.critique.steps_NK[answer]!.findIndex(([start, end]) => token >= start && token < end);
      return 2 * Number(isRight(answer)) - (step < 0 ? 0 : flag[firstStep[answer]! + step]!);
    }));
    const all = rewards.flat();
    const spread = Math.sqrt(all.reduce((sum, one) => sum + (one - mean(all)) ** 2, 0) / (all.length - 1));
    return rewards.map((row) => row.map((one) => (one - mean(all)) / (spread + 1e-6)));
  }

  test('a turned verdict recolours the whole problem, in amber and words; discarding brings the run back', async () => {
    const page = await openPage();
    const update = RUN.updates[0]!;
    const problem = await problemOn(page);
    const isRight = (answer: number): boolean => update.score.outcome_N[answer]! > 0;
    const turned = answersTo(update, problem)[1]!;
    await cell(page, 1, 3).click();
    const before = await advantagesOn(page);
    await page.getByRole('button', { name: /^… answer 2 were (right|wrong)$/ }).click();
    const notice = page.getByRole('list', { name: 'Changes' });
    await expect.poll(() => cell(page, 1, 3).getAttribute('aria-label')).toContain('what if');
    expectNear(await advantagesOn(page), byHand(update, problem, (answer) => isRight(answer) !== (answer === turned)));
    expect(await notice.getByRole('listitem').count()).toBe(1);
    expect(await page.getByRole('heading', { name: /^Token\s*What if$/ }).count()).toBe(1);
    // another update is as it was, and this one still is changed
    await page.keyboard.press('>');
    expect(await notice.count()).toBe(0);
    await page.keyboard.press(',');
    await expect.poll(() => cell(page, 1, 3).getAttribute('aria-label')).toContain('what if');
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    expectNear(await advantagesOn(page), before);
    expect(site.visited.complaints).toEqual([]);
  });

  test('a critique’s flag and a token’s reward', async () => {
    const page = await openPage();
    await cell(page, 1, 3).click();
    const column = page.getByRole('row', { name: /Reward of the token/ }).getByRole('cell');
    await page.getByLabel('were', { exact: true }).fill('7');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await expect.poll(() => column.first().textContent()).toMatch(/7(\.0+)?$/);
    await page.getByRole('button', { name: /^… critique 1 called this step/ }).click();
    expect(await page.getByRole('list', { name: 'Changes' }).getByRole('listitem').count()).toBe(2);
    await page.getByRole('button', { name: /^Take back: R of token 4/ }).click();
    await expect.poll(() => column.first().textContent()).not.toContain('7.00');
  });
});

test('the scale is over what the reader picks, can be locked, and lifted by a root', async () => {
  const page = await openPage();
  const ends = page.locator('.channelBar .rampEnd');
  const quantile = (values: readonly number[]): number => {
    const sorted = values.map(Math.abs).sort((a, b) => a - b);
    const rank = 0.98 * (sorted.length - 1);
    return sorted[Math.floor(rank)]! + (rank % 1) * (sorted[Math.ceil(rank)]! - sorted[Math.floor(rank)]!);
  };
  const advantages = (update: UpdateRecord, answers: readonly number[]): number[] => answers.flatMap((answer) => tokensOf(update, answer).map((i) => update.credit.advantages_NT[i]!));
  const end = async (): Promise<number> => shownNumber((await ends.last().textContent())!);
  const [first] = RUN.updates;
  const problem = await problemOn(page);
  expect(await end()).toBeCloseTo(quantile(advantages(first!, answersTo(first!, problem))), 1);
  await page.getByLabel('Scale over').selectOption('run');
  const overRun = quantile(RUN.updates.flatMap((update) => advantages(update, [...update.sample.lengths_N.keys()])));
  expect(await end()).toBeCloseTo(overRun, 1);
  await cell(page, 3, 0).click();
  await page.getByLabel('Scale over').selectOption('rollout');
  expect(await end()).toBeCloseTo(quantile(advantages(first!, [answersTo(first!, problem)[3]!])), 1);
  await page.getByLabel('Scale over').selectOption('group');
  await page.getByRole('button', { name: /^Lock/ }).click();
  const locked = await end();
  await page.keyboard.press('>');
  expect(await end()).toBe(locked);
  const height = (): Promise<number> => page.getByRole('grid').evaluate((grid) => [...grid.querySelectorAll<HTMLElement>('.bar')].reduce((sum, bar) => sum + bar.offsetHeight, 0));
  const plain = await height();
  await page.getByRole('button', { name: 'signed square root' }).click();
  expect(await height()).toBeGreaterThan(plain);
  expect(await end()).toBe(locked);
});

test('the inspector: a number marks its tokens, a span is summed, tokens are pinned, Escape clears, the selection stays through updates', async () => {
  const page = await openPage();
  const update = RUN.updates[0]!;
  const answers = answersTo(update, await problemOn(page));
  await cell(page, 1, 2).click();
  const inspector = page.getByRole('region', { name: /^Token/ });
  const advantage = inspector.getByRole('listitem').filter({ hasText: 'Advantage of the token' });
  // (R − mean) / (std + epsilon): the mean is of all tokens of the problem
  await advantage.getByRole('button', { name: /mark the tokens/ }).or(advantage.locator('.termButton')).nth(1).click();
  expect(await page.locator('[role=gridcell][data-source]').count()).toBe(answers.reduce((sum, answer) => sum + update.sample.lengths_N[answer]!, 0));
  await cell(page, 1, 4).click({ modifiers: ['Shift'] });
  // the browser's own selection of text does not lie over the chips
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
  const span = inspector.getByRole('region', { name: 'Tokens 3 to 5 of answer 2, together' });
  const sum = tokensOf(update, answers[1]!).slice(2, 5).reduce((total, i) => total + update.credit.advantages_NT[i]!, 0);
  const shown = shownNumber((await span.getByRole('row', { name: /^Advantage/ }).getByRole('cell').first().textContent())!);
  expect(Math.abs(shown - sum)).toBeLessThanOrEqual(0.006 * Math.abs(sum) + 1e-6);
  await cell(page, 3, 1).click({ modifiers: ['Control'] });
  expect(await placeOf(page)).toBe('1.2');
  const pinned = inspector.getByRole('region', { name: /^Pinned tokens/ });
  expect(await pinned.getByRole('columnheader').count()).toBe(3);
  await page.keyboard.press('n');
  expect(await placeOf(page)).toBe('2.2');
  await page.keyboard.press('p');
  await page.keyboard.press('>');
  expect(await placeOf(page)).toBe('1.2');
  await page.keyboard.press('Escape');
  expect(await selected(page).count()).toBe(0);
  expect(await page.locator('[data-source], [data-pinned], [data-span]').count()).toBe(0);
});

test('live: a changed number is applied before the gradient, a changed setting from the next update on; the run says both', async () => {
  const page = await openPage({ reducedMotion: 'reduce' });
  await page.getByLabel('Preset').selectOption('small');
  const nextPhase = page.getByRole('button', { name: 'Next phase' });
  await page.getByRole('slider', { name: 'Update' }).fill('5');
  for (const phase of ['Sample', 'Score', 'Critique', 'Credit']) {
    await nextPhase.click();
    await expect.poll(() => page.locator('[aria-current=step]').textContent(), { timeout: 60_000 }).toBe(phase);
    await expect.poll(() => nextPhase.isEnabled(), { timeout: 60_000 }).toBe(true);
  }
  await cell(page, 0, 0).click();
  await page.getByRole('button', { name: /^… answer 1 were/ }).click();
  const apply = page.getByRole('button', { name: 'Apply to this update' });
  await expect.poll(() => apply.isEnabled()).toBe(true);
  await apply.click();
  await page.getByText('Changed by hand', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Next update' }).click();
  const changes = page.getByRole('list', { name: 'Changed by hand' });
  await expect.poll(() => page.locator('[aria-current=step]').textContent(), { timeout: 60_000 }).toBe('Update');
  expect(await changes.textContent()).toMatch(/Update 1: trained with a changed number: answer 1 to problem \d+ counted as (right|wrong)\./);
  await page.getByText('Task, loss and optimiser').click();
  await page.getByLabel('Learning rate', { exact: true }).fill('0.0005');
  await page.getByLabel('Seed').fill('9');
  await page.getByRole('button', { name: 'Restart with 2 changes' }).waitFor();
  await page.getByRole('button', { name: 'Apply from the next update' }).click();
  await expect.poll(() => changes.textContent()).toMatch(/From update 2: learning rate 5e−4 instead of /);
  expect(await page.getByRole('button', { name: 'Restart with 1 change', exact: true }).count()).toBe(1);
  await page.getByRole('button', { name: 'Next update' }).click();
  await expect.poll(() => page.getByRole('slider', { name: 'Update' }).getAttribute('aria-valuetext'), { timeout: 60_000 }).toBe('update 2');
  expect(site.visited.complaints).toEqual([]);
});

test('a setup that is not on screen says so and trains; folded away it leaves its width to the stage, and stays so', async () => {
  const page = await openPage();
  const notice = page.getByText('On screen is the recorded run of CAPO. This setup is not trained yet.');
  await page.getByLabel('Seed').waitFor();
  expect(await notice.count()).toBe(0);
  await page.getByLabel('Preset').selectOption({ label: 'Selection sort' });
  await notice.waitFor();
  await page.getByRole('button', { name: 'Next update' }).click();
  expect(await notice.isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Train this setup' }).click();
  await page.locator('.topBar').getByText('Live', { exact: true }).waitFor({ timeout: 60_000 });
  expect(await notice.count()).toBe(0);
  const widthOf = () => page.locator('.stage').evaluate((stage) => stage.getBoundingClientRect().width);
  const width = await widthOf();
  await page.getByRole('button', { name: 'Fold the setup away' }).click();
  expect(await widthOf()).toBe(width + 208);
  await page.reload();
  await page.getByRole('button', { name: 'Unfold the setup' }).waitFor();
  expect(await page.getByLabel('Preset').count()).toBe(0);
  await page.keyboard.press('s');
  await page.getByLabel('Preset').waitFor();
});

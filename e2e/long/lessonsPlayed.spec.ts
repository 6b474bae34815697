// Lessons as a person takes them: opened from the top bar, predicted rightly and wrongly, played to the end from the recording with no
// GPU, and left in the middle without a trace; on a desk and on a phone, read by axe.

import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { LESSONS } from '../../src/lessons';
import { rightOptions } from '../../src/state/lessonPlayer';
import { findToken, sceneOf } from '../../src/state/lessonScene';
import { patchAt, type OpenLesson } from '../../src/state/lessonStore';
import { shippedMaterial } from '../../src/state/lessonTesting';
import { sharedSite, visit } from '../site';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

const site = sharedSite({ webGpu: 'no-adapter' });

async function openPage(viewport = DESK): Promise<Page> {
  site.visited = await visit(site, { viewport });
  const { page } = site.visited;
  await page.getByRole('grid').waitFor();
  // the setup, which is filled when the worker is there
  await page.getByLabel('Preset').waitFor({ state: 'attached' });
  return page;
}

async function openLesson(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('dialog', { name: 'Lessons' }).getByRole('button', { name: title }).click();
  await page.getByRole('region', { name: title }).getByText('Lesson', { exact: false }).first().waitFor();
  await page.getByRole('list', { name: /^Step 1 of/ }).waitFor();
}

const rail = (page: Page) => page.locator('section').filter({ has: page.getByText(/^Lesson \d of \d$/) });

/** What a reader sees of the place: the tokens with all that is said of them, the phase, the view, the channel, the problem. */
async function placeOn(page: Page): Promise<unknown> {
  return page.evaluate(() => [
    ...[...document.querySelectorAll('[role=gridcell]')].map((cell) => `${cell.getAttribute('aria-label')} ${cell.getAttribute('aria-selected')}`),
    document.querySelector('[aria-current=step]')?.textContent, [...document.querySelectorAll('.stageTabs [aria-pressed=true]')].map((tab) => tab.textContent).join(),
    ...[...document.querySelectorAll('main select, main input')].map((field) => `${field.id.replace(/^_r_\w+_|^:r\w+:/, '')}=${(field as HTMLInputElement).value}`), window.scrollY,
  ]);
}

/** Answers the question of the step, by clicking. */
async function predict(page: Page, opened: Pick<OpenLesson, 'lesson' | 'step' | 'guesses' | 'material'>, isRight: boolean): Promise<void> {
  const asked = opened.lesson.steps[opened.step]!.prediction;
  if (asked === undefined) return;
  if (asked.kind === 'choice') await rail(page).locator('ul button').nth(rightOptions(opened)!.indexOf(isRight)).click();
  else {
    const scene = sceneOf(opened.material!, patchAt(opened))!;
    const target = findToken(asked.target, scene.update, scene.run, scene.answer, scene.material);
    const last = scene.update.sample.lengths_N[scene.answer]! - 1;
    const cell = page.locator(`[role=gridcell][data-row="${scene.row}"][data-token="${isRight ? target : target === last ? 0 : last}"]`);
    await cell.scrollIntoViewIfNeeded();
    await cell.click();
    await rail(page).getByRole('button', { name: /^I say/ }).click();
  }
  expect(await rail(page).locator('.lessonVerdict').innerText()).toMatch(isRight ? /^✓/ : /^✗/);
}

async function violations(page: Page): Promise<unknown> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]);
}

describe.each(LESSONS.map((lesson) => [lesson.title, lesson] as const))('%s', (title, lesson) => {
  test.each([[true, DESK], [false, PHONE]] as const)('is played to its end with every prediction %s, and the page is as before', async (isRight, viewport) => {
    const page = await openPage(viewport);
    const material = await shippedMaterial(lesson.recordings);
    const before = await placeOn(page);
    await openLesson(page, title);
    const guesses: Record<number, OpenLesson['guesses'][number]> = {};
    for (const [step, { prediction, completion }] of lesson.steps.entries()) {
      await page.getByRole('list', { name: `Step ${step + 1} of ${lesson.steps.length}` }).waitFor();
      expect(await rail(page).innerText()).not.toMatch(/[{}]|—|lacks/);
      await predict(page, { lesson, step, guesses: { ...guesses }, material }, isRight);
      if (prediction !== undefined) guesses[step] = { kind: 'choice', option: 0, isRight };
      if (completion.kind === 'selected') await page.locator('[role=gridcell]').nth(3).click();
      if (prediction !== undefined || step === 0 || step === lesson.steps.length - 1) expect(await violations(page), `step ${step + 1}`).toEqual([]);
      await rail(page).getByRole('button', { name: step === lesson.steps.length - 1 ? 'Finish' : 'Next', exact: true }).click();
    }
    await rail(page).waitFor({ state: 'detached' });
    expect(await placeOn(page)).toEqual(before);
    await page.getByRole('button', { name: 'Lessons', exact: true }).click();
    expect(await page.getByRole('dialog', { name: 'Lessons' }).getByRole('button', { name: title }).innerText()).toContain('done');
    expect(site.visited.complaints).toEqual([]);
  });

  test('left in the middle, changes nothing', async () => {
    const page = await openPage();
    await page.getByRole('gridcell').nth(7).click();
    await page.getByLabel('Channel', { exact: true }).selectOption({ label: 'Entropy' });
    const before = await placeOn(page);
    for (const steps of [1, Math.floor(lesson.steps.length / 2), lesson.steps.length - 1]) {
      await openLesson(page, title);
      for (let step = 0; step < steps; step++) await rail(page).getByRole('button', { name: /^(?:Next|Skip)$/ }).click();
      await page.getByRole('list', { name: `Step ${steps + 1} of ${lesson.steps.length}` }).waitFor();
      await rail(page).getByRole('button', { name: 'Leave' }).click();
      await rail(page).waitFor({ state: 'detached' });
      expect(await placeOn(page), `left at step ${steps + 1}`).toEqual(before);
    }
  });
});

test('going elsewhere folds the card, and it leads back', async () => {
  const page = await openPage();
  await openLesson(page, LESSONS[0]!.title);
  await rail(page).getByRole('button', { name: 'Next' }).click();
  const place = await placeOn(page);
  await page.getByRole('list', { name: 'Phases of the update' }).getByRole('button', { name: 'Credit' }).click();
  await rail(page).getByRole('button', { name: 'Back to step 2' }).click();
  expect(await placeOn(page)).toEqual(place);
});

test('a lesson is opened and taken with the keyboard alone', async () => {
  const page = await openPage();
  await page.keyboard.press('l');
  await page.getByRole('dialog', { name: 'Lessons' }).getByRole('button', { name: LESSONS[3]!.title }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: 'Step 1 of' }).waitFor();
  await rail(page).getByRole('button', { name: 'Next' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('[role=gridcell][tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  // walking is no guess
  await rail(page).getByRole('button', { name: /^I say/ }).focus();
  await page.keyboard.press('Enter');
  expect(await rail(page).locator('.lessonVerdict').innerText()).toMatch(/^[✓✗]/);
});

test('a lesson is remembered where storage is refused only as long as the page lives', async () => {
  const { page } = await visit(site, { viewport: DESK });
  await page.addInitScript(() => Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } }));
  await page.reload();
  await page.getByRole('grid').waitFor();
  await openLesson(page, LESSONS[1]!.title);
  await rail(page).getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  expect(await page.getByRole('dialog', { name: 'Lessons' }).getByRole('button', { name: LESSONS[1]!.title }).innerText()).toContain('done');
});

test('where its recording does not come it says so, and can be left', async () => {
  const page = await openPage();
  await page.route('**/runs/lesson-credit.json', (route) => route.fulfill({ status: 404, body: '' }));
  const before = await placeOn(page);
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('dialog', { name: 'Lessons' }).getByRole('button', { name: LESSONS[0]!.title }).click();
  await rail(page).getByText(/could not be loaded \(the server answered 404\)/).waitFor();
  await rail(page).getByRole('button', { name: 'Leave' }).click();
  await rail(page).waitFor({ state: 'detached' });
  expect(await placeOn(page)).toEqual(before);
});

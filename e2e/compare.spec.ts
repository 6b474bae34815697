// The compare view: the recorded comparison is shown as its file has it, tokens are pointed at and walked, lines unfold, the tree lights
// answers; two methods are compared live with a sampled truth, and once it is cancelled. Accessible in both themes and on a phone.

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { readComparison } from '../src/formats/comparisonFile';
import { axeFindings, LOOKS } from './axeScan';
import { recordedFile, unpacked } from './recordedNumbers';
import { sharedSite, visit, type VisitOptions } from './site';

const { comparison } = readComparison(readFileSync('public/runs/comparison.json', 'utf8'));
const { sample, score, truth, methods, table } = comparison;

// the processor, which is faster than a software adapter
const site = sharedSite({ webGpu: 'any-adapter' });

async function openComparison(options: VisitOptions = {}): Promise<Page> {
  site.visited = await visit(site, { viewport: { width: 1280, height: 800 }, ...options });
  const { page } = site.visited;
  await page.getByRole('grid').waitFor();
  await page.getByRole('button', { name: 'Compare methods' }).click();
  await page.locator('.creditMatrix').waitFor();
  return page;
}

const number = (text: string): number => Number(text.replace('−', '-').replace('minus ', '-').replace(/ times ten to the (minus )?/, (_, minus) => (minus === undefined ? 'e' : 'e-')));
const isShownAs = (value: number, shown: number): boolean => Math.abs(shown - value) <= 0.006 * Math.abs(value) + 1e-9;

/** The answer on screen, in the batch. */
async function answerOn(page: Page): Promise<number> {
  const [, row, problem] = /Answer (\d+) to problem (\d+)/.exec((await page.locator('.creditMatrix').getAttribute('aria-label')) ?? '')!;
  return [...sample.problem_N.keys()].filter((n) => sample.problem_N[n] === Number(problem) - 1)[Number(row) - 1]!;
}

const spokenIn = (page: Page, row: string): Promise<string[]> => page.locator(row).first().locator('td .spoken').allTextContents();

describe('the recorded comparison', () => {
  test('says that it is recorded and how, and shows a wrong answer with its true credit token by token', async () => {
    const page = await openComparison();
    const says = await page.locator('.provenance').textContent();
    expect(says).toContain('Recorded by npm run lab -- record-comparison');
    expect(says).toContain(`${truth.cost.rollouts.toLocaleString('en')} rollouts`);
    const tempo = methods.find(({ name }) => name === 'tempo')!.title;
    const found = table.rows.find(({ name }) => name === 'tempo')!.scores.breakerFound!.value;
    expect(await page.locator('.compareHeadline').textContent()).toContain(`${tempo} ${Math.round(found * 100)}\u202f%`);
    expect(says).toContain(truth.kind === 'enumeration' ? 'The truth is exact' : 'The truth is sampled');
    const answer = await answerOn(page);
    expect(score.outcome_N[answer]).toBe(0);
    const shown = (await spokenIn(page, '.truthRow')).map(number);
    expect(shown.length).toBe(sample.lengths_N[answer]);
    shown.forEach((value, t) => expect(isShownAs(truth.advantages_NT[answer * sample.width + t]!, value), `token ${t}: ${value}`).toBe(true));
    expect(await page.locator('.methodRow .rowName').allTextContents()).toEqual(methods.map(({ title }) => title));
    expect(site.visited.complaints).toEqual([]);
  });

  test('as it is, a method has its own numbers; by its largest, all of them are multiplied by one number', async () => {
    const page = await openComparison();
    const answer = await answerOn(page);
    const own = Array.from({ length: sample.lengths_N[answer]! }, (_, t) => methods[0]!.credit.advantages_NT[answer * sample.width + t]!);
    const largest = (values: ArrayLike<number>): number => Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const factor = largest(truth.advantages_NT) / largest(methods[0]!.credit.advantages_NT);
    const scaled = (await spokenIn(page, '.methodRow')).map(number);
    scaled.forEach((value, t) => expect(isShownAs(own[t]! * factor, value), `token ${t}`).toBe(true));
    await page.getByRole('button', { name: 'as it is' }).click();
    const raw = (await spokenIn(page, '.methodRow')).map(number);
    raw.forEach((value, t) => expect(isShownAs(own[t]!, value), `token ${t}`).toBe(true));
  });

  test('pointing at a column, or walking along the tokens, shows its numbers in every row', async () => {
    const page = await openComparison();
    const answer = await answerOn(page);
    const truthAt = (t: number): number => truth.advantages_NT[answer * sample.width + t]!;
    const shown = async (): Promise<number> => number(await page.locator('.truthRow output').innerText());
    // the matrix came to stand under the pointer
    await page.mouse.move(0, 0);
    // it opens at the token that broke the answer
    const lowest = Array.from({ length: sample.lengths_N[answer]! }, (_, t) => t).reduce((least, t) => (truthAt(t) < truthAt(least) ? t : least));
    expect(isShownAs(truthAt(lowest), await shown())).toBe(true);
    await page.locator('.truthRow td').nth(4).hover();
    await expect.poll(async () => isShownAs(truthAt(4), await shown())).toBe(true);
    expect(await page.locator('.creditMatrix thead .matrixHead').innerText()).toContain('Token 5 of');
    await page.mouse.move(0, 0);
    await page.locator('.matrixToken[tabindex="0"]').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => isShownAs(truthAt(1), await shown())).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^token 2, /);
  });

  test('a method’s name unfolds its program, line by line with the numbers of the token, and draws its difference', async () => {
    const page = await openComparison();
    const capo = methods.find(({ name }) => name === 'capo')!;
    await page.locator('.methodRow').getByRole('button', { name: capo.title }).click();
    const names = await page.locator('.lineRow var').allTextContents();
    expect(names).toEqual(capo.credit.rows.map(({ id }) => id));
    const answer = await answerOn(page);
    const own = capo.credit.advantages_NT;
    const last = page.locator('.lineRow').last();
    const cells = (await last.locator('td .spoken').allTextContents()).map(number);
    cells.forEach((value, t) => expect(isShownAs(own[answer * sample.width + t]!, value), `token ${t}`).toBe(true));
    expect(await page.locator('.formulaRow').last().innerText()).toMatch(/\(R − mean\) \/ \(std \+ epsilon\)\s+= \(.+\) \/ \(.+\) = −/);
    expect(await page.locator('.differenceRow .rowName').innerText()).toBe(`${capo.title} − truth`);
    // the scale c of least squares, by its definition
    let [along, size] = [0, 0];
    own.forEach((one, i) => { along += one * truth.advantages_NT[i]!; size += one * one; });
    const differences = (await spokenIn(page, '.differenceRow')).map(number);
    differences.forEach((value, t) => {
      const i = answer * sample.width + t;
      expect(Math.abs(value - ((own[i]! * along) / size - truth.advantages_NT[i]!)), `token ${t}`).toBeLessThan(0.006);
    });
  });

  test('the fidelity table has every method, sorts, and a row picks the method', async () => {
    const page = await openComparison();
    const order = () => page.locator('.fidelityTable .isMethod th').allTextContents();
    const titlesBy = (measure: 'gradientCosine' | 'breakerFound') =>
      table.rows.toSorted((a, b) => b.scores[measure]!.value - a.scores[measure]!.value).map(({ title }) => title);
    expect(await order()).toEqual(titlesBy('gradientCosine'));
    await page.getByRole('button', { name: 'Breaker' }).click();
    expect(await order()).toEqual(titlesBy('breakerFound'));
    await page.locator('.fidelityTable .isMethod').first().click();
    expect(await page.locator('.differenceRow .rowName').innerText()).toBe(`${titlesBy('breakerFound')[0]} − truth`);
  });

  test('a node of the tree lights the answers below it, under the pointer and under the focus', async () => {
    const page = await openComparison();
    const nodes = page.locator('.treeNode');
    const names = await nodes.evaluateAll((all) => all.map((node) => node.getAttribute('aria-label') ?? ''));
    expect(names[0]).toMatch(/^before the first token, value 0\.\d+, answers 1, 2, 3, 4, 5, 6, 7, 8 below/);
    const leaf = names.findIndex((name) => / ends?, /.test(name));
    const below = /answers? ([\d, ]+) ends?/.exec(names[leaf]!)![1]!.split(', ').map(Number);
    const lit = () => page.locator('.answerPicker .isLit').evaluateAll((all) => all.map((button) => Number.parseInt(button.textContent ?? '', 10)));
    await nodes.nth(leaf).hover();
    expect(await lit()).toEqual(below);
    await page.mouse.move(0, 0);
    expect(await lit()).toEqual([]);
    await nodes.first().focus();
    expect((await lit()).length).toBe(8);
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(names[1]);
    await nodes.nth(leaf).focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.answerPicker [aria-pressed=true]').innerText()).toMatch(new RegExp(`^${below[0]}\\s`));
    // a tree method's own values instead of the truth
    await page.getByLabel('value by').selectOption('tempo');
    const own = await nodes.first().getAttribute('aria-label');
    const right = Number((await page.locator('.answerPicker button').allTextContents()).filter((text) => text.includes('✓')).length);
    expect(own).toContain(`value ${(right / 8).toFixed(3)}`);
  });

  test('a comparison that cannot be read leaves a sentence and the form', async () => {
    site.visited = await visit(site);
    await site.visited.page.route('**/runs/comparison.json', (route) => route.fulfill({ contentType: 'application/json', body: '{"format":"other"}' }));
    await site.visited.page.getByRole('button', { name: 'Compare methods' }).click();
    await site.visited.page.getByText(/The recorded comparison can't be read \(comparison\.format: must be one of/).waitFor();
    expect(await site.visited.page.getByRole('button', { name: 'Compare', exact: true }).isEnabled()).toBe(true);
  });
});

test('the answers on screen under other methods, with one selection for them and the stage', async () => {
  const page = await openComparison();
  await page.getByRole('button', { name: 'Answers', exact: true }).click();
  await page.locator('[role=gridcell][data-row="1"][data-token="4"]').click();
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'The answers on screen' }).click();
  const heads = page.locator('.creditMatrix thead .matrixHead');
  await page.locator('.methodRow').nth(1).waitFor({ timeout: 30_000 });
  expect(await heads.textContent()).toMatch(/^Token 5 of/);
  expect(await page.locator('.answerPicker [aria-pressed=true]').textContent()).toMatch(/^2/);
  // the run's own credit, as its record has it
  const first = recordedFile().updates[0]!;
  const [, problem] = /to problem (\d+)/.exec((await page.locator('.creditMatrix').getAttribute('aria-label'))!)!;
  const answer = [...unpacked(first.sample.problem_N).keys()].filter((n) => unpacked(first.sample.problem_N)[n] === Number(problem) - 1)[1]!;
  const own = (await spokenIn(page, '.methodRow')).map(number);
  own.forEach((value, t) => expect(isShownAs(unpacked(first.credit.advantages_NT)[answer * first.sample.width + t]!, value), `token ${t}`).toBe(true));
  await page.locator('.matrixToken').nth(2).click();
  await page.keyboard.press('c');
  await page.locator('.inspector').getByText('Answer 2, token 3').waitFor();
  expect(site.visited.complaints).toEqual([]);
});

/** Of the recorded run's first update, by brute force from its file: what the checker and each method's own definition say. */
function firstWrongStepsOfFile() {
  const { names, updates: [update] } = recordedFile();
  const { sample: { problems_P, width, ...sample }, score, credit } = update!;
  const [tokens, lengths, problems, outcomes, advantages] = [unpacked(sample.tokens_NT), unpacked(sample.lengths_N), unpacked(sample.problem_N), unpacked(score.outcome_N), unpacked(credit.advantages_NT)];
  const answers = lengths.map((length, n) => tokens.slice(n * width, n * width + length));
  /** A chain of sums modulo 10, reckoned here: the tokens of the first line that is not as it should be. */
  const firstWrong = (n: number): readonly [number, number] => {
    const [first, ...operations] = problems_P[problems[n]!]!.prompt.slice(0, -1).split(/(?=[-+*])/);
    let [running, from] = [Number(first), 0];
    for (const line of answers[n]!.map((id) => (id === 1 ? '$' : names.alphabet[id]!)).join('').split(/(?<=\n)/)) {
      const operation = operations.shift();
      const operand = Number(operation?.slice(1));
      const result = (operation?.[0] === '+' ? running + operand : operation?.[0] === '-' ? running + 10 - operand : running * operand) % 10;
      if (line !== (operation === undefined ? `=${running}$` : `${running}${operation}=${result}\n`)) return [from, from + line.length];
      [running, from] = [result, from + line.length];
    }
    throw new Error(`answer ${n} is wrong without a wrong line`);
  };
  const wrong = [...answers.keys()].filter((n) => outcomes[n] === 0);
  const shareOf = (credit: (n: number, t: number) => number): number => wrong.reduce((sum, n) => {
    const numbers = answers[n]!.map((_, t) => credit(n, t));
    const lowest = [...numbers.keys()].filter((t) => numbers[t]! < Math.min(...numbers) + 1e-6);
    const [start, end] = firstWrong(n);
    return sum + lowest.filter((t) => t >= start && t < end).length / lowest.length;
  }, 0) / wrong.length;
  /** mean outcome of the answers to the problem that begin so */
  const value = (n: number, t: number): number => {
    const alike = [...answers.keys()].filter((m) => problems[m] === problems[n] && answers[m]!.slice(0, t).join() === answers[n]!.slice(0, t).join());
    return alike.reduce((sum, m) => sum + outcomes[m]!, 0) / alike.length;
  };
  return { wrong, firstWrong, shares: { run: shareOf((n, t) => advantages[n * width + t]!), grpo: shareOf(() => -1), tempo: shareOf((n, t) => value(n, t + 1) - value(n, t)) } };
}

test('the answers on screen against their first wrong steps: a sentence, a mark over the tokens, and a table; the methods and the place survive a reload', async () => {
  const { wrong, firstWrong, shares } = firstWrongStepsOfFile();
  const page = await openComparison();
  await page.getByRole('button', { name: 'The answers on screen' }).click();
  const percent = (share: number): string => `${Math.round(share * 100)}\u202f%`;
  const titleOf = (name: string): string => methods.find((one) => one.name === name)!.title;
  const headline = page.locator('.compareHeadline');
  const sentence = `How often the lowest credit is on the first wrong step: ${titleOf('tempo')} ${percent(shares.tempo)}, ${titleOf('capo')} (this run) ${percent(shares.run)}, ${titleOf('grpo')} ${percent(shares.grpo)}; by chance ${percent(shares.grpo)}. Of all ${wrong.length} wrong answers of this update.`;
  await expect.poll(() => headline.textContent(), { timeout: 30_000 }).toContain(sentence);
  const table = page.getByRole('region', { name: 'Against the first wrong steps' });
  const cells = (await table.locator('td').allTextContents()).map((text) => Number(/^[\d.]+/.exec(text)![0]) / 100);
  [shares.tempo, shares.run, shares.grpo, shares.grpo].forEach((share, i) => expect(Math.abs(cells[i]! - share)).toBeLessThan(6e-4));
  expect(await table.locator('[data-method="run"] th').textContent()).toContain('reads verdicts on steps');

  // a wrong answer: the mark is on the tokens of its first wrong step, in shape and in words
  await page.locator('.answerPicker button', { hasText: '✗' }).first().click();
  const [, row, problem] = /Answer (\d+) to problem (\d+)/.exec((await page.locator('.creditMatrix').getAttribute('aria-label'))!)!;
  const group = [...unpacked(recordedFile().updates[0]!.sample.problem_N).entries()].flatMap(([n, p]) => (p === Number(problem) - 1 ? [n] : []));
  const [start, end] = firstWrong(group[Number(row) - 1]!);
  const inside = await page.locator('.matrixToken').evaluateAll((all) => all.flatMap((one, t) => (one.getAttribute('aria-label')!.includes('in the first wrong step') ? [t] : [])));
  expect(inside).toEqual(Array.from({ length: end - start }, (_, i) => start + i));
  expect(await page.locator('.creditMatrix th.isBroken').count()).toBe(end - start);
  await page.getByText(`The first wrong step of answer ${row} is step`).waitFor();
  await page.locator('summary', { hasText: 'Menu of Compare methods' }).click();
  await page.getByRole('button', { name: 'View as table', exact: true }).click();
  const numbers = page.getByRole('dialog', { name: 'Credit of each token by each method' });
  const tokens = await page.locator('.matrixToken').count();
  await expect.poll(() => numbers.getByRole('row').count()).toBe(1 + tokens);
  expect(await numbers.getByRole('row').filter({ hasText: 'first wrong step' }).count()).toBe(end - start);
  await numbers.getByRole('button', { name: 'Close' }).click();
  await page.locator('.answerPicker button', { hasText: '✓' }).first().click();
  await expect.poll(() => page.locator('.creditMatrix th.isBroken').count()).toBe(0);

  await page.getByRole('button', { name: `Leave out ${titleOf('grpo')}` }).click();
  await page.getByLabel('Add a method').selectOption('rloo');
  await expect.poll(() => headline.textContent()).toContain('RLOO');
  await expect.poll(() => page.url()).toContain('c.on=screen&c.beside=tempo+rloo');
  const before = await headline.textContent();
  await page.reload();
  await expect.poll(() => headline.textContent(), { timeout: 30_000 }).toBe(before);
  expect(await page.locator('.methodRow .rowName').allTextContents()).toEqual([`${titleOf('capo')} (this run)`, titleOf('tempo'), 'RLOO']);
  expect(site.visited.complaints).toEqual([]);
});

test('a link that wants a strange method beside the run’s own says so', async () => {
  site.visited = await visit(site, { hash: '#v=1&view=compare&c.on=screen&c.beside=grpo+nobody' });
  const { page } = site.visited;
  await page.getByText('“nobody” is no method that can be compared.').first().waitFor({ timeout: 30_000 });
  await page.locator('.methodRow').nth(1).waitFor();
  expect(await page.locator('.methodRow').count()).toBe(2);
});

test('two methods are compared live, with a sampled truth, and a comparison can be cancelled', async () => {
  const page = await openComparison();
  await page.getByLabel('Preset').selectOption('small');
  await page.locator('.compareForm > summary').click();
  await page.getByLabel('Add a method').selectOption('ppo');
  await page.getByText(/^Left out in this preset as it stands: Method ppo needs the signal “Value”/).waitFor();
  for (const name of ['TEMPO', 'PPO']) await page.getByRole('button', { name: `Leave out ${name}` }).click();
  await page.getByLabel('Truth', { exact: true }).selectOption('monte-carlo');
  await page.getByLabel('Problems', { exact: true }).fill('0');
  expect(await page.getByRole('button', { name: 'Compare', exact: true }).isDisabled()).toBe(true);
  await page.getByLabel('Problems', { exact: true }).fill('2');
  await page.getByLabel('Answers to each').fill('4');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const progress = page.getByRole('progressbar', { name: 'Comparison' });
  await progress.waitFor();
  await page.getByText(/^Compared here after update 0/).waitFor({ timeout: 180_000 });
  expect(await progress.count()).toBe(0);
  const says = await page.locator('.provenance').textContent();
  expect(says).toMatch(/8 answers to 2 problems.*The truth is sampled: the largest standard error of a value is 0\.\d+\. It took [\d,]+ rollouts and 0 scoring forwards, [\d.]+ s\./);
  expect(await page.locator('.methodRow .rowName').allTextContents()).toEqual(['GRPO', 'CAPO']);
  expect(await page.locator('.answerPicker button').count()).toBe(4);

  await page.getByLabel('Problems', { exact: true }).fill('64');
  await page.getByLabel('Answers to each').fill('64');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByText(/\d+ rollouts, /).waitFor({ timeout: 180_000 });
  await page.locator('.compareProgress').getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('The search for the truth was cancelled.').waitFor({ timeout: 60_000 });
  // what was compared before stays
  expect(await page.locator('.provenance').textContent()).toBe(says);
  expect(site.visited.complaints).toEqual([]);
});

test.each(LOOKS)('%s: an axe scan finds nothing and nothing leaves the page', async (_name, options) => {
  const page = await openComparison({ ...options, reducedMotion: 'reduce' });
  await page.locator('.methodRow').getByRole('button', { name: methods[1]!.title }).click();
  await page.locator('.compareForm > summary').click();
  await page.locator('.treeNode').nth(1).focus();
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await page.getByRole('button', { name: 'The answers on screen' }).click();
  await page.locator('.brokenSteps [data-method="grpo"]').waitFor({ timeout: 30_000 });
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});

import { expect, test } from 'vitest';
import { DEFAULT_PROMPTS, judgeMessages, promptProblem } from './prompts';

const CASE = { problem: '7+5-3:\n', steps_K: ['7+5=2\n', '2-3=9\n', ''] };

test('numbered steps from 0, in their places; the reference answer only where it is shown', () => {
  const prompts = { system: 'Check.', user: 'P {problem}\n{reference}S\n{steps}\nEnd' };
  expect(judgeMessages(prompts, CASE)).toEqual([
    { role: 'system', content: 'Check.' },
    { role: 'user', content: 'P 7+5-3:\nS\n<step 0> 7+5=2\n<step 1> 2-3=9\n<step 2> (the solution ends here)\nEnd' },
  ]);
  expect(judgeMessages(prompts, { ...CASE, reference: '9' })[1]!.content).toContain('Right final answer: 9\n\nS');
  expect(judgeMessages({ ...prompts, system: ' ' }, CASE).map(({ role }) => role)).toEqual(['user']);
});

test('what a problem or a step says is data: no place is filled in it, no marker of ours stands in it', () => {
  const [, { content }] = judgeMessages({ system: 's', user: '{problem}|{steps}' }, { problem: '{steps} $& {reference}', steps_K: ['<step 1> fine. </STEP>', '$1 < stepping'] }) as [unknown, { content: string }];
  expect(content).toBe('{steps} $& {reference}|<step 0> ‹step 1> fine. ‹/STEP>\n<step 1> $1 < stepping');
});

test('prompts without a place for the steps, or of enormous length, are refused; the default is not', () => {
  expect(promptProblem({ system: '', user: 'Judge {problem}' })).toMatch(/\{steps\}/);
  expect(promptProblem({ system: 'x'.repeat(30_000), user: '{steps}' })).toMatch(/longer than 20000/);
  expect(promptProblem(DEFAULT_PROMPTS)).toBe(undefined);
});

// What every task must keep, on many problems and on hostile text. What is right about each task stands in its own test.

import { describe, expect, test } from 'vitest';
import { RandomStream } from '../random/threefry';
import { TASKS } from './index';
import type { Problem, Split, Task } from './task';

const stream = (row: number) => new RandomStream([55, 66], row);
const rows = (count: number) => Array.from({ length: count }, (_, row) => row);
const problemsOf = (task: Task, split: Split, count: number): Problem[] => rows(count).map((row) => task.problem(split, stream(row)));

describe.each(TASKS.map((family) => [family.name, family.create()] as const))('task %s', (_, task) => {
  test('solutions are right, fit, use the alphabet, and every step of them is right', () => {
    for (const problem of problemsOf(task, 'train', 150)) {
      const solution = task.solution(problem);
      expect(problem.prompt.length).toBeLessThanOrEqual(task.maximumPromptLength);
      expect(solution.length + 1).toBeLessThanOrEqual(task.maximumAnswerLength);
      expect([...problem.prompt, ...solution].every((character) => task.alphabet.includes(character))).toBe(true);
      expect(task.verify(problem, solution), problem.prompt).toBe(1);
      expect(task.check(problem, solution).every((one) => one.isCorrect && one.canReachAnswer), `${problem.prompt} ${solution}`).toBe(true);
      expect(task.isHopeless?.(problem, solution) ?? false).toBe(false);
      for (const facts of task.describe?.(problem, solution) ?? []) expect(facts.checks.every((one) => one === 1), `${problem.prompt} ${solution}`).toBe(true);
      if (task.finalAnswer !== undefined) expect(task.finalAnswer(solution)).toBe(problem.answer);
    }
  });

  test('solutions with errors fit too, and are wrong more often the more errors there are', () => {
    const shareRight = (errors: number): number => {
      const outcomes = rows(200).map((row) => {
        const problem = task.problem('train', stream(row));
        const answer = task.corruptedSolution(problem, errors, stream(1000 + row));
        expect(answer.length + 1).toBeLessThanOrEqual(task.maximumAnswerLength);
        expect([...answer].every((character) => task.alphabet.includes(character))).toBe(true);
        return task.verify(problem, answer);
      });
      return outcomes.reduce((sum: number, one) => sum + one, 0) / outcomes.length;
    };
    const [never, sometimes, often] = [shareRight(0), shareRight(0.25), shareRight(0.7)];
    expect(never).toBeGreaterThan(0.8);
    expect(sometimes).toBeLessThan(never - 0.05);
    expect(often).toBeLessThan(sometimes - 0.05);
  });

  test('what is hopeless stays wrong, and what cannot be reached is not reached by right steps', () => {
    for (const row of rows(60)) {
      const problem = task.problem('train', stream(row));
      const answer = task.corruptedSolution(problem, 0.5, stream(2000 + row));
      const verdicts = task.check(problem, answer);
      if (task.verify(problem, answer) === 1) expect(verdicts.at(-1)!.canReachAnswer).toBe(true);
      for (let length = 0; length <= answer.length; length++) {
        if (task.isHopeless?.(problem, answer.slice(0, length)) === true) expect(task.verify(problem, answer), `${problem.prompt} ${answer.slice(0, length)}|`).toBe(0);
      }
    }
  });

  test('steps, verdicts and facts are of the same steps, whatever the text', () => {
    const problem = task.problem('test', stream(7));
    const solution = task.solution(problem);
    const hostile = ['', '\n', '\n\n\n', '=', '=\n=', '\uFFFD', '9'.repeat(400), '=' + '9'.repeat(400), solution.slice(1), solution.slice(0, -1), `${solution}\n`, `${solution}\n${solution}`, `\n${solution}`,
      solution.replaceAll('=', '=='), ...solution].concat(rows(40).map((row) => shuffled(solution, stream(row))));
    for (const text of hostile) {
      const spans = task.steps(text);
      expect(spans.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      expect(task.check(problem, text)).toHaveLength(spans.length);
      expect([0, 1]).toContain(task.verify(problem, text));
      expect(task.calls?.(text) ?? spans).toHaveLength(spans.length);
      const facts = task.describe?.(problem, text);
      if (facts === undefined) continue;
      expect(facts).toHaveLength(spans.length);
      for (const one of facts) {
        expect(one.checks).toHaveLength(task.stepChecks!.length);
        expect(Number.isSafeInteger(one.stepsLeft) && one.stepsLeft >= 0).toBe(true);
      }
      for (const offset of [...task.plans?.(problem, text) ?? [], ...task.branches?.(problem, text) ?? []]) expect(offset >= 0 && offset < text.length, `${offset} of ${JSON.stringify(text)}`).toBe(true);
      expect(() => task.isHopeless?.(problem, text)).not.toThrow();
    }
  });

  test('train, validation and test share no problem', () => {
    const [train, validation, held] = (['train', 'validation', 'test'] as const).map((split) => new Set(problemsOf(task, split, 200).map(({ prompt }) => prompt)));
    for (const prompt of validation!) expect(train!.has(prompt) || held!.has(prompt)).toBe(false);
    for (const prompt of held!) expect(train!.has(prompt)).toBe(false);
  });
});

function shuffled(text: string, random: RandomStream): string {
  const characters = [...text];
  for (let i = characters.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [characters[i], characters[j]] = [characters[j]!, characters[i]!];
  }
  return characters.join('');
}

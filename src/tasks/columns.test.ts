import { expect, test } from 'vitest';
import { columns } from './columns';
import type { Problem, Task } from './task';

const verdicts = (task: Task, problem: Problem, answer: string) => task.check(problem, answer).map((one) => (one.isCorrect ? 'right' : 'wrong') + (one.canReachAnswer ? '+' : '-'));

test('347+285, worked by hand', () => {
  const task = columns.create({ digits: 3 });
  const problem = { prompt: '347+285:', answer: '632' };
  expect(task.solution(problem)).toBe('7+5+0=2,1\n4+8+1=3,1\n3+2+1=6,0\n=632');
  expect(verdicts(task, problem, task.solution(problem))).toEqual(['right+', 'right+', 'right+', 'right+']);
  // the carry is forgotten where it is handed on; then where it is taken; each is carried on rightly
  expect(verdicts(task, problem, '7+5+0=2,0\n4+8+0=2,1\n3+2+1=6,0\n=622')).toEqual(['wrong-', 'right-', 'right-', 'right-']);
  expect(verdicts(task, problem, '7+5+0=2,1\n4+8+0=2,1\n3+2+1=6,0\n=622')).toEqual(['right+', 'wrong-', 'right-', 'right-']);
  // a wrong line that writes and hands on what is right
  expect(verdicts(task, problem, '7+6+0=2,1\n4+8+1=3,1')).toEqual(['wrong+', 'right+']);
  expect(verdicts(task, problem, '=632')).toEqual(['wrong+']);
  expect(task.verify(problem, '=0632')).toBe(0);
  expect(task.describe!(problem, '7+6+0=2,1\n4+8+0=2,1\n=632').map(({ stateBefore, stepsLeft, checks }) => `${stateBefore} | ${stepsLeft} | ${checks.join('')}`)).toEqual([
    // 7+6 is not 2 carry 1, and not the column
    'column 0, carry 0,  | 3 | 10101', 'column 1, carry 1, 2 | 3 | 11011', 'column 2, carry 1, 22 | 0 | 10001',
  ]);
});

test('a carry out of the last column stands in front; borrows', () => {
  const task = columns.create({ digits: 2 });
  expect(task.solution({ prompt: '97+05:', answer: '102' })).toBe('7+5+0=2,1\n9+0+1=0,1\n=102');
  expect(task.solution({ prompt: '52-38:', answer: '14' })).toBe('2-8-0=4,1\n5-3-1=1,0\n=14');
  expect(task.solution({ prompt: '40-38:', answer: '2' })).toBe('0-8-0=2,1\n4-3-1=0,0\n=2');
});

test.each(['+', '-'])('every sum of two digits by %s: the lines say what plain arithmetic says', (operator) => {
  const task = columns.create({ digits: 2 });
  for (let a = 0; a < 100; a += 3) {
    for (let b = 0; b <= (operator === '-' ? a : 99); b += 7) {
      const problem = { prompt: `${String(a).padStart(2, '0')}${operator}${String(b).padStart(2, '0')}:`, answer: String(operator === '+' ? a + b : a - b) };
      const lines = task.solution(problem).split('\n');
      expect(lines.at(-1)).toBe(`=${problem.answer}`);
      expect(task.check(problem, lines.join('\n')).every(({ isCorrect }) => isCorrect)).toBe(true);
      // the first line with any other digit or carry cannot lead there any more
      for (const [digit, carry] of [[0, 0], [3, 1], [9, 0]]) {
        const line = lines[0]!.replace(/=.*/, `=${digit},${carry}`);
        expect(task.check(problem, line)[0]).toEqual({ isCorrect: line === lines[0], canReachAnswer: line === lines[0] });
      }
    }
  }
});

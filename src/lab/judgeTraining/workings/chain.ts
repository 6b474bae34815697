// Task chain: the line that continues the running result. Whole numbers of several digits are multiplied digit by digit from the
// right, each product with what is carried: 729*7:63,20,51=5103.

import type { OptionValues } from '../../../tasks/task';
import { judgeLines, type Working } from './working';

export const chainWorking = ({ modulus }: OptionValues): Working => (problem, steps_K) => {
  const [, first = '', operations = ''] = /^(\d+)(.*):$/.exec(problem.prompt) ?? [];
  const rest = [...operations.matchAll(/([-+*])(\d+)/g)].map(([, operator, operand]) => ({ operator: operator!, operand: operand! }));
  return judgeLines(steps_K, { running: first, done: 0 }, problem.answer, ({ running, done }) => {
    const operation = rest[done];
    if (operation === undefined) return { line: `=${running}` };
    const { operator, operand } = operation;
    const [a, b, m] = [BigInt(running), BigInt(operand), BigInt(modulus!)];
    const whole = operator === '+' ? a + b : operator === '-' ? a - b : a * b;
    const result = m === 0n ? whole : ((whole % m) + m) % m;
    const isLong = m === 0n && operator === '*' && operand.length === 1 && running.replace('-', '').length > 1;
    return { line: `${running}${operator}${operand}=${result}`, ...(isLong && { working: `${running}*${operand}:${digitProducts(running, Number(operand)).join(',')}=${result}` }) };
  }, ({ done }, line) => {
    const running = /^-?\d+[-+*]\d+=(-?\d+)$/.exec(line)?.[1];
    return running === undefined ? undefined : { running, done: Math.min(done + 1, rest.length) };
  });
};

function digitProducts(running: string, factor: number): string[] {
  let carried = 0;
  return [...running.replace('-', '')].reverse().map((digit) => {
    const product = Number(digit) * factor + carried;
    carried = Math.floor(product / 10);
    return String(product).padStart(2, '0');
  });
}

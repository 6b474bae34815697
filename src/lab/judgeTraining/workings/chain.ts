// Task chain: the line that continues the running result, and before its result, after a colon, the operation on the last digit alone
// as a whole number: 2-3:-1=9 modulo 10, 27+8:15=35. It stands in no answer, so it cannot be copied from one and the sums are learned.
// Numbers of several digits are multiplied digit by digit from the right, each product with what is carried: 729*7:63,20,51=5103.

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
    const line = `${running}${operator}${operand}=${result}`;
    if (operand.length > 1) return { line };
    const isLong = m === 0n && operator === '*' && running.replace('-', '').length > 1;
    const digits = isLong ? digitProducts(running, Number(operand)).join(',') : onLastDigit(running, operator!, Number(operand));
    return { line, working: `${running}${operator}${operand}:${digits}=${result}` };
  }, ({ done }, line) => {
    const running = /^-?\d+[-+*]\d+=(-?\d+)$/.exec(line)?.[1];
    return running === undefined ? undefined : { running, done: Math.min(done + 1, rest.length) };
  });
};

function onLastDigit(running: string, operator: string, operand: number): number {
  const last = Number(running.at(-1)) * (running.startsWith('-') ? -1 : 1);
  return (operator === '+' ? last + operand : operator === '-' ? last - operand : last * operand) + 0;
}

function digitProducts(running: string, factor: number): string[] {
  let carried = 0;
  return [...running.replace('-', '')].reverse().map((digit) => {
    const product = Number(digit) * factor + carried;
    carried = Math.floor(product / 10);
    return String(product).padStart(2, '0');
  });
}

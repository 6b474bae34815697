// Every choice of every method on a batch with all the awkward answers: nothing but numbers, nothing outside the answers, and
// both executors agree.

import { expect, test } from 'vitest';
import { testExecutors } from '../gpu/testing';
import type { OptionValues } from '../tasks/task';
import { testBatch, testShape } from './batchTesting';
import { METHODS } from './methods';
import { creditOf } from './testing';

test.each(METHODS.map((method) => [method.name, method] as const))('%s under every choice', async (_, method) => {
  const signals = testBatch(8);
  const settings = method.parameters.reduce<OptionValues[]>(
    (all, { name, choices }) => (choices === undefined ? all : all.flatMap((one) => choices.map((value) => ({ ...one, [name]: value })))), [{}],
  );
  // terms that are off by default
  const on = Object.fromEntries(method.parameters.filter(({ name }) => name === 'klWeight' || name === 'valueWeight').map(({ name }) => [name, 0.1]));
  for (const parameters of settings) {
    const [cpu, webgpu] = await Promise.all((await testExecutors()).map((executor) => creditOf(executor, method, { ...on, ...parameters }, testShape, signals)));
    const said = JSON.stringify(parameters);
    cpu!.rows.forEach((row, line) => row.values.forEach((value, i) => {
      const other = webgpu!.rows[line]!.values[i]!;
      if (!(Math.abs(value - other) <= 1e-3 * Math.max(1, Math.abs(value)))) throw new Error(`${said}: ${row.id}[${i}] is ${value} on the processor, ${other} on the GPU`);
    }));
    expect(cpu!.advantages_NT.some((value, i) => signals.mask_NT[i] === 0 && value !== 0), said).toBe(false);
  }
});

import { expect, test } from 'vitest';
import { check } from './check';

test('the reference fixtures pass', async () => {
  const lines: string[] = [];
  const code = await check('e2e/fixtures', (line) => lines.push(line));
  expect(code).toBe(0);
});

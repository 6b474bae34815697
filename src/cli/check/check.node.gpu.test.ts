import { expect, test } from 'vitest';
import { check } from './check';

test('the reference fixtures pass', async () => {
  const lines: string[] = [];
  const code = await check('e2e/fixtures', (line) => lines.push(line));
  console.log(lines.filter((l)=>/model_|hf_|grpo_step|passed/.test(l)).join('\n'));
  expect(code).toBe(0);
});

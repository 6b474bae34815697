import { expect, test } from 'vitest';
import { blockGrid } from './blockGrid';

test('workgroups hold every block and no dimension passes 65,535', () => {
  expect(blockGrid(0)).toEqual([0, 1, 1]);
  expect(blockGrid(9)).toEqual([2, 1, 1]);
  for (const blocks of [8 * 32768, 8 * 32768 + 1, 8 * 65536, 10_000_000]) {
    const [x, y] = blockGrid(blocks);
    expect(x * y * 8).toBeGreaterThanOrEqual(blocks);
    expect(Math.max(x, y)).toBeLessThanOrEqual(65535);
  }
});

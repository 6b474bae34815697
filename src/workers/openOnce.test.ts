import { expect, test } from 'vitest';
import { openOnce } from './openOnce';

test('what is open stays; what failed is opened anew, once for all who wait', async () => {
  const outcomes = ['fails', 'fails', 'opens', 'never asked for'];
  let opened = 0;
  const thing = openOnce(async () => {
    const outcome = outcomes[opened++]!;
    if (outcome === 'fails') throw new Error('no network');
    return outcome;
  });
  await expect(Promise.allSettled([thing(), thing()])).resolves.toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  expect(opened).toBe(1);
  await expect(thing()).rejects.toThrow('no network');
  expect([await thing(), await thing(), opened]).toEqual(['opens', 'opens', 3]);
});

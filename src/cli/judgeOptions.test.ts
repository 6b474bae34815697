import { expect, test } from 'vitest';
import { parseArguments } from './arguments';
import { defaultSettings } from '../lab/judging';
import { endpointOf, JUDGE_KEY, JUDGE_OPTIONS, modelOpener, withJudge } from './judgeOptions';
import { configurationOf, RUN_OPTIONS } from './runOptions';

const parsed = (...args: string[]) => parseArguments(args, { ...RUN_OPTIONS, ...JUDGE_OPTIONS });

test('address and model name a judge, the environment its key; the run\'s configuration says that there is one, and no more', () => {
  const given = parsed('--judge-url', 'http://localhost:9/v1', '--judge-model', 'm', '--judge-at-once', '2', '--set', 'critic.critiques=2');
  const endpoint = endpointOf(given, { [JUDGE_KEY]: 'sk-hidden' });
  expect(endpoint).toMatchObject({ url: 'http://localhost:9/v1', model: 'm', key: 'sk-hidden', concurrency: 2, isAllowed: true });
  const configuration = configurationOf(withJudge(given, endpoint));
  expect(configuration.critic).toEqual({ judge: 'endpoint', model: 'built-in', critiques: 2, falsePositive: 0, falseNegative: 0, missing: 0 });
  expect(JSON.stringify(configuration)).not.toMatch(/sk-hidden|localhost/);
  expect(endpointOf(parsed(), {})).toBe(undefined);
  expect(configurationOf(withJudge(parsed(), undefined)).critic.judge).toBe('exact');
});

test('the judge that ships, or one in a folder, is named by --judge and nothing else beside it', async () => {
  const critic = (...args: string[]) => configurationOf(withJudge(parsed(...args), undefined)).critic;
  expect(critic('--judge', 'built-in')).toMatchObject({ judge: 'model', model: 'built-in' });
  expect(critic('--judge', './somewhere')).toMatchObject({ judge: 'model', model: 'folder' });
  const both = parsed('--judge', 'built-in', '--judge-url', 'http://localhost:9', '--judge-model', 'm');
  expect(() => withJudge(both, endpointOf(both, {}))).toThrow(/each name a judge/);
  const watch = { signal: new AbortController().signal, onLoading: () => {} };
  await expect(modelOpener(parsed())('a/b', defaultSettings('a/b'), watch)).rejects.toThrow(/built-in or a folder.+a\/b can be fetched in the page/);
  await expect(modelOpener(parsed('--judge', '/nowhere'))('folder', defaultSettings('folder'), watch)).rejects.toThrow(/^The judge in \/nowhere cannot be opened: /);
});

test.each([
  [['--judge-url', 'http://localhost:9'], /go together/], [['--judge-model', 'm'], /go together/], [['--judge-url', 'nonsense', '--judge-model', 'm'], /not an address/],
  [['--judge-url', 'http://example.org', '--judge-model', 'm'], /over https or to this machine/], [['--judge-url', 'http://localhost', '--judge-model', 'm', '--judge-at-once', '0'], /from 1 to 64/],
])('%j is refused', (args, message) => {
  expect(() => endpointOf(parsed(...args), { [JUDGE_KEY]: 'k' })).toThrow(message);
});

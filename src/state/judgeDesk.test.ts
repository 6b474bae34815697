import { expect, test } from 'vitest';
import type { RunConfiguration } from '../lab/configuration';
import type { JudgeQuestion } from '../lab/judging';
import type { Catalogue, CommandBody } from '../workers/protocol';
import { createJudgeDesk } from './judgeDesk';
import { CATALOGUE } from './testing';

const catalogue: Catalogue = {
  ...CATALOGUE, judges: {
    endpoint: { defaults: { temperature: 0.7, maximumTokens: 512, concurrency: 4, timeoutSeconds: 60, showsReference: true, prompts: { system: 's', user: '{steps}' } }, bounds: {} },
    models: {
      defaults: {
        builtIn: { device: 'auto', weights: 'auto', temperature: 0.5, maximumTokens: 64, showsReference: false, prompts: { system: '', user: '{steps}' } },
        other: { device: 'auto', weights: 'auto', temperature: 0.7, maximumTokens: 512, showsReference: true, prompts: { system: 's', user: '{steps}' } },
      },
      bounds: {}, devices: ['auto', 'webgpu', 'wasm'], weights: ['auto', 'fp32'], known: ['a/b'],
    },
  },
};
const CRITIC = { critiques: 4, falsePositive: 0, falseNegative: 0, missing: 0 };
const ASKS = { kind: 'send' as const, host: 'localhost:1', requests: 8, bytes: 900, example: '{}' };

function desk(critic: RunConfiguration['critic'] = { ...CRITIC, judge: 'endpoint' }) {
  const sent: CommandBody[] = [];
  const wentOn: CommandBody[] = [];
  const judge = createJudgeDesk((body) => sent.push(body), (body) => wentOn.push(body), () => critic);
  judge.open(catalogue);
  const stop = (asks?: JudgeQuestion) => judge.hear({ protocol: 1, run: 'a', kind: 'judgeStopped', message: 'no', ...(asks !== undefined && { asks }) });
  const isAllowed = () => (sent.at(-1) as Extract<CommandBody, { kind: 'nameJudge' }>).endpoint!.isAllowed;
  return { judge, sent, wentOn, stop, isAllowed };
}

test('no endpoint is told of before one is typed; then it is, as typed, and as not allowed', () => {
  const { judge, sent } = desk();
  judge.name({ kind: 'play' });
  expect(sent).toEqual([]);
  judge.edit({ url: 'http://localhost:1/v1', model: 'm', key: ' k ', temperature: '0', timeoutSeconds: '' });
  judge.name({ kind: 'play' });
  expect(sent).toEqual([{ kind: 'nameJudge', endpoint: {
    url: 'http://localhost:1/v1', model: 'm', key: 'k', temperature: 0, maximumTokens: 512, concurrency: 4, timeoutSeconds: Number.NaN, showsReference: true, prompts: { system: 's', user: '{steps}' }, isAllowed: false,
  } }]);
});

test('an agreement goes on with what was asked for, and holds until something that decides what goes where is changed', () => {
  const { judge, wentOn, stop, isAllowed } = desk();
  judge.edit({ url: 'http://localhost:1/v1', model: 'm' });
  judge.name({ kind: 'nextPhase' });
  stop(ASKS);
  expect(judge.store.getState().asks).toEqual(ASKS);
  judge.allow();
  expect([wentOn, judge.store.getState().asks]).toEqual([[{ kind: 'nextPhase' }], null]);
  judge.name({ kind: 'play' });
  expect(isAllowed()).toBe(true);
  judge.edit({ key: 'another', concurrency: '2' });
  judge.name();
  expect(isAllowed()).toBe(true);
  for (const change of [{ url: 'http://localhost:2/v1' }, { url: 'http://localhost:1/v1', model: 'n' }, { model: 'm', showsReference: false }, { showsReference: true, user: '{steps} {problem}' }]) {
    judge.edit(change);
    judge.name();
    expect(isAllowed(), JSON.stringify(change)).toBe(false);
  }
});

test('what was typed after the question was put is not agreed to', () => {
  const { judge, stop, isAllowed } = desk();
  judge.edit({ url: 'http://localhost:1/v1', model: 'm' });
  judge.name({ kind: 'play' });
  judge.edit({ url: 'http://elsewhere:1/v1' });
  stop(ASKS);
  judge.allow();
  judge.name();
  expect(isAllowed()).toBe(false);
});

test('nothing is allowed that was not asked, or that was refused', () => {
  const { judge, wentOn, stop, isAllowed } = desk();
  judge.edit({ url: 'http://localhost:1/v1', model: 'm' });
  judge.name({ kind: 'play' });
  judge.allow();
  stop();
  judge.allow();
  stop(ASKS);
  judge.refuse();
  judge.allow();
  judge.name();
  expect([wentOn, isAllowed()]).toEqual([[], false]);
});

test('a model\'s settings are told as typed, the shipped judge\'s and those of others apart, and files only of a folder that was opened', () => {
  const builtIn = desk({ ...CRITIC, judge: 'model', model: 'built-in' });
  builtIn.judge.editModel('other', { temperature: '1.5' });
  builtIn.judge.editModel('builtIn', { temperature: '0', weights: 'fp32' });
  builtIn.judge.name({ kind: 'play' });
  expect(builtIn.sent).toEqual([{ kind: 'nameJudge', settings: { device: 'auto', weights: 'fp32', temperature: 0, maximumTokens: 64, showsReference: false, prompts: { system: '', user: '{steps}' } } }]);
  const folder = desk({ ...CRITIC, judge: 'model', model: 'folder' });
  const files = [{ path: 'config.json', file: new Blob(['{}']) }];
  folder.judge.openFolder({ name: 'mine', files });
  folder.judge.name();
  expect(folder.sent).toMatchObject([{ kind: 'nameJudge', settings: { temperature: 0.7, maximumTokens: 512 }, files }]);
  const exact = desk({ ...CRITIC, judge: 'exact' });
  exact.judge.name();
  expect(exact.sent).toEqual([]);
});

test('first the list of a model\'s files is allowed, then the files, each for that model by its name', () => {
  const { judge, sent, wentOn, stop } = desk({ ...CRITIC, judge: 'model', model: 'a/b' });
  const allowed = () => (sent.at(-1) as Extract<CommandBody, { kind: 'nameJudge' }>).settings!.allowed;
  judge.name({ kind: 'play' });
  expect(allowed()).toBe(undefined);
  const asks = { kind: 'fetch' as const, host: 'huggingface.co', model: 'a/b' };
  stop({ ...asks, files: null });
  judge.allow();
  judge.name({ kind: 'play' });
  expect([allowed(), wentOn.length]).toEqual([{ model: 'a/b', files: false }, 1]);
  stop({ ...asks, files: [{ name: 'config.json', bytes: 3 }] });
  judge.refuse();
  judge.allow();
  judge.name({ kind: 'play' });
  expect(allowed()).toEqual({ model: 'a/b', files: false });
  stop({ ...asks, files: [{ name: 'config.json', bytes: 3 }] });
  judge.allow();
  judge.name();
  expect(allowed()).toEqual({ model: 'a/b', files: true });
});

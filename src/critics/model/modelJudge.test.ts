// The judge around a model that is made up here: its progress, its batches, its cancelling, and how its texts are read.

import { expect, test } from 'vitest';
import { streamKey } from '../../random/threefry';
import { JudgeStopped, type JudgeCase, type JudgeProgress } from '../judge';
import { modelJudge, type LanguageModel, type Writing } from './modelJudge';
import { defaultSettings } from './modelSettings';

const CASES: JudgeCase[] = [
  { problem: '7+5-3:', steps_K: ['7+5=2', '2-3=9', '=9'], reference: '9' },
  { problem: '1+1:', steps_K: [] },
  { problem: '1+2+3+4:', steps_K: ['1+2=3', '3+3=6', '6+4=1', '=1'] },
];
const settings = { ...defaultSettings('folder'), maximumTokens: 40 };
const key = streamKey(1, 'critique', 0);

/** A model whose tokens are characters. */
function fake(write: (prompt: string, how: Writing, row: number) => { text: string; isCutOff?: boolean }, more: Partial<LanguageModel> = {}) {
  const batches: number[][] = [];
  const model: LanguageModel = {
    runsOn: 'a fake',
    encode: (messages) => Array.from(messages.map(({ content }) => content).join('|'), (character) => character.codePointAt(0)!),
    rowsAtOnce: () => 4,
    write: async (prompts, how) => {
      batches.push(prompts.map(({ length }) => length));
      return prompts.map((prompt, row) => ({ isCutOff: false, ...write(String.fromCodePoint(...prompt), how, row) }));
    },
    ...more,
  };
  return { model, batches };
}

test('each critique is one text over all steps; lists are read, indices out of range dropped, what is cut off or has no list is missing', async () => {
  const texts = ['Wrong steps: [1, 9]', 'Wrong steps: [1', 'Well.', 'Wrong steps: [0]'];
  let next = 0;
  const { model, batches } = fake((prompt) => {
    expect(prompt).toMatch(/<step 0> .+\n<step 1> .+\n<step 2> /);
    const text = texts[next++ % 4]!;
    return { text, isCutOff: !text.endsWith(']') && text !== 'Well.' };
  });
  const judge = modelJudge('folder', settings, async () => model, key);
  const [first, none, third] = await judge.critique(CASES, 4);
  expect(first!.map(({ flags, verdict, outOfRange }) => [flags, verdict, outOfRange])).toEqual([[[1], 'read', 1], [null, 'cut-off', 0], [null, 'no-list', 0], [[0], 'read', 0]]);
  expect(none!.map(({ flags }) => flags)).toEqual([[], [], [], []]);
  expect(third!.map(({ verdict }) => verdict)).toEqual(['read', 'cut-off', 'no-list', 'read']);
  expect(batches).toHaveLength(2);
  expect(judge.describe!()).toEqual({ model: 'folder', where: 'folder', runsOn: 'a fake', ...settings.prompts });
  expect(modelJudge('a/b', settings, async () => model, key).describe!().where).toBe('huggingface.co');
});

test('progress: loading first, then critiques as they are done, with what is missing', async () => {
  const { model } = fake((_, __, row) => ({ text: row === 0 ? '?' : '[]' }));
  const heard: JudgeProgress[] = [];
  const judge = modelJudge('a/b', settings, async (_, __, { onLoading }) => {
    onLoading({ file: 'onnx/model_q4.onnx', loaded: 5, total: 9 });
    return model;
  }, key);
  await judge.critique([CASES[0]!, CASES[2]!], 3, { onProgress: (one) => heard.push(one) });
  expect(heard).toEqual([
    { done: 0, total: 6, missing: 0 }, { done: 0, total: 6, missing: 0, loading: { file: 'onnx/model_q4.onnx', loaded: 5, total: 9 } },
    { done: 0, total: 6, missing: 0 }, { done: 4, total: 6, missing: 1 }, { done: 6, total: 6, missing: 2 },
  ]);
});

test('what is drawn depends on answer, critique and place, not on the batch that they are in', async () => {
  const draws = async (cases: readonly JudgeCase[], rows: number) => {
    const { model } = fake((_, { draw }, row) => ({ text: `${draw(row, 0)} ${draw(row, 7)} []` }), { rowsAtOnce: () => rows });
    return (await modelJudge('folder', settings, async () => model, key).critique(cases, 3)).map((row) => row.map(({ text }) => text));
  };
  const whole = await draws(CASES, 64);
  expect(await draws(CASES, 1)).toEqual(whole);
  expect((await draws(CASES.slice(0, 1), 2))[0]).toEqual(whole[0]);
  expect(new Set(whole.flat().filter((text) => text !== '')).size).toBe(6);
});

test('cancelled while it is opened, between batches or while it writes: it stops with a sentence and takes nothing over', async () => {
  const cancelled = /^Judging was cancelled/;
  const { model, batches } = fake(() => ({ text: '[]' }), { rowsAtOnce: () => 1 });
  const opening = new AbortController();
  const first = modelJudge('a/b', settings, (_, __, { signal }) => new Promise((_resolve, reject) => { signal.addEventListener('abort', () => reject(new Error('aborted'))); }), key).critique(CASES, 1, { signal: opening.signal });
  opening.abort();
  await expect(first).rejects.toThrow(cancelled);
  const between = new AbortController();
  await expect(modelJudge('a/b', settings, async () => model, key).critique(CASES, 4, { signal: between.signal, onProgress: ({ done }) => { if (done === 5) between.abort(); } })).rejects.toThrow(cancelled);
  expect(batches.length).toBeLessThan(4);
  const writing = new AbortController();
  const half = fake(() => ({ text: '[]' }), { write: async (prompts) => { writing.abort(); return prompts.map(() => ({ text: '[0]', isCutOff: true })); } });
  await expect(modelJudge('a/b', settings, async () => half.model, key).critique(CASES, 4, { signal: writing.signal })).rejects.toThrow(cancelled);
});

test('a model that fails stops the judge, not the run; a prompt that it cannot read is a missing critique, unless all are', async () => {
  const broken = fake(() => ({ text: '' }), { write: () => Promise.reject(new Error('out of memory')) });
  const failure: unknown = await Promise.resolve(modelJudge('a/b', settings, async () => broken.model, key).critique(CASES, 1)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(JudgeStopped);
  expect(String(failure)).toMatch(/The model a\/b failed while it wrote: out of memory/);
  const picky = fake(() => ({ text: '[]' }), { encode: (messages) => (messages.at(-1)!.content.includes('7+5') ? 'Too odd.' : [1]) });
  const [odd, , good] = await modelJudge('a/b', settings, async () => picky.model, key).critique(CASES, 2);
  expect(odd).toEqual(Array(2).fill({ flags: null, text: 'Too odd.', verdict: 'failed', outOfRange: 0 }));
  expect(good!.map(({ flags }) => flags)).toEqual([[], []]);
  await expect(modelJudge('a/b', settings, async () => picky.model, key).critique(CASES.slice(0, 2), 2)).rejects.toThrow('The judge can read none of these answers. Too odd.');
  await expect(modelJudge('no model', settings, async () => picky.model, key).critique(CASES, 1)).rejects.toThrow(/is no model/);
});

test('the right answer is shown only where it is to be', async () => {
  const seen: string[] = [];
  const { model } = fake((prompt) => { seen.push(prompt); return { text: '[]' }; });
  await modelJudge('a/b', settings, async () => model, key).critique(CASES.slice(0, 1), 1);
  await modelJudge('a/b', { ...settings, showsReference: false }, async () => model, key).critique(CASES.slice(0, 1), 1);
  expect(seen.map((prompt) => prompt.includes('Right final answer: 9'))).toEqual([true, false]);
});

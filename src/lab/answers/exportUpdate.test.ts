// Answers of a recorded update, written and opened again as real answers: same text, tokens, rewards and verdicts, and the methods
// give them the credit that the run recorded.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findMethod } from '../../credit/methods';
import { loadProblem, openRolloutFile } from '../../formats/rollouts/rolloutFile';
import { readRunFile } from '../../formats/runFile';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import { answersBatch } from './answersBatch';
import { creditAnswers } from './creditAnswers';
import { writeUpdateAnswers } from './exportUpdate';
import { words } from './words';

const run = readRunFile(readFileSync(join(import.meta.dirname, '../../../public/runs/default.json'), 'utf8'));
const update = run.updates[0]!;
const { sample, score, critique, credit } = update;

async function reopened(record: typeof update) {
  const file = await openRolloutFile(new Blob([writeUpdateAnswers(record, run.names.alphabet, 1)]));
  expect(file.badLines).toEqual([]);
  return answersBatch(await Promise.all(file.problems.map((_, p) => loadProblem(file, p))), words);
}

describe('the answers of an update', () => {
  test('are one line a problem, and read again they are the same answers', async () => {
    const batch = await reopened(update);
    expect(batch.problems.map(({ prompt }) => prompt)).toEqual(sample.problems_P.map(({ prompt }) => prompt));
    expect([...batch.score.outcome_N]).toEqual([...score.outcome_N]);
    for (let n = 0; n < sample.answers; n++) {
      const length = sample.lengths_N[n]!;
      expect(batch.sample.lengths_N[n]).toBe(length);
      const texts = (one: typeof sample, alphabet: readonly string[]): string[] => Array.from(one.tokens_NT.subarray(n * one.width, n * one.width + length), (id) => alphabet[id]!);
      expect(texts(batch.sample, batch.alphabet)).toEqual(texts(sample, run.names.alphabet));
      expect(batch.verdicts_NK[n]!.map((one) => one === 'right')).toEqual(critique.isCorrect_NK[n]);
    }
    expect(batch.sample.lengths_N.some((length, n) => batch.verdicts_NK[n]!.includes('wrong') && length > 0)).toBe(true);
  });

  test('get from the run’s own method the credit that the run recorded, row by row', async () => {
    const batch = await reopened(update);
    const again = await creditAnswers(new CpuExecutor(), findMethod(credit.method), batch);
    for (const id of ['correct', 'flag', 'R', 'A']) {
      const [before, after] = [credit.rows, again.rows].map((rows) => rows.find((row) => row.id === id)!);
      expect(after!.shape).toBe(before!.shape);
      let largest = 0;
      for (let n = 0; n < sample.answers; n++) {
        if (before!.shape !== 'token') continue;
        for (let t = 0; t < sample.lengths_N[n]!; t++) largest = Math.max(largest, Math.abs(after!.values[n * batch.sample.width + t]! - before!.values[n * sample.width + t]!));
      }
      // run files keep four significant digits
      expect(largest).toBeLessThan(2e-3);
      if (before!.shape !== 'token') after!.values.forEach((value, i) => expect(value).toBeCloseTo(before!.values[i]!, 3));
    }
  });

  test('keep what a language model said of their steps, by the steps of the file', async () => {
    const critiques_Nk = critique.steps_NK.map((steps) => [steps.length === 0 ? [] : [steps.length - 1], null]);
    const said_Nk = critiques_Nk.map(() => [{ text: 'the last', verdict: 'read' as const, outOfRange: 0 }, { text: 'hm', verdict: 'no-list' as const, outOfRange: 0 }]);
    // a first token that is in no step becomes one in the file
    const steps_NK = critique.steps_NK.map((steps) => steps.map(([start, end], k): readonly [number, number] => [start + (k === 0 && end - start > 1 ? 1 : 0), end]));
    const batch = await reopened({ ...update, critique: { ...critique, steps_NK, critiques_Nk, judge: { model: 'm', where: 'w', system: 's', user: 'u', said_Nk } } });
    const { judged, answers } = batch.problems[0]!;
    expect(judged).toMatchObject([{ judge: { model: 'm' } }]);
    expect(judged![0]!.critiques_Nk[0]![0]).toEqual({ flags: [critique.steps_NK[0]!.length], ...said_Nk[0]![0] });
    expect(answers[0]!.steps).toHaveLength(critique.steps_NK[0]!.length + 1);
  });

  test('keep every channel of the run’s program in the file', () => {
    const line = JSON.parse(writeUpdateAnswers(update, run.names.alphabet, 1).split('\n')[0]!) as { credit: Record<string, Record<string, { shape: string; values: number[][] }>> };
    const channels = line.credit[credit.method]!;
    expect(Object.keys(channels)).toEqual(credit.rows.map(({ id }) => id));
    const group = [...sample.problem_N.keys()].filter((n) => sample.problem_N[n] === 0);
    expect(channels['A']!.values.map((row) => row.length)).toEqual(group.map((n) => sample.lengths_N[n]));
    channels['A']!.values.forEach((row, i) => row.forEach((value, t) => expect(value).toBeCloseTo(credit.advantages_NT[group[i]! * sample.width + t]!, 5)));
  });

  test('keep what trainers take them by, token by token, and a file with such fields and unknown ones opens again', async () => {
    // one answer stays out of the loss
    const kept = { id: 'kept', label: 'In the loss', shape: 'answer', formula: '1', inputs: {}, parameters: {}, values: Float32Array.from(sample.lengths_N, (_, n) => (n === 1 ? 0 : 1)) } as const;
    const text = writeUpdateAnswers({ ...update, credit: { ...credit, rows: [...credit.rows, kept], rowMask: 'kept' } }, run.names.alphabet, 0.7);
    const line = JSON.parse(text.split('\n')[0]!) as Record<'token_ids' | 'completion_mask' | 'advantages' | 'logprobs', number[][]> & { prompt: string; prompt_ids: number[]; temperature: number; tokens: string[][] };
    expect(line.temperature).toBe(0.7);
    expect(line.prompt_ids.map((id) => run.names.alphabet[id]).join('')).toBe(line.prompt);
    expect(line.token_ids.map((row) => row.map((id) => run.names.alphabet[id]))).toEqual(line.tokens);
    expect(line.token_ids[0]!.at(-1)).toBe(run.names.alphabet.indexOf('<stop>'));
    const lengths = line.tokens.map((row) => row.length);
    for (const name of ['completion_mask', 'advantages', 'logprobs'] as const) expect(line[name].map((row) => row.length), name).toEqual(lengths);
    expect(line.completion_mask.map((row) => [...new Set(row)])).toEqual(lengths.map((_, n) => [n === 1 ? 0 : 1]));
    line.advantages[0]!.forEach((value, t) => expect(value).toBeCloseTo(credit.advantages_NT[t]!, 5));
    const file = await openRolloutFile(new Blob([text.replace('{', '{"some_trainer": {"is": [{"deep": null}]}, ')]));
    expect(file.badLines).toEqual([]);
    const { answers } = await loadProblem(file, 0);
    expect(answers.map(({ tokens }) => tokens)).toEqual(line.tokens);
    expect(Object.keys(answers[0]!).toSorted()).toEqual(['logprobs', 'reward', 'stepLabels', 'steps', 'text', 'tokens']);
  });

  test('with text outside every step still open, that text as a step nobody judged', async () => {
    const steps_NK = critique.steps_NK.map((steps) => steps.slice(1, -1));
    const isCorrect_NK = critique.isCorrect_NK.map((steps) => steps.slice(1, -1));
    const batch = await reopened({ ...update, critique: { ...critique, steps_NK, isCorrect_NK }, credit: { ...credit, rows: credit.rows.filter(({ shape }) => shape !== 'step') } });
    expect(batch.verdicts_NK[0]!.at(0)).toBe('unknown');
    expect(batch.verdicts_NK[0]!.at(-1)).toBe('unknown');
  });
});

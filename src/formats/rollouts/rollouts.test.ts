// The reader of answers made elsewhere: every format, bad lines, hostile lines, lines across chunks, and what is written read again.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../formatError';
import { fileLines } from './jsonLines';
import { readRolloutLine } from './readLine';
import { LIMITS } from './rollout';
import { loadProblem, openRolloutFile, ReadCancelled } from './rolloutFile';
import { writeRolloutLine } from './writeRollouts';

const SIXTY = readFileSync(join(import.meta.dirname, '../../../public/answers/gsm8k.jsonl'), 'utf8');
const read = (json: unknown) => readRolloutLine(JSON.stringify(json));
const open = (text: string) => openRolloutFile(new Blob([text]));

describe('formats', () => {
  test('rollouts with everything', () => {
    expect(read({
      prompt: '2+2?', completions: ['It is 4.', '5'], rewards: [1, -0.5], reference: 4, sources: ['a', null], tokens: [['It', ' is', ' 4', '.', '<eos>'], null], logprobs: [[-1, -0.5, -0.1, 0, -2], null],
      steps: [['It is ', '4.'], null], step_labels: [[1, null], [false]], other: { deep: [1] },
    }).problem).toEqual({
      prompt: '2+2?', reference: '4', answers: [
        { text: 'It is 4.', reward: 1, source: 'a', tokens: ['It', ' is', ' 4', '.', '<eos>'], logprobs: [-1, -0.5, -0.1, 0, -2], steps: ['It is ', '4.'], stepLabels: ['right', 'unknown'] },
        { text: '5', reward: -0.5, stepLabels: ['wrong'] },
      ],
    });
  });

  test('GSM8K model solutions, as OpenAI wrote them', () => {
    const { format, problem } = readRolloutLine(SIXTY.slice(0, SIXTY.indexOf('\n')));
    expect(format).toBe('gsm8k model solutions');
    expect(problem.prompt).toMatch(/^Janet’s ducks lay 16 eggs/);
    expect(problem.reference).toMatch(/\nA: 18$/);
    expect(problem.answers.map(({ source, reward }) => [source, reward])).toEqual([['6b_finetuning', 0], ['6b_verification', 0], ['175b_finetuning', 0], ['175b_verification', 1]]);
  });

  test('TRL: log_completions, plain and as a conversation; rewards are added up, what is no reward is not', () => {
    const line = read({ step: 3, prompt: 'p', completion: 'c', accuracy_reward: 1, format_reward: 0.5, broken_reward: null, advantage: -7 });
    expect(line).toEqual({ format: 'TRL completions', group: '3\np', rewardColumns: ['accuracy_reward', 'format_reward'], problem: { prompt: 'p', answers: [{ text: 'c', reward: 1.5 }] } });
    expect(read({ prompt: [{ role: 'system', content: 'S' }, { role: 'user', content: 'U' }], completion: [{ role: 'assistant', content: 'A' }], reward: 2, other: 9 }).problem)
      .toEqual({ prompt: 'system: S\nuser: U', answers: [{ text: 'A', reward: 2 }] });
  });

  test('TRL stepwise supervision: the completions are steps', () => {
    expect(read({ prompt: 'p', completions: ['one', 'two'], labels: [true, false] }).problem.answers)
      .toEqual([{ text: 'one\ntwo', reward: null, steps: ['one\n', 'two'], stepLabels: ['right', 'wrong'] }]);
  });

  test('verl: one answer a line, put together by step and prompt', async () => {
    const dump = [['a', 1, 1], ['b', 0, 1], ['a', 0, 1], ['a', 1, 2]].map(([input, score, step], i) => JSON.stringify({ input, output: `answer ${i}`, gts: '7', score, step, acc: score })).join('\n');
    const file = await open(dump);
    expect(file.problems.map(({ title, answers, rewarded }) => [title, answers, rewarded])).toEqual([['a', 2, 1], ['b', 1, 0], ['a', 1, 1]]);
    expect(await loadProblem(file, 0)).toEqual({ prompt: 'a', reference: '7', answers: [{ text: 'answer 0', reward: 1 }, { text: 'answer 2', reward: 0 }] });
  });

  test('−1 among step labels makes 0 a neutral rating', () => {
    const labels = (step_labels: unknown) => read({ prompt: 'p', completions: ['a\nb\nc'], step_labels: [step_labels] }).problem.answers[0]!.stepLabels;
    expect(labels([1, 0, -1])).toEqual(['right', 'unknown', 'wrong']);
    expect(labels([1, 0, '+'])).toEqual(['right', 'wrong', 'right']);
  });
});

describe('what judges said', () => {
  const critique = { flags: [1], text: 'Wrong steps: [1]', verdict: 'read', out_of_range: 2 };
  const judge = { model: 'm', where: 'localhost:1', system: 's', user: 'u', critiques: [[critique, { flags: null, text: 'hm', verdict: 'no-list' }], []] };
  const line = (judged_by: unknown) => ({ prompt: 'p', completions: ['a\nb', 'c'], judged_by });
  test('comes with the answers', () => {
    const who = { model: 'm', where: 'localhost:1', system: 's', user: 'u' };
    expect(read(line([judge, { ...judge, runs_on: 'wasm', critiques: [[], []] }])).problem.judged).toEqual([
      { judge: who, critiques_Nk: [[{ flags: [1], text: 'Wrong steps: [1]', verdict: 'read', outOfRange: 2 }, { flags: null, text: 'hm', verdict: 'no-list', outOfRange: 0 }], []] },
      { judge: { ...who, runsOn: 'wasm' }, critiques_Nk: [[], []] },
    ]);
    expect(read(line(null)).problem).not.toHaveProperty('judged');
  });
  test('of exports of before too, and a judge of someone else’s file is left alone', () => {
    const old = { prompt: 'p', completions: ['a\nb'], judge: { model: 'm', where: 'w', system: '', user: '' }, critiques: [[[0], null]], critique_texts: [['yes', 'hm']] };
    expect(read(old).problem.judged).toEqual([{ judge: old.judge, critiques_Nk: [[{ flags: [0], text: 'yes', verdict: 'read', outOfRange: 0 }, { flags: null, text: 'hm', verdict: 'lost', outOfRange: 0 }]] }]);
    expect(read({ prompt: 'p', completions: ['c'], judge: 'gpt', critiques: 'good' }).problem).not.toHaveProperty('judged');
  });
  test.each([
    ['no-one', /judged_by: must be a list, is text/], [[7], /judged_by\[0\]: must be an object/], [[{ ...judge, where: undefined }], /where: must be text, is nothing/], [[judge, judge], /the same judge twice/],
    [[{ ...judge, critiques: [[]] }], /has 1 entries for 2 answers/], [[{ ...judge, critiques: [[{ ...critique, flags: [2] }], []] }], /names step 2 of 2/], [[{ ...judge, critiques: [[{ ...critique, flags: [1, 0] }], []] }], /must ascend/],
    [[{ ...judge, critiques: [[{ ...critique, flags: [0.5] }], []] }], /whole number/], [[{ ...judge, critiques: [[{ ...critique, flags: null }], []] }], /which its flags contradict/], [[{ ...judge, critiques: [[{ ...critique, verdict: 'toString' }], []] }], /verdict: must be one of read/],
    [[{ ...judge, critiques: [Array(LIMITS.critiques + 1).fill(critique), []] }], /64 are the most/], [Array.from({ length: LIMITS.judges + 1 }, (_, i) => ({ ...judge, model: `${i}` })), /16 are the most/],
  ])('is refused where it does not fit: %j', (judged_by, message) => {
    expect(() => read(line(judged_by))).toThrow(FormatError);
    expect(() => read(line(judged_by))).toThrow(message);
  });
  test('a file tells who judged which problems, and has an end of judges', async () => {
    const file = await open([line([judge]), line(undefined), line([{ ...judge, model: 'n' }, judge])].map((one) => JSON.stringify(one)).join('\n'));
    expect(file.judges.map(({ judge: { model }, problems }) => [model, problems])).toEqual([['m', [0, 2]], ['n', [2]]]);
    const many = await open(Array.from({ length: 70 }, (_, i) => JSON.stringify(line([{ ...judge, model: `${i}` }]))).join('\n'));
    expect([many.judges.length, many.badCount, many.problems.length]).toEqual([64, 6, 64]);
  });
});

describe('bad lines', () => {
  test.each([
    ['{"prompt": "p", "completions": ["c"], "rewards": [NaN]}', /NaN or Infinity/],
    ['{"prompt": "p", "completions": ["c"]', /^the line: is not JSON/],
    ['{"prompt": "p", "completions": ["c"], "rewards": [1e999]}', /rewards\[0\]: is too large/],
    ['{"prompt": "p", "completions": ["c"], "rewards": ["1"]}', /rewards\[0\]: must be a number, is text/],
    ['{"prompt": "p", "completions": ["c"], "rewards": [1, 2]}', /rewards: has 2 entries for 1 completions/],
    ['{"prompt": 7, "completions": ["c"]}', /prompt: must be text, is a number/],
    ['{"prompt": "p", "completions": "c"}', /completions: must be a list, is text/],
    ['{"prompt": "p", "completions": ["abc"], "tokens": [["ab"]]}', /completion 1: is not what its tokens spell/],
    ['{"prompt": "p", "completions": ["ab"], "tokens": [["a", "b"]], "logprobs": [[-1]]}', /has 1 logprobs for 2 tokens/],
    ['{"prompt": "p", "completions": ["ab"], "tokens": [["a", "b"]], "logprobs": [[-1, 2]]}', /above 0/],
    ['{"prompt": "p", "completions": ["ab"], "logprobs": [[-1]]}', /1 logprobs for no tokens/],
    ['{"prompt": "p", "completions": ["a\\nb"], "step_labels": [[1]]}', /1 labels for the 2 steps/],
    ['{"question": "q", "ground_truth": "1", "model": {"solution": "s"}}', /model.is_correct: must be a number, is nothing/],
    ['[1, 2]', /must be an object, is a list/], ['null', /is null/], ['"text"', /is text/], ['{}', /none of the known sets/],
    ['{"__proto__": {"prompt": "p", "completions": ["c"]}}', /none of the known sets/],
    ['{"prompt": {"toString": 1}, "completion": "c"}', /prompt: must be text, is an object/],
  ])('%s', (line, message) => {
    expect(() => readRolloutLine(line)).toThrow(FormatError);
    expect(() => readRolloutLine(line)).toThrow(message);
  });

  test('a file with bad lines keeps the others and names the numbers, empty lines counted', async () => {
    const good = (prompt: string) => JSON.stringify({ prompt, completions: ['a', 'b'], rewards: [0, 1] });
    const file = await open(`\uFEFF${good('first')}\r\n\nnonsense\n${good('second')}\n{"prompt": 1}\n`);
    expect(file.problems.map(({ title }) => title)).toEqual(['first', 'second']);
    expect(file.badLines.map(({ line }) => line)).toEqual([3, 5]);
    expect(file.badCount).toBe(2);
    expect((await loadProblem(file, 0)).prompt).toBe('first');
    expect((await loadProblem(file, 1)).answers).toHaveLength(2);
  });

  test('deep nesting, a key named __proto__ and HTML are only text or an error, and change nothing else', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(() => readRolloutLine(`{"prompt": ${deep}, "completion": "c"}`)).toThrow(FormatError);
    expect(readRolloutLine(`{"prompt": "p", "completion": "c", "other": ${deep}}`).problem.answers).toHaveLength(1);
    const line = readRolloutLine('{"question": "<b>q</b>", "ground_truth": "1", "__proto__": {"solution": "<script>", "is_correct": true, "polluted": 1}}');
    expect(line.problem.answers).toEqual([{ text: '<script>', reward: 1, source: '__proto__' }]);
    expect(({} as { polluted?: number }).polluted).toBe(undefined);
  });

  test('a line that is too long is skipped without being kept', async () => {
    const lines: (string | undefined)[] = [];
    for await (const { text } of fileLines(new Blob(['short\n', 'x'.repeat(5000), '\n', 'last']), 1000)) lines.push(text);
    expect(lines).toEqual(['short', undefined, 'last']);
    expect(() => read({ prompt: 'x'.repeat(LIMITS.characters + 1), completion: 'c' })).toThrow(/characters/);
  });

  test('a problem takes no more answers than the limit', async () => {
    const file = await open(`${JSON.stringify({ prompt: 'p', completion: 'c', reward: 1 })}\n`.repeat(LIMITS.answers + 3));
    expect(file.problems[0]!.answers).toBe(LIMITS.answers);
    expect(file.badCount).toBe(3);
  });

  test('whatever JSON a line holds, it is read or refused with a sentence', () => {
    const names = fc.constantFrom('prompt', 'completions', 'completion', 'rewards', 'tokens', 'logprobs', 'steps', 'step_labels', 'labels', 'input', 'output', 'score', 'question', 'ground_truth', 'm', '__proto__', 'constructor');
    const values = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.integer()))), fc.dictionary(fc.string(), fc.string()));
    fc.assert(fc.property(fc.array(fc.tuple(names, values), { maxLength: 8 }), (fields) => {
      const line = `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
      try {
        expect(readRolloutLine(line).problem.answers.every(({ text }) => typeof text === 'string')).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }), { numRuns: 3000, seed: 5 });
  });
});

test('lines are the same however the bytes are cut', async () => {
  const text = 'a\n\nbß€\n😀 last';
  const bytes = new TextEncoder().encode(text);
  for (let size = 1; size <= bytes.length; size++) {
    const found = [];
    for await (const line of fileLines(new Blob([bytes]), 100, undefined, size)) found.push(line);
    expect(found.map((line) => [line.number, line.text])).toEqual([[1, 'a'], [3, 'bß€'], [4, '😀 last']]);
    for (const { start, end, text: own } of found) expect(new TextDecoder().decode(bytes.subarray(start, end))).toBe(own);
  }
});

test('the sixty problems; progress reaches the end; a cancelled reading ends', async () => {
  const blob = new Blob([SIXTY]);
  let reached = 0;
  const file = await openRolloutFile(blob, { onProgress: (done) => { reached = done; } });
  expect([file.problems.length, file.answers, file.badCount, reached]).toEqual([60, 240, 0, blob.size]);
  expect(file.formats).toEqual([{ format: 'gsm8k model solutions', lines: 60 }]);
  for (const [i, line] of SIXTY.trim().split('\n').entries()) {
    expect((await loadProblem(file, i)).answers.map(({ text }) => text)).toEqual(readRolloutLine(line).problem.answers.map(({ text }) => text));
  }
  await expect(openRolloutFile(blob, { isCancelled: () => true })).rejects.toBeInstanceOf(ReadCancelled);
});

test('what is written is read again as it was', () => {
  const problem = {
    prompt: 'p', reference: '4', answers: [
      { text: 'a\nb', reward: 1, source: 'm', tokens: ['a', '\n', 'b'], logprobs: [-1, -2, -3], steps: ['a\n', 'b'], stepLabels: ['right', 'unknown'] as const },
      { text: 'c', reward: null, tokens: ['c'], steps: ['c'], stepLabels: ['wrong'] as const },
    ],
  };
  const line = writeRolloutLine({
    problem, tokens: problem.answers.map(({ tokens }) => tokens), steps: problem.answers.map(({ steps }) => steps), verdicts: problem.answers.map(({ stepLabels }) => stepLabels),
    credit: { grpo: { A: { label: 'Advantage', shape: 'token', values: [[Math.fround(0.1), 0, 0], [-1]] } } },
  });
  expect(readRolloutLine(line).problem).toEqual(problem);
  expect((JSON.parse(line) as { credit: unknown }).credit).toEqual({ grpo: { A: { label: 'Advantage', shape: 'token', values: [[0.1, 0, 0], [-1]] } } });
});

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyPath } from './everyPathTesting';
import { FormatError } from './formatError';
import { decimalFloats, significantFloats } from './packedNumbers';
import { readRunFile, writeRunFile, type RunFile } from './runFile';
import { madeUpRun } from './runFileTesting';

test.each([[1], [2]])('61 updates with %i watched problems of 8 answers x 30 tokens take less than 300 KB of gzip', (problems) => {
  const kilobytes = gzipSync(writeRunFile(madeUpRun(61, problems)), { level: 9 }).length / 1000;
  expect(kilobytes).toBeLessThan(300);
});

test('floats keep the digits asked for; zeros, signs and special values survive', () => {
  const through = (codec: ReturnType<typeof decimalFloats>, values: number[]): number[] => [...codec.read(JSON.parse(JSON.stringify(codec.write(Float32Array.from(values)))), 'x')];
  const rounded = (values: number[]): number[] => values.map(Math.fround);
  // the largest is above 10, so the unit is 1e-4
  expect(through(significantFloats(4), [-0.69314718, 0, 12.345678, 0.00056789])).toEqual(rounded([-0.6931, 0, 12.35, 0.0006]));
  expect(through(significantFloats(4), [2.00004e-4, -1.23456e-6])).toEqual(rounded([2e-4, -1.235e-6]));
  expect(through(significantFloats(3), [3e38, 1e-45])).toEqual(rounded([3e38, 0]));
  expect(through(decimalFloats(3), [-0.69314718, -1e-9, 1000.00049])).toEqual(rounded([-0.693, 0, 1000]));
  expect(through(decimalFloats(3), [NaN, Infinity, -Infinity, 1])).toEqual([NaN, Infinity, -Infinity, 1]);
  expect(through(significantFloats(4), [])).toEqual([]);
});

test('a run survives writing and reading, and a second time exactly', () => {
  const run = madeUpRun(2, 2, 3, 30);
  const once = readRunFile(writeRunFile(run));
  expect(once.header).toEqual(run.header);
  expect(once.names).toEqual(run.names);
  expect(once.updates[1]!.sample.tokens_NT).toEqual(run.updates[1]!.sample.tokens_NT);
  expect(once.updates[1]!.critique).toEqual(run.updates[1]!.critique);
  expect(once.updates[0]!.credit.rows.map(({ values: _, ...rest }) => rest)).toEqual(run.updates[0]!.credit.rows.map(({ values: _, ...rest }) => rest));
  once.updates[0]!.gradient.ratio_NT.forEach((value, i) => expect(Math.abs(value - run.updates[0]!.gradient.ratio_NT[i]!)).toBeLessThan(1e-3));
  expect('referenceLogprobs_NT' in once.updates[0]!.score).toBe(false);
  expect(writeRunFile(once)).toBe(writeRunFile(readRunFile(writeRunFile(once))));
});

test('one JSON document in lines; laid out anew it reads the same; lines of the past and the state are exact', () => {
  const run: RunFile = { ...madeUpRun(3, 1, 2, 30), past: madeUpRun(3, 1, 2, 30).updates.map(({ line }, i) => ({ ...line, update: i + 1, kl: Math.PI / 7 })), state: Uint8Array.from({ length: 100_000 }, (_, i) => i % 251) };
  const written = writeRunFile(run);
  expect(written.split('\n').length).toBe(1 + 3 + 1 + 1);
  const read = readRunFile(written);
  expect([read.past, read.state]).toEqual([run.past, run.state]);
  expect(readRunFile(JSON.stringify(JSON.parse(written), null, 2))).toEqual(read);
  expect(readRunFile(written.replaceAll('\n', '\r\n'))).toEqual(read);
});

test('what a value model learned survives', () => {
  const plain = madeUpRun(1, 2, 3, 30);
  const [update] = plain.updates;
  const valueModel = { loss: 0.125, clipShare: 0.5, gradientNorm: 2, explainedVariance: null };
  const run = { ...plain, updates: [{ ...update!, line: { ...update!.line, explainedVariance: -0.75 }, credit: { ...update!.credit, valueTargets: 'r', rowMask: 'R', clipRange: 'r' }, valueModel }] };
  const [read] = readRunFile(writeRunFile(run)).updates;
  expect([read!.line.explainedVariance, read!.valueModel, read!.credit.valueTargets, read!.credit.rowMask, read!.credit.clipRange]).toEqual([-0.75, valueModel, 'r', 'R', 'r']);
  expect('valueModel' in readRunFile(writeRunFile(plain)).updates[0]!).toBe(false);
});

test('gradient norms by layer survive', () => {
  const written = writeRunFile(madeUpRun(1, 1, 2, 30));
  expect(readRunFile(written).updates[0]!.line.gradNormByLayer).toEqual([0.3, 0.35, 0.2]);
});

test('branch tokens survive; runs of other tasks have none', () => {
  const plain = madeUpRun(1, 1, 2, 30);
  const [update] = plain.updates;
  const branches_NK = [[{ token: 3, right: '<', valueRight: 1, valueWrong: 0.1 }, { token: 9, right: '>', valueRight: 1, valueWrong: 1 }], []];
  const withBranches = (branches: typeof branches_NK) => writeRunFile({ ...plain, updates: [{ ...update!, sample: { ...update!.sample, branches_NK: branches } }] });
  expect(readRunFile(withBranches(branches_NK)).updates[0]!.sample.branches_NK).toEqual(branches_NK);
  expect('branches_NK' in readRunFile(writeRunFile(plain)).updates[0]!.sample).toBe(false);
  expect(() => readRunFile(withBranches(branches_NK.slice(1)))).toThrow(/branches_NK: has 1 entries; 2 are needed/);
  expect(() => readRunFile(withBranches([[], [{ token: 30, right: '<', valueRight: 1, valueWrong: 0 }]]))).toThrow(/branches_NK\[1\]: token 30 is not in the answer/);
});

test('what a judge said survives; words that contradict their flags, or too many of them, are refused', () => {
  const plain = madeUpRun(1, 1, 2, 30);
  const [update] = plain.updates;
  const said = (first = 'Wrong steps: [0]', verdict: 'read' | 'failed' = 'read') => Array.from({ length: 2 }, () => [{ text: first, verdict, outOfRange: 1 }, { text: '<b>\u2028', verdict: 'no-list' as const, outOfRange: 0 }, { text: '', verdict: 'read' as const, outOfRange: 0 }]);
  const written = (said_Nk: ReturnType<typeof said>) =>
    writeRunFile({ ...plain, updates: [{ ...update!, critique: { ...update!.critique, judge: { model: 'm', where: 'localhost:1', system: 's', user: '{steps}', said_Nk } } }] });
  expect(readRunFile(written(said())).updates[0]!.critique.judge).toEqual({ model: 'm', where: 'localhost:1', system: 's', user: '{steps}', said_Nk: said() });
  // what stands for a run of values among packed numbers is a product among words
  expect(readRunFile(written(said('7*99999999999 is wrong.'))).updates[0]!.critique.judge!.said_Nk[0]![0]!.text).toBe('7*99999999999 is wrong.');
  expect('judge' in readRunFile(writeRunFile(plain)).updates[0]!.critique).toBe(false);
  expect(() => readRunFile(written(said('', 'failed')))).toThrow(/said_Nk\[0\]\[0\]: is "failed", which its flags contradict/);
  expect(() => readRunFile(written(said('x'.repeat(100_001))))).toThrow(/has 2000\d\d characters; 200000 are the most/);
  expect(() => readRunFile(written(said().slice(1)))).toThrow(/said_Nk: has 1 entries; 2 are needed/);
});

type Json = { [key: string]: Json } & Json[] & (string & number);

describe('a damaged run file', () => {
  const written = writeRunFile(madeUpRun(1, 2, 3, 30));
  const changed = (change: (run: Json) => void): string => {
    const json = JSON.parse(written) as Json;
    change(json);
    return JSON.stringify(json);
  };
  const set = (path: string, value: unknown) => changed((run) => {
    const names = path.split('.');
    const holder = names.slice(0, -1).reduce((at: Json, name) => at[name]!, run);
    (holder as Record<string, unknown>)[names.at(-1)!] = value;
  });
  test.each([
    ['truncated in its end', written.slice(0, -20), /run: is not JSON/],
    ['truncated between two lines', written.split('\n').slice(0, -2).join('\n'), /run: stops in the middle, after 1 updates/],
    ['truncated in its first line', written.slice(0, 500), /run: is not JSON/],
    ['nothing', '\n', /run: is empty/],
    ['something after its end', `${written}{}`, /run: goes on after its end: "{}"/],
    ['a number changed', written.replace('"reward":0.', '"reward":1.'), /run: is damaged: its contents have checksum \w{8}, it was written with "\w{8}"/],
    ['a number changed and laid out anew', set('updates.0.line.reward', 7), /run: is damaged/],
    ['updates out of order', JSON.stringify({ ...JSON.parse(written) as object, updates: [1, 2].map(() => (JSON.parse(written) as { updates: unknown[] }).updates[0]) }), /updates\[1\].line.update: is 0, after 0/],
    ['lines before that are not from the first on', changed((run) => { (run as unknown as Record<string, unknown>)['past'] = [{ ...(run['updates']![0]!['line'] as object), update: 2 }]; }), /past\[0\].update: must be 1/],
    ['a state that is no base64', set('state', '*'), /run: is damaged|run.state: is not base64/],
    ['a version of the future', set('header.format', 'creditscope-run/3'), /header.format: is "creditscope-run\/3", of a newer Creditscope; this one reads up to creditscope-run\/2/],
    ['another format', set('header.format', 'creditscope-comparison/1'), /header.format: must be creditscope-run\/2, is "creditscope-comparison\/1"/],
    ['no header', set('header', undefined), /run.header: must be an object, is nothing/],
    ['a setting of the wrong kind', set('header.configuration.loss.clipLow', 'a'), /clipLow: must be a number, is "a"/],
    ['unknown aggregation', set('header.configuration.loss.aggregation', 'mean'), /aggregation: must be one of/],
    ['hostile option name', changed((run) => { (run['header']!['configuration'] as Json)['taskOptions'] = JSON.parse('{"constructor":1}') as Json; }), /must not name a field "constructor"/],
    ['script address', set('names.paper.url', 'javascript:alert(1)'), /must begin with https/],
    ['too few tokens', set('updates.0.sample.tokens_NT', '1,2,3'), /tokens_NT: has 3 entries; 180 are needed/],
    ['token above the alphabet', set('updates.0.sample.tokens_NT', Array(180).fill(18).join(',')), /tokens_NT\[0\]: 18 is above 17/],
    ['huge claimed width', set('updates.0.sample.width', 1e15), /entries; 6000000000000000 are needed/],
    ['no number', set('updates.0.score.entropy_NT.values', 'a,b'), /entropy_NT\[0\]: "a" is not a whole number/],
    ['a run longer than any array', set('updates.0.score.entropy_NT.values', '0*5000000'), /holds more than 4194304 values/],
    ['endless runs', set('updates.0.score.entropy_NT.values', '0*4000000,'.repeat(20)), /claims 80\d* repeated values/],
    ['a run of nothing', set('updates.0.score.entropy_NT.values', '1*0'), /"1\*0" is not a run/],
    ['a run of runs', set('updates.0.score.entropy_NT.values', '1*2*3'), /"1\*2\*3" is not a run/],
    ['zero unit', set('updates.0.score.entropy_NT.unit', 0), /unit: must be a positive number/],
    ['answer of a problem that is not there', set('updates.0.sample.problem_N', '0,0,0,1,1,2'), /problem_N\[5\]: 2 is above 1/],
    ['overlapping steps', set('updates.0.critique.steps_NK.0.1', [2, 9]), /steps_NK\[0\]: step \[2, 9\) is out of place/],
    ['verdicts that miss a step', set('updates.0.critique.isCorrect_NK.0', [true]), /1 verdicts for 4 steps/],
    ['credit row of another shape', set('updates.0.credit.rows.0.shape', 'token'), /rows\[0\].values: has 6 entries; 180/],
    ['formula input that is not there', set('updates.0.credit.rows.0.inputs', { x: 'nothing' }), /names row "nothing"/],
    ['a row mask that is no row of answers', set('updates.0.credit.rowMask', 'r'), /rowMask: names "r", which is no row of answers/],
    ['a clip range that is no row of tokens', set('updates.0.credit.clipRange', 'R'), /clipRange: names "R", which is no row of tokens/],
    ['value targets that are no row of tokens', set('updates.0.credit.valueTargets', 'R'), /valueTargets: names "R", which is no row of tokens/],
    ['more watched answers than answers', set('updates.0.after.watchedAnswers', 7), /7 of 6 answers/],
    ['a flag byte above 1', set('updates.0.sample.finished_N', '0,0,0,2,0,0'), /finished_N\[3\]/],
  ])('%s', (_, json, message) => {
    expect(() => readRunFile(json)).toThrow(FormatError);
    expect(() => readRunFile(json)).toThrow(message);
  });

  test('any change of any field gives a run or a FormatError', () => {
    fc.assert(fc.property(fc.constantFrom(...everyPath(written)), fc.jsonValue(), (path, value) => {
      try {
        readRunFile(set(path.join('.'), value));
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }), { numRuns: 500 });
  });
});

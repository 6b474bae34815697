import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCritique } from './readCritique';

const flagsOf = (text: string, steps = 4) => readCritique(text, steps).flags;

describe('a list is found', () => {
  test.each<[string, string, number[]]>([
    ['the form asked for', 'Step 0 is fine. Step 1 adds wrongly.\nWrong steps: [1, 3]', [1, 3]],
    ['empty: no errors', 'All good.\nWrong steps: []', []],
    ['with a blank inside', 'Wrong steps: [ ]', []],
    ['in words', 'Wrong steps: none.', []],
    ['bold', '**Wrong steps:** [2]', [2]],
    ['boxed', 'Wrong steps: $\\boxed{[0, 2]}$', [0, 2]],
    ['lower case, singular', 'so the wrong step: [3]', [3]],
    ['a bare list, as in the paper', 'Step1 and Step3 are wrong. [1,3]', [1, 3]],
    ['called steps', 'Wrong steps: [step 1, <step 2>]', [1, 2]],
    ['quoted', 'Wrong steps: ["1", \'2\']', [1, 2]],
    ['semicolons', 'Wrong steps: [0; 1]', [0, 1]],
    ['out of order, repeated', 'Wrong steps: [3, 1, 3, 1]', [1, 3]],
    ['the last of several', 'Wrong steps: [0]\nWait.\nWrong steps: [1]', [1]],
    ['the labelled one before a footnote', 'Wrong steps: [2]\nsee [0]', [2]],
    ['the last that is a list of numbers', 'Verdict [1] as in [the problem]', [1]],
    ['after thinking', '<think>Wrong steps: [0, 1, 2]</think>\nWrong steps: [3]', [3]],
    ['on lines', 'Wrong steps:\n[\n 1,\n 2\n]', [1, 2]],
    ['leading zeros', 'Wrong steps: [01]', [1]],
  ])('%s', (_, text, flags) => {
    expect(readCritique(text, 4)).toEqual({ flags, text, verdict: 'read', outOfRange: 0 });
  });
});

test.each<[string, number[], number]>([
  ['[4]', [], 1], ['[-1, 0]', [0], 1], ['[0, 1, 2, 3, 4, 5, 5]', [0, 1, 2, 3], 2], ['[999999999]', [], 1],
])('out of range is dropped, and counted once: %s', (list, flags, outOfRange) => {
  expect(readCritique(`Wrong steps: ${list}`, 4)).toMatchObject({ flags, outOfRange, verdict: 'read' });
});

describe('a failed critique is missing, not "no errors"', () => {
  test.each([
    ['nothing', ''], ['blanks', ' \n\t'], ['prose', 'I think the second step is wrong.'], ['not closed', 'Wrong steps: [1, 3'], ['never opened', 'Wrong steps: 1, 3]'],
    ['a range', '[1-3]'], ['a fraction', '[1.5]'], ['letters', '[a, b]'], ['a missing item', '[1,,2]'], ['an exponent', '[1e1]'], ['hexadecimal', '[0x1]'],
    ['a number too long to be one', `[${'9'.repeat(400)}]`], ['an object', '{"wrong": {"steps": "1"}}'], ['round brackets', 'Wrong steps: (1, 3)'],
    ['nothing but thinking', '<think></think>'], ['HTML', '<b onclick="alert(1)">[x]</b>'], ['full-width digits', '[１]'], ['an infinite number', '[Infinity]'], ['null', '[null]'],
    ['many items', `[${Array(2000).fill(1).join(',')}]`], ['none of something else', 'Wrong steps: nonetheless many'],
  ])('%s', (_, text) => {
    expect(readCritique(text, 4)).toEqual({ flags: null, text, verdict: 'no-list', outOfRange: 0 });
  });

  test('cut off: by the judge\'s own word, or while it still thinks', () => {
    expect(readCritique('Wrong steps: [1]', 4, true)).toMatchObject({ flags: null, verdict: 'cut-off' });
    expect(readCritique('<think>maybe Wrong steps: [1]', 4)).toMatchObject({ flags: null, verdict: 'cut-off' });
  });
});

test('an answer without steps has no step to flag', () => {
  expect(readCritique('Wrong steps: [0]', 0)).toMatchObject({ flags: [], outOfRange: 1 });
});

test('a list of lists counts only as its innermost lists', () => {
  expect(flagsOf('[[0], [1]]')).toEqual([1]);
  expect(flagsOf(`${'['.repeat(50_000)}1${']'.repeat(50_000)}`)).toBe(null);
});

test.each([
  ['brackets', '['.repeat(1_000_000)], ['labels', 'wrong steps '.repeat(100_000)], ['digits', `wrong steps [${'1'.repeat(1_000_000)}`], ['commas', `[${','.repeat(1_000_000)}]`],
  ['blanks after a label', `wrong steps${' '.repeat(1_000_000)}`], ['unclosed lists', '[1,'.repeat(300_000)], ['thoughts', '<think>'.repeat(200_000)],
])('a megabyte of %s is read in no time', (_, text) => {
  const started = performance.now();
  expect(readCritique(text, 4).flags).toBe(null);
  expect(performance.now() - started).toBeLessThan(500);
});

test('whatever comes, flags are steps of the answer, ascending, or there are none', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('Wrong steps: ', '[', ']', ',', '1', '<think>', '</think>', '\n', 'none', '-', '[0, 2]'));
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(6), (pieces, steps) => {
    const { flags, verdict } = readCritique(pieces.join(''), steps);
    expect(flags === null).toBe(verdict !== 'read');
    expect(flags ?? []).toEqual([...new Set(flags ?? [])].filter((step) => Number.isInteger(step) && step >= 0 && step < steps).sort((a, b) => a - b));
  }), { numRuns: 1000 });
});

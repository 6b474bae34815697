// A line of a credit program with its numbers in place: "({R} − {mean}) / ({std} + {epsilon})" becomes
// "(1 − 0.818) / (1.22 + 0.0001) = 0.149". A name that stands for more numbers than the line has (the rewards that a
// mean is taken over) is replaced by their list; {V›next} is V's number at the next token. Only text is made; nothing is evaluated, the result is the record's own.

import type { CreditRow } from '../lab/record';
import type { Geometry, Place } from './creditGeometry';
import { valueAt, valuesUnder } from './creditGeometry';
import { formatShort } from './format';
import { neighbourNumber, readTerm, rowOfTerm } from './neighbourTerm';

export interface FormulaSegment {
  readonly text: string;
  /** what the number is: the label of the row it comes from, or the name of the parameter */
  readonly source?: string;
  /** the term in the formula, where it is a line's number: the name of an input, or of its neighbour (V›next) */
  readonly input?: string;
}

export interface SubstitutedFormula {
  readonly segments: readonly FormulaSegment[];
  readonly text: string;
  /** the row's own number for this token; NaN where it has none */
  readonly result: number;
}

const COARSE_TO_FINE = ['scalar', 'problem', 'answer', 'step', 'token'] as const;
const LONGEST_LIST = 8;

/** A formula as it is read: names without braces, {V›next} as "next V". */
export function writtenFormula(formula: string): string {
  return formula.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => writtenTerm(name)).replaceAll(/[{}]/g, '');
}

function writtenTerm(text: string): string {
  const { name, neighbour } = readTerm(text);
  return neighbour === undefined ? name : `${neighbour} ${name}`;
}

export function substituteFormula(row: CreditRow, rows: readonly CreditRow[], geometry: Geometry, place: Place): SubstitutedFormula {
  const segments: FormulaSegment[] = [];
  let written = '';
  const parts = row.formula.split(/(\{[^{}]*\})/);
  parts.forEach((part, index) => {
    const segment = part.startsWith('{') && part.endsWith('}') ? replacement(part.slice(1, -1), row, rows, geometry, place) : { text: part };
    if (segment.text === '') return;
    const isPowered = /^\s*[²³^]/.test(parts[index + 1] ?? '');
    const needsBrackets = segment.source !== undefined && segment.text.startsWith('−') && !segment.text.includes(',') && (isPowered || /[-+−·*×/^]\s*$/.test(written));
    const text = needsBrackets ? `(${segment.text})` : segment.text;
    written += text;
    segments.push({ ...segment, text });
  });
  for (const segment of unnamedInputs(row, rows, geometry, place)) {
    written += segment.text;
    segments.push(segment);
  }
  return { segments, text: written, result: valueAt(row, geometry, place) };
}

/** A formula in words ("mean of R over the problem's answers") does not name its inputs in braces: their numbers follow it. */
function unnamedInputs(row: CreditRow, rows: readonly CreditRow[], geometry: Geometry, place: Place): FormulaSegment[] {
  return Object.keys(row.inputs).filter((name) => !row.formula.includes(`{${name}}`) && !row.formula.includes(`{${name}›`)).flatMap((name) => {
    const { text, source, input } = replacement(name, row, rows, geometry, place);
    return source === undefined ? [] : [{ text: `; ${name} = ` }, { text, source, ...(input !== undefined && { input }) }];
  });
}

/** Up to eight numbers as they are; more as a tally ("2 ×9, 1 ×4"), and a tally that is too long is cut. */
export function listNumbers(values: readonly number[]): string {
  if (values.length <= LONGEST_LIST) return values.map(formatShort).join(', ');
  const texts = new Map<number, string>();
  const tally = new Map<string, number>();
  // ends as soon as it is too long: a mean may be over tens of thousands of tokens
  for (const value of values) {
    const text = texts.get(value) ?? formatShort(value);
    texts.set(value, text);
    tally.set(text, (tally.get(text) ?? 0) + 1);
    if (tally.size > LONGEST_LIST) return `${values.slice(0, 3).map(formatShort).join(', ')}, … ${values.length} numbers`;
  }
  return [...tally].map(([text, count]) => (count === 1 ? text : `${text} ×${count}`)).join(', ');
}

function replacement(name: string, row: CreditRow, rows: readonly CreditRow[], geometry: Geometry, place: Place): FormulaSegment {
  const term = readTerm(name);
  if (term.neighbour !== undefined) {
    const from = rowOfTerm(row, term, rows);
    return from === undefined ? { text: writtenTerm(name) } : { text: formatShort(neighbourNumber(term, row, rows, geometry, place)), source: `${from.label}, ${term.neighbour} ${row.shape}`, input: name };
  }
  if (Object.hasOwn(row.inputs, name)) {
    const input = rows.find((candidate) => candidate.id === row.inputs[name]);
    if (input === undefined) return { text: name };
    const isFiner = COARSE_TO_FINE.indexOf(input.shape) > COARSE_TO_FINE.indexOf(row.shape);
    const text = isFiner ? listNumbers(valuesUnder(input, geometry, row.shape, place)) : formatShort(valueAt(input, geometry, place));
    return { text, source: input.label, input: name };
  }
  if (Object.hasOwn(row.parameters, name)) {
    const value = row.parameters[name]!;
    return { text: typeof value === 'number' ? formatShort(value) : value, source: name };
  }
  return { text: name };
}

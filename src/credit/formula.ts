// Formulas of credit programs. The text a person reads, "({R} − {mean}) / ({std} + {epsilon})", is what is computed:
// {names} stand for rows and parameters, operators are + − × / > ≥ = with the usual precedence, functions are
// min, max, abs, exp, log, floor, √ and where(condition, then, else). Dividing by exactly zero gives 0.

import type { OperationName } from '../kernels/credit/elementwise';

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'apply'; readonly operation: OperationName; readonly operands: readonly Expression[] };

const COMPARISONS: Readonly<Record<string, OperationName>> = { '>': 'greater', '≥': 'atLeast', '=': 'equal' };
const SUMS: Readonly<Record<string, OperationName>> = { '+': 'add', '−': 'subtract' };
const PRODUCTS: Readonly<Record<string, OperationName>> = { '×': 'multiply', '/': 'divide' };
const FUNCTIONS: ReadonlyMap<string, readonly [OperationName, number]> = new Map([
  ['min', ['minimum', 2]], ['max', ['maximum', 2]], ['where', ['where', 3]],
  ['abs', ['absolute', 1]], ['exp', ['exponential', 1]], ['log', ['logarithm', 1]], ['√', ['squareRoot', 1]], ['floor', ['floor', 1]],
]);
const TOKEN = /\s*(?:(\d+(?:\.\d+)?(?:e[−-]?\d+)?)|\{(\w+)\}|([a-z]+|√)|([-+*−×/>≥=(),]))/uy;

interface Word { readonly kind: 'number' | 'name' | 'function' | 'sign'; readonly text: string }

export function parseFormula(text: string): Expression {
  const words = split(text);
  let at = 0;
  const fail = (): never => { throw new SyntaxError(`formula "${text}": unexpected ${words[at]?.text ?? 'end'}`); };
  const take = (sign: string): boolean => (words[at]?.kind === 'sign' && words[at]?.text === sign ? (at++, true) : false);
  const expect = (sign: string): void => { if (!take(sign)) fail(); };

  const chain = (signs: Readonly<Record<string, OperationName>>, operand: () => Expression) => (): Expression => {
    let left = operand();
    for (;;) {
      const sign = Object.keys(signs).find(take);
      if (sign === undefined) return left;
      left = { kind: 'apply', operation: signs[sign]!, operands: [left, operand()] };
    }
  };
  const atom = (): Expression => {
    if (take('−')) return { kind: 'apply', operation: 'subtract', operands: [{ kind: 'number', value: 0 }, atom()] };
    if (take('(')) {
      const inner = expression();
      expect(')');
      return inner;
    }
    const word = words[at++];
    if (word?.kind === 'number') return { kind: 'number', value: Number(word.text.replace('−', '-')) };
    if (word?.kind === 'name') return { kind: 'name', name: word.text };
    const known = word?.kind === 'function' ? FUNCTIONS.get(word.text) : undefined;
    if (known === undefined) { at--; return fail(); }
    const operands: Expression[] = [];
    expect('(');
    do operands.push(expression()); while (take(','));
    expect(')');
    if (operands.length !== known[1]) throw new SyntaxError(`formula "${text}": ${word!.text} takes ${known[1]} arguments`);
    return { kind: 'apply', operation: known[0], operands };
  };
  const expression = chain(COMPARISONS, chain(SUMS, chain(PRODUCTS, atom)));

  const whole = expression();
  if (at < words.length) fail();
  return whole;
}

/** The names a formula uses, once each, in order. */
export function namesOf(expression: Expression): string[] {
  switch (expression.kind) {
    case 'number': return [];
    case 'name': return [expression.name];
    case 'apply': return [...new Set(expression.operands.flatMap(namesOf))];
  }
}

function split(text: string): Word[] {
  const words: Word[] = [];
  TOKEN.lastIndex = 0;
  const source = text.trimEnd();
  while (TOKEN.lastIndex < source.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) throw new SyntaxError(`formula "${text}": cannot read "${source.slice(from)}"`);
    const [, number, name, called, sign] = match;
    if (number !== undefined) words.push({ kind: 'number', text: number });
    else if (name !== undefined) words.push({ kind: 'name', text: name });
    else if (called !== undefined) words.push({ kind: 'function', text: called });
    else words.push({ kind: 'sign', text: sign === '-' ? '−' : sign === '*' ? '×' : sign! });
  }
  return words;
}

// The value of an expression in figures: + - * / with their usual precedence, brackets, signs, "x", "×", "·" and "÷", thousands commas, and
// currency signs, which mean nothing. Recursion goes only as deep as there are brackets, and those are limited.

const DEEPEST = 50;
const TOKEN = /\s*(?:((?:\d{1,3}(?:,\d{3})+|\d+)?\.\d+|\d{1,3}(?:,\d{3})+(?![\d,])|\d+)|([+\-−–*/x×÷·()%]))/y;

/** Undefined where the text is no expression, or has no finite value. `percent`: what a percent sign multiplies by. */
export function evaluate(text: string, percent = 0.01): number | undefined {
  const tokens = tokensOf(text.replace(/[$€£]/g, ''));
  if (tokens === undefined) return undefined;
  let at = 0;
  let depth = 0;

  function sum(): number {
    let value = product();
    while (tokens![at] === '+' || tokens![at] === '-') value = tokens![at++] === '+' ? value + product() : value - product();
    return value;
  }
  function product(): number {
    let value = factor();
    while (tokens![at] === '*' || tokens![at] === '/') value = tokens![at++] === '*' ? value * factor() : value / factor();
    return value;
  }
  function factor(): number {
    let sign = 1;
    while (tokens![at] === '-' || tokens![at] === '+') if (tokens![at++] === '-') sign = -sign;
    let value = Number.NaN;
    const token = tokens![at++];
    if (typeof token === 'number') value = token;
    else if (token === '(' && ++depth <= DEEPEST) {
      value = sum();
      if (tokens![at++] !== ')') return Number.NaN;
      depth--;
    }
    while (tokens![at] === '%') {
      at++;
      value *= percent;
    }
    return sign * value;
  }

  const value = sum();
  return at === tokens.length && Number.isFinite(value) ? value : undefined;
}

function tokensOf(text: string): (number | string)[] | undefined {
  const tokens: (number | string)[] = [];
  TOKEN.lastIndex = 0;
  const trimmed = text.trimEnd();
  // in "5x - 3" the x is an unknown
  if (/x\s*[+\-−–]/.test(trimmed)) return undefined;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (match === null) return undefined;
    tokens.push(match[1] === undefined ? plain(match[2]!) : Number(match[1].replaceAll(',', '')));
  }
  return tokens;
}

function plain(sign: string): string {
  if ('x×·'.includes(sign)) return '*';
  if (sign === '÷') return '/';
  return '−–'.includes(sign) ? '-' : sign;
}

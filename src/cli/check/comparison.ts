// Compares what was computed with the `expected` of a case, key by key, and keeps the worst error, what was compared
// and what was not. Paths such as "per_temperature.0.entropy" lead into nested results.

import { FormatError, shown } from '../../formats/formatError';
import { readTensor, type NumberTensor } from './numberTensor';
import { worstError, type Tolerance, type Tolerances } from './tolerance';

export class Comparison {
  worst = 0;
  worstKey = '';
  worstDetail = '';
  count = 0;
  private readonly compared = new Set<string>();

  constructor(readonly expected: Readonly<Record<string, unknown>>, private readonly tolerances: Tolerances) {}

  /** The value at a path; undefined where it is absent or null. */
  at(path: string): unknown {
    let value: unknown = this.expected;
    for (const name of path.split('/')) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    return value ?? undefined;
  }

  has(path: string): boolean {
    return this.at(path) !== undefined;
  }

  tensor(path: string): NumberTensor {
    const value = this.at(path);
    if (value === undefined) throw new FormatError(`expected.${path}`, 'is missing');
    return readTensor(value, `expected.${path}`);
  }

  /** Compares if the key is there. `toleranceKeys` are tried in order where tolerances are given by key. */
  check(path: string, got: ArrayLike<number> | number, options: { toleranceKeys?: readonly string[]; counts?: ArrayLike<number>; shape?: readonly number[] } = {}): void {
    if (!this.has(path)) {
      this.compared.add(path);
      return;
    }
    const { shape, data } = this.tensor(path);
    if (options.shape !== undefined && shape.join() !== options.shape.join()) {
      throw new FormatError(`expected.${path}`, `has shape [${shape.join(', ')}]; [${options.shape.join(', ')}] is what the inputs give`);
    }
    const { share, detail } = worstError(typeof got === 'number' ? [got] : got, data, this.tolerance(path, options.toleranceKeys ?? []), options.counts);
    this.note(path, share, detail);
  }

  /** As check, for expected numbers that the caller has read from the path itself. */
  checkNumbers(path: string, got: ArrayLike<number>, expected: ArrayLike<number>, toleranceKeys: readonly string[] = [], counts?: ArrayLike<number>): void {
    const { share, detail } = worstError(got, expected, this.tolerance(path, toleranceKeys), counts);
    this.note(path, share, detail);
  }

  /** Compares whole numbers exactly. */
  checkExactly(path: string, got: readonly number[]): void {
    if (!this.has(path)) return;
    const { data } = this.tensor(path);
    const { share, detail } = worstError(got, data, { mode: 'elementwise', rtol: 0, atol: 0 });
    this.note(path, share, detail);
  }

  /** Records a verdict that is not a comparison of tensors. */
  note(path: string, share: number, detail: string): void {
    this.compared.add(path);
    this.count++;
    if (share > this.worst || this.worstKey === '') {
      this.worst = share;
      this.worstKey = path;
      this.worstDetail = detail;
    }
  }

  tolerance(path: string, keys: readonly string[]): Tolerance {
    if ('all' in this.tolerances) return this.tolerances.all;
    const last = path.split('/').at(-1)!;
    const found = [...keys, path, path.replaceAll('/', '.'), path.split('/')[0]!, last].find((key) => Object.hasOwn((this.tolerances as { byKey: object }).byKey, key));
    if (found === undefined) throw new FormatError('tolerance', `has none for ${shown(path)}`);
    return this.tolerances.byKey[found]!;
  }

  /** Keys of expected that were not compared, without those that only inform. Objects count as compared key by key. */
  uncompared(informational: readonly string[]): string[] {
    return leaves(this.expected, '').filter((path) => {
      const name = path.split('/').at(-1)!;
      if (informational.includes(name)) return false;
      return ![...this.compared].some((done) => done === path || path.startsWith(`${done}/`));
    });
  }
}

/** Paths of everything that is not an object or a list of objects; null is nothing to compare. */
function leaves(value: unknown, path: string): string[] {
  if (value === null || value === undefined) return [];
  const isTensor = typeof value === 'object' && 'b64' in value;
  const isListOfObjects = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one) && !('b64' in one));
  if (!isTensor && (isListOfObjects || (typeof value === 'object' && !Array.isArray(value)))) {
    return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === '' ? name : `${path}/${name}`));
  }
  return [path];
}

// Typed access to the inputs of a case, remembering what was read: an input that nobody read may have changed the
// meaning of the case, and then the case must not pass.

import { FormatError, shown } from '../../formats/formatError';
import { readTensor, type NumberTensor } from './numberTensor';

export class Fields {
  readonly all: Readonly<Record<string, unknown>>;
  private readonly used = new Set<string>();
  private readonly children = new Map<string, Fields>();

  constructor(value: unknown, readonly where: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FormatError(where, `must be an object, is ${shown(value)}`);
    this.all = value as Record<string, unknown>;
  }

  /** null counts as absent */
  has(name: string): boolean {
    this.used.add(name);
    return Object.hasOwn(this.all, name) && this.all[name] !== null && this.all[name] !== undefined;
  }

  raw(name: string): unknown {
    if (!this.has(name)) throw new FormatError(`${this.where}.${name}`, 'is missing');
    return this.all[name];
  }

  /** Marks a field as known to change nothing here. */
  ignore(...names: string[]): void {
    for (const name of names) this.used.add(name);
  }

  inner(name: string): Fields {
    const known = this.children.get(name);
    if (known !== undefined) return known;
    const child = new Fields(this.raw(name), `${this.where}.${name}`);
    this.children.set(name, child);
    return child;
  }

  /** Rectangular numbers, each rounded to float32 as the format asks. */
  tensor(name: string, rank: number): NumberTensor {
    const tensor = readTensor(this.raw(name), `${this.where}.${name}`);
    if (tensor.shape.length !== rank) throw new FormatError(`${this.where}.${name}`, `has ${tensor.shape.length} axes; ${rank} are needed`);
    return tensor;
  }

  /** A tensor of a given shape. */
  shaped(name: string, shape: readonly number[]): NumberTensor {
    const tensor = this.tensor(name, shape.length);
    if (tensor.shape.some((size, axis) => size !== shape[axis])) {
      throw new FormatError(`${this.where}.${name}`, `has shape [${tensor.shape.join(', ')}]; [${shape.join(', ')}] is needed`);
    }
    return tensor;
  }

  mask(name: string, shape: readonly number[]): Uint32Array<ArrayBuffer> {
    return this.wholes(this.shaped(name, shape), name, 2);
  }

  /** Whole numbers from 0 below `limit`. */
  wholes(tensor: NumberTensor, name: string, limit = 2 ** 31): Uint32Array<ArrayBuffer> {
    const bad = tensor.data.findIndex((value) => !Number.isInteger(value) || value < 0 || value >= limit);
    if (bad >= 0) throw new FormatError(`${this.where}.${name}`, `entry ${bad} is ${tensor.data[bad]}; a whole number from 0 to ${limit - 1} is needed`);
    return Uint32Array.from(tensor.data);
  }

  /** A hyper-parameter: the decimal itself, not rounded to float32. */
  number(name: string): number {
    const value = this.raw(name);
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new FormatError(`${this.where}.${name}`, `must be a number, is ${shown(value)}`);
    return value;
  }

  whole(name: string, least: number, most = 2 ** 24): number {
    const value = this.number(name);
    if (!Number.isInteger(value) || value < least || value > most) throw new FormatError(`${this.where}.${name}`, `must be a whole number from ${least} to ${most}, is ${value}`);
    return value;
  }

  numberOr<T>(name: string, otherwise: T): number | T {
    return this.has(name) ? this.number(name) : otherwise;
  }

  text(name: string): string {
    const value = this.raw(name);
    if (typeof value !== 'string') throw new FormatError(`${this.where}.${name}`, `must be text, is ${shown(value)}`);
    return value;
  }

  flagOr(name: string, otherwise: boolean): boolean {
    if (!this.has(name)) return otherwise;
    const value = this.all[name];
    if (typeof value !== 'boolean') throw new FormatError(`${this.where}.${name}`, `must be true or false, is ${shown(value)}`);
    return value;
  }

  /** Names of fields that were never read, those of inner objects included. null is nothing to read. */
  unread(prefix = ''): string[] {
    const own = Object.keys(this.all).filter((name) => !this.used.has(name) && this.all[name] !== null && this.all[name] !== undefined).map((name) => prefix + name);
    return [...own, ...[...this.children].flatMap(([name, child]) => child.unread(`${prefix}${name}.`))];
  }
}

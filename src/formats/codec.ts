// One declaration for both directions: a codec writes a value as JSON and reads it back, checking everything.
// Readers build fresh objects from the fields they know; what a file holds besides is not taken over.

import { FormatError, shown } from './formatError';

export interface Codec<T> {
  write(value: T): unknown;
  read(json: unknown, where: string): T;
}

const kept = <T>(name: string, isRight: (json: unknown) => json is T): Codec<T> => ({
  write: (value) => value,
  read: (json, where) => {
    if (!isRight(json)) throw new FormatError(where, `must be ${name}, is ${shown(json)}`);
    return json;
  },
});

export const text: Codec<string> = kept('text', (json) => typeof json === 'string');
export const flag: Codec<boolean> = kept('true or false', (json) => typeof json === 'boolean');
export const count: Codec<number> = kept('a whole number', (json): json is number => typeof json === 'number' && Number.isSafeInteger(json) && json >= 0);

export const oneOf = <const T extends string>(...choices: readonly T[]): Codec<T> =>
  kept(`one of ${choices.join(', ')}`, (json): json is T => typeof json === 'string' && (choices as readonly string[]).includes(json));

const SPECIAL: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity };

/** A number exactly; JSON has no NaN and infinities, so they are text. */
export const number: Codec<number> = {
  write: (value) => (Number.isFinite(value) ? value : String(value)),
  read: (json, where) => {
    if (typeof json === 'number') return json;
    if (typeof json === 'string' && Object.hasOwn(SPECIAL, json)) return SPECIAL[json]!;
    throw new FormatError(where, `must be a number, is ${shown(json)}`);
  },
};

/** A diagnostic number: six significant digits are kept. */
export const roundedNumber: Codec<number> = {
  write: (value) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : String(value)),
  read: number.read,
};

export const either = <A extends number | string, B extends number | string>(first: Codec<A>, second: Codec<B>, isFirst: (value: A | B) => value is A): Codec<A | B> => ({
  write: (value) => (isFirst(value) ? first.write(value) : second.write(value)),
  read: (json, where) => (isFirst(json as A | B) ? first.read(json, where) : second.read(json, where)),
});
export const numberOrText: Codec<number | string> = either(number, text, (value): value is number => typeof value === 'number');

export const orNull = <T>(codec: Codec<T>): Codec<T | null> => ({
  write: (value) => (value === null ? null : codec.write(value)),
  read: (json, where) => (json === null ? null : codec.read(json, where)),
});

export const optional = <T>(codec: Codec<T>): Codec<T | undefined> => ({
  write: (value) => (value === undefined ? undefined : codec.write(value)),
  read: (json, where) => (json === undefined ? undefined : codec.read(json, where)),
});

export const list = <T>(codec: Codec<T>): Codec<readonly T[]> => ({
  write: (values) => values.map((value) => codec.write(value)),
  read: (json, where) => {
    if (!Array.isArray(json)) throw new FormatError(where, `must be a list, is ${shown(json)}`);
    return json.map((one, i) => codec.read(one, `${where}[${i}]`));
  },
});

export const pair = <T>(codec: Codec<T>): Codec<readonly [T, T]> => ({
  write: ([a, b]) => [codec.write(a), codec.write(b)],
  read: (json, where) => {
    if (!Array.isArray(json) || json.length !== 2) throw new FormatError(where, `must be two values, is ${shown(json)}`);
    return [codec.read(json[0], `${where}[0]`), codec.read(json[1], `${where}[1]`)];
  },
});

/** Names chosen by the file, such as options. `__proto__` and its like cannot be among them. */
export const dictionary = <T>(codec: Codec<T>): Codec<Readonly<Record<string, T>>> => ({
  write: (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, codec.write(value)])),
  read: (json, where) => {
    const entries = Object.entries(fieldsOf(json, where));
    const bad = entries.find(([name]) => name in Object.prototype);
    if (bad !== undefined) throw new FormatError(where, `must not name a field ${shown(bad[0])}`);
    return Object.fromEntries(entries.map(([name, value]) => [name, codec.read(value, `${where}.${name}`)]));
  },
});

export const record = <T extends object>(codecs: { readonly [K in keyof T]-?: Codec<T[K]> }): Codec<T> => {
  const names = Object.keys(codecs) as (keyof T & string)[];
  return {
    write: (value) => Object.fromEntries(names.map((name) => [name, codecs[name].write(value[name])])),
    read: (json, where) => {
      const fields = fieldsOf(json, where);
      const read = names.map((name) => [name, codecs[name].read(Object.hasOwn(fields, name) ? fields[name] : undefined, `${where}.${name}`)] as const);
      return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as unknown as T;
    },
  };
};

/** One of several shapes, told apart by their field `kind`. */
export const byKind = <T extends { readonly kind: string }>(codecs: { readonly [Kind in T['kind']]: Codec<Extract<T, { readonly kind: Kind }>> }): Codec<T> => {
  const codecOf = (kind: unknown, where: string): Codec<T> => {
    if (typeof kind !== 'string' || !Object.hasOwn(codecs, kind)) throw new FormatError(`${where}.kind`, `must be one of ${Object.keys(codecs).join(', ')}, is ${shown(kind)}`);
    return codecs[kind as T['kind']] as unknown as Codec<T>;
  };
  return {
    write: (value) => codecOf(value.kind, 'value').write(value),
    read: (json, where) => codecOf(fieldsOf(json, where)['kind'], where).read(json, where),
  };
};

function fieldsOf(json: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new FormatError(where, `must be an object, is ${shown(json)}`);
  return json as Record<string, unknown>;
}

// Fields of a line from outside, read one by one: each is checked, bounded and copied. What is wrong is said without showing more of the file
// than its kind, because a value can be as deep or as long as it likes.

import { FormatError } from '../formatError';
import { LIMITS, type StepLabel } from './rollout';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Only what the object itself has: a file may name a field `__proto__` or `constructor`. */
export function field(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) && object[name] !== null ? object[name] : undefined;
}

export function has(object: JsonObject, ...names: readonly string[]): boolean {
  return names.every((name) => field(object, name) !== undefined);
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return { string: 'text', number: 'a number', boolean: 'true or false', object: 'an object' }[typeof value as string] ?? typeof value;
}

const refuse = (name: string, wanted: string, value: unknown): never => {
  throw new FormatError(name, `must be ${wanted}, is ${kindOf(value)}`);
};

export function readText(value: unknown, name: string): string {
  if (typeof value !== 'string') return refuse(name, 'text', value);
  if (value.length > LIMITS.characters) throw new FormatError(name, `has ${value.length} characters; ${LIMITS.characters} are the most`);
  return value;
}

export function readNumber(value: unknown, name: string): number {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'number') return refuse(name, 'a number', value);
  if (!Number.isFinite(value)) throw new FormatError(name, 'is too large for a number');
  return value;
}

export function readList<T>(value: unknown, name: string, most: number, read: (one: unknown, name: string) => T): T[] {
  if (!Array.isArray(value)) return refuse(name, 'a list', value);
  if (value.length > most) throw new FormatError(name, `has ${value.length} entries; ${most} are the most`);
  return value.map((one, i) => read(one, `${name}[${i}]`));
}

/** Text, or a conversation: messages with a role and a content. A completion is what the assistant says, without its role. */
export function readConversation(value: unknown, name: string, isPrompt: boolean): string {
  if (!Array.isArray(value)) return readText(value, name);
  const parts = readList(value, name, 256, (message, where) => {
    if (!isObject(message)) return refuse(where, 'a message', message);
    const content = readText(field(message, 'content') ?? '', `${where}.content`);
    return isPrompt && value.length > 1 ? `${readText(field(message, 'role') ?? 'message', `${where}.role`)}: ${content}` : content;
  });
  return readText(parts.join('\n'), name);
}

/** Right answers come as text, as a number, or as a list of one. */
export function readReference(value: unknown, name: string): string | undefined {
  const only = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
  if (typeof only === 'number' && Number.isFinite(only)) return String(only);
  return typeof only === 'string' ? readText(only, name) : undefined;
}

/**
 * 1, true and "+" mean right, 0, false and "-" wrong, null not judged. Where a list has −1, it rates like PRM800K: −1 is wrong and 0
 * neither.
 */
export function readStepLabels(value: unknown, name: string): StepLabel[] {
  const isRating = Array.isArray(value) && value.includes(-1);
  return readList(value, name, LIMITS.tokens, (one, where): StepLabel => {
    if (one === null || (isRating && one === 0)) return 'unknown';
    if (one === 1 || one === true || one === '+') return 'right';
    if (one === 0 || one === -1 || one === false || one === '-') return 'wrong';
    throw new FormatError(where, `must be 1, 0, −1, true, false, "+", "-" or null, is ${kindOf(one)}`);
  });
}

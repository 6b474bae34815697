// The one error every reader of outside data throws. `where` says which file or field, the message what is wrong with it.

export class FormatError extends Error {
  constructor(readonly where: string, readonly problem: string) {
    super(`${where}: ${problem}`);
    this.name = 'FormatError';
  }
}

/** A value from outside, shortened for an error message. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : asJson(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // what was parsed without the stack may be too deep for writing it
    return 'something nested very deeply';
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** JSON from bytes; every way it can fail is a FormatError. */
export function parseJson(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch (error) {
    throw new FormatError(where, `is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}

export function asObject(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FormatError(where, `must be an object, is ${shown(value)}`);
  return value as Record<string, unknown>;
}

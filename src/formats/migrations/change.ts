// A changed copy of an object in JSON from outside; anything else stays as it is, for the reader to refuse.

export type Fields = Readonly<Record<string, unknown>>;

export function change(json: unknown, to: (fields: Fields) => Fields): unknown {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? to(json as Fields) : json;
}

// The hash of an address as fields that are taken one by one. Whatever nobody takes, and whatever is refused or changed
// while it is read, is listed in a sentence. Nothing here throws, however broken the text is.

/** Longer ones are no links of this page. */
const MOST_CHARACTERS = 8_000;
const SHOWN_CHARACTERS = 40;

export interface LinkFields {
  /** the value of a key, which then counts as read */
  take(key: string): string | undefined;
  /** the same, as `read` takes it; told, and undefined, where it takes it for nothing */
  takeKnown<Value>(key: string, read: (text: string) => Value | undefined): Value | undefined;
  /** keys that begin so and that nobody has taken yet */
  startingWith(prefix: string): string[];
  /** says in a sentence what was not used */
  ignore(sentence: string): void;
  /** every sentence, with one for each key that nobody took */
  ignored(): string[];
}

export function linkFields(hash: string): LinkFields {
  const text = hash.replace(/^#/, '');
  const values = new Map<string, string>();
  const sentences: string[] = [];
  if (text.length > MOST_CHARACTERS) sentences.push(`The link is longer than ${MOST_CHARACTERS} characters and was not read.`);
  else {
    for (const [key, value] of new URLSearchParams(text)) {
      if (values.has(key)) sentences.push(`${quoted(key)} stands twice in the link; the first was used.`);
      else values.set(key, value);
    }
  }
  const take = (key: string): string | undefined => {
    const value = values.get(key);
    values.delete(key);
    return value;
  };
  return {
    take,
    takeKnown(key, read) {
      const text = take(key);
      const value = text === undefined ? undefined : read(text);
      if (text !== undefined && value === undefined) sentences.push(`${key} = ${quoted(text)} is not known here.`);
      return value;
    },
    startingWith: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)),
    ignore: (sentence) => void sentences.push(sentence),
    ignored: () => [...sentences, ...[...values.keys()].map((key) => `${quoted(key)} is no key of a link.`)],
  };
}

/** Text from outside inside a sentence: short, on one line, its ends visible. */
export function quoted(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ');
  return `“${[...line].slice(0, SHOWN_CHARACTERS).join('')}${[...line].length > SHOWN_CHARACTERS ? '…' : ''}”`;
}

// A param that is one of a few words, as our own word for it. Another word is something not known here.

import { NotKnown } from '../../family';
import type { Fields } from '../../fields';

export function readChoice(params: Fields, name: string, words: Readonly<Record<string, string>>): string {
  const given = params.text(name);
  if (!Object.hasOwn(words, given)) throw new NotKnown(`${name} ${given}`);
  return words[given]!;
}

// What a critique says of one step, in words. A judge that writes is quoted: its own lines that name the step. The exact
// checker writes nothing, so its verdict is put into a sentence.

/** Lines of the text that name the step; empty where none does. */
export function wordsOnStep(text: string, step: number): string[] {
  const names = new RegExp(`\\bstep\\s{0,3}#?${step}(?!\\d)`, 'i');
  return text.split(/\n+/).map((line) => line.trim()).filter((line) => names.test(line));
}

/** As people count: the first step is step 1. */
export function sentenceOf(flags: readonly number[] | null): string {
  if (flags === null) return 'This critique was lost.';
  if (flags.length === 0) return 'Every step is right.';
  const numbers = flags.map((step) => step + 1);
  return numbers.length === 1 ? `Step ${numbers[0]} is wrong.` : `Steps ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)} are wrong.`;
}

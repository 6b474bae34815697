// Token chips: what is written on them, how wide a column is so that answers line up by position, and the signed bar
// under a chip. Whatever a token's text is, it stays text.

export interface ChipText {
  readonly text: string;
  /** a special token (stop, padding) is drawn as an outlined tag */
  readonly isSpecial: boolean;
  /** how it is said aloud */
  readonly spoken: string;
}

export function chipText(token: string): ChipText {
  const special = /^<(.{1,16})>$/u.exec(token);
  if (special) return { text: special[1]!, isSpecial: true, spoken: special[1]! };
  const text = token.replaceAll('\n', '⏎').replaceAll(' ', '·').replaceAll('\t', '⇥');
  if (token === '\n') return { text, isSpecial: false, spoken: 'new line' };
  // as where a character has several tokens
  if (token === '') return { text: '∅', isSpecial: false, spoken: 'no text of its own' };
  if (token === ' ') return { text, isSpecial: false, spoken: 'space' };
  return { text, isSpecial: false, spoken: `'${token.replaceAll('\n', ' new line ')}'` };
}

export const NARROWEST_CHIP = 24;
const CHARACTER_WIDTH = 8.5;
const CHIP_PADDING = 8;
/** between two chips; their row has the same gap (stage.css) */
export const CHIP_GAP = 1;

/** Width of each column in px: the widest text that any of the answers has at that position. */
export function columnWidths(rows: readonly (readonly ChipText[])[]): number[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return Array.from({ length: columns }, (_, column) => {
    const characters = rows.reduce((most, row) => Math.max(most, [...(row[column]?.text ?? '')].length * (row[column]?.isSpecial ? 0.8 : 1)), 1);
    return Math.max(NARROWEST_CHIP, Math.ceil(characters * CHARACTER_WIDTH + CHIP_PADDING));
  });
}

export interface Bar { readonly top: number; readonly height: number }

/** A bar in a strip `height` px high with its baseline in the middle: up for positive, down for negative, at least 1 px
 *  high when the value is not zero, so that the sign never vanishes. `position` is in [-1, 1]. */
export function signedBar(position: number, height: number): Bar {
  const baseline = height / 2;
  if (!Number.isFinite(position) || position === 0) return { top: baseline, height: 0 };
  const length = Math.max(1, Math.abs(position) * baseline);
  return { top: position > 0 ? baseline - length : baseline, height: length };
}

// How numbers are written everywhere on the page: three significant digits, a true minus sign, never "-0",
// and a dash where there is no number. Units and symbols are the caller's.

const MINUS = '\u2212';
export const NO_NUMBER = '\u2014';

/** 0.0313, −8.55, 1 230, 1.20e−6. Keeps trailing zeros, so that a column of them lines up. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return NO_NUMBER;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  if (value === 0) return '0';
  const magnitude = Number(Math.abs(value).toPrecision(3));
  return (value < 0 ? MINUS : '') + formatMagnitude(magnitude);
}

/** As formatNumber, without the zeros that say nothing: 0.5, 2, 1e−6. For numbers inside a formula. */
export function formatShort(value: number): string {
  const text = formatNumber(value);
  const [mantissa, exponent] = text.split('e');
  const trimmed = mantissa!.includes('.') ? mantissa!.replace(/\.?0+$/, '') : mantissa!;
  return exponent === undefined ? trimmed : `${trimmed}e${exponent}`;
}

/** With a plus sign for positive numbers, where the sign is the message. */
export function formatSigned(value: number): string {
  return value > 0 ? `+${formatNumber(value)}` : formatNumber(value);
}

/** For accessible names: a screen reader says "minus 0.850" and "no value" where the eye sees signs. */
export function formatSpoken(value: number): string {
  if (Number.isNaN(value)) return 'no value';
  return formatNumber(value).replace('∞', 'infinity').replace(`e${MINUS}`, ' times ten to the minus ').replace(MINUS, 'minus ');
}

/** A share in 0..1 as a percentage: 37.5 %. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${formatShort(share * 100)}\u202f%` : NO_NUMBER;
}

/** A share in 0..1 in whole percents, for a sentence: 38 %. */
export function formatPercent(share: number): string {
  return Number.isFinite(share) ? `${Math.round(share * 100)}\u202f%` : NO_NUMBER;
}

/** A whole number, its digits in groups of three: 12,417. */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A file's or a message's size: 900 bytes, 12.3 kB, 483 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 999_500 ? `${formatShort(bytes / 1000)} kB` : `${formatShort(bytes / 1e6)} MB`;
}

function formatMagnitude(magnitude: number): string {
  if (magnitude >= 1e5 || magnitude < 1e-3) {
    const [mantissa, exponent] = magnitude.toExponential(2).split('e');
    return `${mantissa}e${exponent!.replace('-', MINUS).replace('+', '')}`;
  }
  return magnitude.toFixed(Math.max(0, 2 - Math.floor(Math.log10(magnitude))));
}

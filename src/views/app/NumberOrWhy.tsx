// A number, or a dash that says why there is none, to whoever points at it and to whoever listens.

import { formatNumber } from '../../viz/format';

export function NumberOrWhy({ value, why }: { readonly value: number; readonly why: string | undefined }) {
  const text = formatNumber(value);
  return Number.isNaN(value) && why !== undefined ? <span className="noNumber" role="img" title={capital(why)} aria-label={`no number: ${why}`}>{text}</span> : text;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

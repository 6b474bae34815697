// The cells of one row, a bar a token. Drawn again only when the row's own numbers change: pointing at columns leaves it alone.

import { memo } from 'react';
import { barColor, type Palette } from '../../viz/color';
import { signedBar } from '../../viz/chipLayout';
import { formatSpoken } from '../../viz/format';
import { isBeyond, position, type Domain } from '../../viz/scale';

interface BarCellsProps {
  readonly values: readonly number[];
  readonly domain: Domain;
  readonly palette: Palette;
  readonly height: number;
  /** tokens at which a step begins */
  readonly starts: ReadonlySet<number>;
}

export const BarCells = memo(function BarCells({ values, domain, palette, height, starts }: BarCellsProps) {
  return values.map((value, t) => <td key={t} data-column={t} className={columnClass(starts, t)}><CreditBar value={value} domain={domain} palette={palette} height={height} /></td>);
});

export function columnClass(starts: ReadonlySet<number>, t: number): string | undefined {
  return t > 0 && starts.has(t) ? 'startsStep' : undefined;
}

/** Up for positive, down for negative, on a baseline that all cells of a row share. The number is there for who cannot see it. */
function CreditBar({ value, domain, palette, height }: { readonly value: number } & Pick<BarCellsProps, 'domain' | 'palette' | 'height'>) {
  const at = position(domain, value);
  const bar = signedBar(at, height);
  return (
    <span className="barStrip" style={{ height }}>
      {bar.height === 0 ? null : <span className={isBeyond(domain, value) ? 'bar isCapped' : 'bar'} style={{ top: bar.top, height: bar.height, backgroundColor: barColor(palette, 'signed', at) }} />}
      <span className="spoken">{formatSpoken(value)}</span>
    </span>
  );
}

// A signed number as a bar: up for positive, down for negative, on a baseline that all cells of a row share. The number is there for
// who cannot see it.

import { barColor, type Palette } from '../../viz/color';
import { signedBar } from '../../viz/chipLayout';
import { formatSpoken } from '../../viz/format';
import { isBeyond, position, type Domain } from '../../viz/scale';

interface CreditBarProps { readonly value: number; readonly domain: Domain; readonly palette: Palette; readonly height: number }

export function CreditBar({ value, domain, palette, height }: CreditBarProps) {
  const at = position(domain, value);
  const bar = signedBar(at, height);
  return (
    <span className="barStrip" style={{ height }}>
      {bar.height === 0 ? null : <span className={isBeyond(domain, value) ? 'bar isCapped' : 'bar'} style={{ top: bar.top, height: bar.height, backgroundColor: barColor(palette, 'signed', at) }} />}
      <span className="spoken">{formatSpoken(value)}</span>
    </span>
  );
}

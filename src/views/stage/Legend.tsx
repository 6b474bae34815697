// What the colours, bars and lines under the tokens mean, with the scale's numbers.

import { barColor, fillColor, type Palette } from '../../viz/color';
import { formatNumber } from '../../viz/format';
import type { Domain } from '../../viz/scale';
import type { Shown } from '../app/useShown';
import type { ChannelStats } from './useDomain';

const STOPS = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];

interface LegendProps { readonly shown: Shown; readonly domain: Domain; readonly palette: Palette; readonly stats: ChannelStats }

export function Legend({ shown, domain, palette, stats }: LegendProps) {
  const { channel, update } = shown;
  const isSigned = channel.kind === 'signed';
  const stops = STOPS.map((stop) => fillColor(palette, channel.kind, stop)).join(', ');
  return (
    <div className="legend">
      {stats.count === 0 ? <p>No numbers here: {channel.label.toLowerCase()} is not recorded for these answers at this phase.</p> : stats.isAllZero ? (
        <p><strong>{channel.label}</strong>: all {channel.center === 0 ? 'zero' : formatNumber(channel.center)}</p>
      ) : (
        <p className="ramp">
          <strong>{channel.label}</strong>
          <span className="rampEnd">{formatNumber(domain.center - domain.limit)}</span>
          <span className="rampBar" aria-hidden="true" style={{ background: `linear-gradient(to right, ${stops})` }}>
            {isSigned ? <><i className="rampDown" style={{ background: barColor(palette, 'signed', -1) }} /><i className="rampUp" style={{ background: barColor(palette, 'signed', 1) }} /></> : null}
          </span>
          <span className="rampEnd">{formatNumber(domain.center + domain.limit)}</span>
          {stats.beyond > 0 ? <span className="muted">{stats.beyond} beyond, capped</span> : null}
        </p>
      )}
      {update.critique === undefined ? null : (
        <p className="markKeys">
          <span><i className="mark mark-fine" aria-hidden="true" />judged fine</span>
          <span><i className="mark mark-split" aria-hidden="true" />judges disagree</span>
          <span><i className="mark mark-wrong" aria-hidden="true" />judged wrong</span>
          <span><i className="mark mark-none" aria-hidden="true" />not judged</span>
        </p>
      )}
    </div>
  );
}

// Which channel is painted, and its scale: the colours with their numbers, the scope they are taken over, and a lock.

import { useId } from 'react';
import { SCOPES, type Scope } from '../../state/runStore';
import { fillColor, type Palette } from '../../viz/color';
import { formatNumber } from '../../viz/format';
import { position, type Domain } from '../../viz/scale';
import { Icon } from '../app/Icon';
import { Menu } from '../app/Menu';
import { useRun, useSession } from '../app/SessionContext';
import { useIsNarrow } from '../app/useIsNarrow';
import type { Shown } from '../app/useShown';
import type { ChannelStats } from './useDomain';

const STOPS = { signed: [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1], magnitude: [0, 0.25, 0.5, 0.75, 1] };

const SCOPE_WORDS: Readonly<Record<Scope, string>> = { rollout: 'this answer', group: 'these answers', update: 'whole batch', run: 'whole run' };

interface ChannelBarProps {
  readonly shown: Shown;
  readonly domain: Domain;
  readonly palette: Palette;
  readonly stats: ChannelStats;
}

export function ChannelBar({ shown, domain, palette, stats }: ChannelBarProps) {
  const session = useSession();
  // there may be a second one, in the dialog of real answers
  const id = useId();
  const scope = useRun((state) => state.scope);
  const isRoot = useRun((state) => state.isRoot);
  const isLocked = useRun((state) => state.locked?.channel === shown.channel.id);
  const isNarrow = useIsNarrow();
  const scale = (
    <div className="scaleControls">
      <label className="spoken" htmlFor={`${id}scope`}>Scale over</label>
      <select id={`${id}scope`} value={scope} disabled={isLocked} title="The scale reaches to the 98th percentile of the absolute values of" onChange={(event) => session.run.setState({ scope: event.target.value as Scope })}>
        {SCOPES.map((one) => <option key={one} value={one}>{SCOPE_WORDS[one]}</option>)}
      </select>
      <button type="button" aria-pressed={isLocked} title="Keep this scale while moving through updates and problems"
        onClick={() => session.run.setState({ locked: isLocked ? null : { channel: shown.channel.id, center: domain.center, limit: domain.limit } })}>
        <Icon name={isLocked ? 'lock' : 'unlock'} />{isLocked ? 'Locked' : 'Lock'}
      </button>
      <button type="button" aria-pressed={isRoot} title="Signed square root: lifts small values; bars are no longer in proportion" onClick={() => session.run.setState({ isRoot: !isRoot })}>±√<span className="spoken"> signed square root</span></button>
    </div>
  );
  return (
    <div className="channelBar">
      <label className="spoken" htmlFor={`${id}channel`}>Channel</label>
      <select id={`${id}channel`} title={shown.channel.meaning} value={shown.channel.id} onChange={(event) => session.run.setState({ channel: event.target.value, locked: null })}>
        {shown.channels.map((channel) => <option key={channel.id} value={channel.id}>{channel.label}</option>)}
      </select>
      <Ramp shown={shown} domain={domain} palette={palette} stats={stats} />
      {isNarrow ? <Menu label="Scale" hint="What the colours reach to" opensLeft>{() => scale}</Menu> : scale}
    </div>
  );
}

function Ramp({ shown: { channel }, domain, palette, stats }: ChannelBarProps) {
  if (stats.count === 0) return <p className="ramp muted">no numbers at this phase</p>;
  if (stats.isAllZero) return <p className="ramp muted">all {channel.center === 0 ? 'zero' : formatNumber(channel.center)}</p>;
  const stops = STOPS[channel.kind].map((stop) => fillColor(palette, channel.kind, position(domain, domain.center + stop * domain.limit))).join(', ');
  const isSigned = channel.kind === 'signed';
  return (
    <p className="ramp">
      <span className="rampEnd">{formatNumber(isSigned ? domain.center - domain.limit : domain.center)}</span>
      <span className="rampBar" aria-hidden="true" style={{ background: `linear-gradient(to right, ${stops})` }} />
      <span className="spoken">to</span>
      <span className="rampEnd">{formatNumber(domain.center + (!isSigned && stats.isNegative ? -domain.limit : domain.limit))}</span>
      {stats.beyond > 0 ? <span className="muted" title="Their bars have a frame">{stats.beyond} beyond</span> : null}
    </p>
  );
}

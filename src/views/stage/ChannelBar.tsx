// Which channel is painted, over which scope its scale is taken, and whether the scale is locked.

import type { Scope } from '../../state/runStore';
import type { Domain } from '../../viz/scale';
import { Icon } from '../app/Icon';
import { useRun, useSession } from '../app/SessionContext';
import type { Shown } from '../app/useShown';

export function ChannelBar({ shown, domain }: { readonly shown: Shown; readonly domain: Domain }) {
  const session = useSession();
  const scope = useRun((state) => state.scope);
  const isLocked = useRun((state) => state.locked?.channel === shown.channel.id);
  return (
    <div className="channelBar">
      <label className="inlineField" htmlFor="channel"><span>Channel</span>
        <select id="channel" value={shown.channel.id} onChange={(event) => session.run.setState({ channel: event.target.value, locked: null })}>
          {shown.channels.map((channel) => <option key={channel.id} value={channel.id}>{channel.label}</option>)}
        </select>
      </label>
      <label className="inlineField" htmlFor="scope"><span>Scale over</span>
        <select id="scope" value={scope} disabled={isLocked} onChange={(event) => session.run.setState({ scope: event.target.value as Scope })}>
          <option value="group">these answers</option>
          <option value="update">the whole batch</option>
        </select>
      </label>
      <button type="button" aria-pressed={isLocked} title="Keep this scale while moving through updates and problems"
        onClick={() => session.run.setState({ locked: isLocked ? null : { channel: shown.channel.id, ...domain } })}>
        <Icon name={isLocked ? 'lock' : 'unlock'} />{isLocked ? 'Locked' : 'Lock'}
      </button>
      <p className="channelMeaning">{shown.channel.meaning}</p>
    </div>
  );
}

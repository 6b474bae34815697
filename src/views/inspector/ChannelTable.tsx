// Every channel that is not a line of the credit program, for this token; the painted one is bold.

import { useId, type ReactNode } from 'react';
import type { Channel } from '../../viz/channel';
import type { Place } from '../../viz/creditGeometry';
import { formatNumber } from '../../viz/format';
import { whyNone } from '../../viz/whyNone';
import { NumberOrWhy } from '../app/NumberOrWhy';
import { usePanel } from '../app/usePanel';
import type { Shown } from '../app/useShown';

export function ChannelTable({ shown, place }: { readonly shown: Shown; readonly place: Place }) {
  const title = useId();
  const panel = usePanel('channels', 'channelPanel');
  const { update, before, channels, channel: active } = shown;
  const written = (channel: Channel): ReactNode => {
    const [now, was] = [formatNumber(channel.valueAt(update, place)), before === undefined ? undefined : formatNumber(channel.valueAt(before, place))];
    return was === undefined || was === now ? <NumberOrWhy value={channel.valueAt(update, place)} why={whyNone(channel, update, place)} /> : <><del>{was}</del> <ins className="whatIfNumberNow">{now}</ins></>;
  };
  const isClipped = update.gradient?.isClipped_NT[place.answer * update.sample.width + place.token] === 1;
  return (
    <section {...panel} aria-labelledby={title}>
      <h3 id={title}>All channels</h3>
      <table className="numbers">
        <tbody>
          {channels.filter(({ id }) => !id.startsWith('row:')).map((channel) => (
            <tr key={channel.id} className={channel.id === active.id ? 'isActive' : undefined} data-channel={channel.id}>
              <th scope="row" title={channel.meaning}>{channel.label}</th>
              <td>{written(channel)}{channel.id === 'ratio' && isClipped ? ' clipped' : ''}</td>
            </tr>
          ))}
          {channels.filter(({ id }) => id.startsWith('row:')).map((channel) => (
            <tr key={channel.id} className={channel.id === active.id ? 'isActive' : undefined} data-channel={channel.id}>
              <th scope="row" title={channel.meaning}>{channel.label}</th>
              <td>{written(channel)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

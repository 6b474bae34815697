// Several tokens together: the sums over the selected span, the group that the answer is one of, and pinned tokens beside the selected one.

import { useId } from 'react';
import type { Selection } from '../../state/runStore';
import { chipText } from '../../viz/chipLayout';
import type { Place } from '../../viz/creditGeometry';
import { formatNumber } from '../../viz/format';
import { spanSums, spreadOf } from '../../viz/spanSums';
import { whyNone } from '../../viz/whyNone';
import { NumberOrWhy } from '../app/NumberOrWhy';
import { useRun, useSession } from '../app/SessionContext';
import { selectedPlace, tokenText, type Shown } from '../app/useShown';

export function SpanTable({ shown, selection }: { readonly shown: Shown; readonly selection: Selection }) {
  const title = useId();
  const answer = shown.group[selection.answer];
  if (selection.until === undefined || answer === undefined) return null;
  const [from, to] = [Math.min(selection.token, selection.until), Math.min(Math.max(selection.token, selection.until), shown.update.sample.lengths_N[answer]! - 1)];
  const text = Array.from({ length: to - from + 1 }, (_, i) => chipText(tokenText(shown, { answer, token: from + i })).text).join('');
  return (
    <section aria-labelledby={title}>
      <h3 id={title}>Tokens {from + 1} to {to + 1} of answer {selection.answer + 1}, together</h3>
      <p className="spanText">{text}</p>
      <table className="numbers">
        <thead><tr><th scope="col">Channel</th><th scope="col">Sum</th><th scope="col">Mean</th></tr></thead>
        <tbody>{spanSums(shown.update, shown.channels, answer, from, to).map(({ channel, sum, mean }) => (
          <tr key={channel.id} className={channel === shown.channel ? 'isActive' : undefined}><th scope="row">{channel.label}</th><td>{formatNumber(sum)}</td><td>{formatNumber(mean)}</td></tr>
        ))}</tbody>
      </table>
    </section>
  );
}

/** Mean and spread of the rewards, and of what the painted channel says of the group's tokens. */
export function GroupSentence({ shown: { update, group, channel } }: { readonly shown: Shown }) {
  const { score, sample } = update;
  if (score === undefined) return null;
  const rewards = spreadOf(group.map((answer) => score.outcome_N[answer]!));
  const tokens = spreadOf(group.flatMap((answer) => Array.from({ length: sample.lengths_N[answer]! }, (_, token) => channel.valueAt(update, { answer, token })).filter(Number.isFinite)));
  return (
    <p className="groupSentence">
      Its group: {rewards.count} answers, mean reward {formatNumber(rewards.mean)}, spread {formatNumber(rewards.deviation)}
      {tokens.count === 0 || channel.id === 'reward' ? '' : `; ${channel.label.toLowerCase()} over its ${tokens.count} tokens: mean ${formatNumber(tokens.mean)}, spread ${formatNumber(tokens.deviation)}`}.
    </p>
  );
}

export function PinnedTokens({ shown, place }: { readonly shown: Shown; readonly place: Place | undefined }) {
  const title = useId();
  const session = useSession();
  const pins = useRun((state) => state.pins);
  const columns = pins.flatMap((pin) => {
    const pinned = selectedPlace(shown, pin);
    return pinned === undefined ? [] : [{ pin, place: pinned }];
  });
  if (columns.length === 0) return null;
  const head = ({ answer, token }: Place): string => `${shown.group.indexOf(answer) + 1}.${token + 1} ‘${chipText(tokenText(shown, { answer, token })).text}’`;
  return (
    <section aria-labelledby={title}>
      <h3 id={title}>Pinned tokens{place === undefined ? '' : ', beside the selected one'}</h3>
      <div className="pinScroll">
        <table className="numbers pinned">
          <thead>
            <tr>
              <th scope="col"><span className="spoken">Channel</span></th>
              {place === undefined ? null : <th scope="col">{head(place)}</th>}
              {columns.map(({ pin, place: pinned }) => (
                <th scope="col" key={head(pinned)}>{head(pinned)} <button type="button" className="link" aria-label={`Unpin ${head(pinned)}`} onClick={() => session.togglePin(pin)}>×</button></th>
              ))}
            </tr>
          </thead>
          <tbody>{shown.channels.map((channel) => (
            <tr key={channel.id} className={channel === shown.channel ? 'isActive' : undefined}>
              <th scope="row">{channel.label}</th>
              {[...(place === undefined ? [] : [place]), ...columns.map((one) => one.place)].map((one) => <td key={head(one)}><NumberOrWhy value={channel.valueAt(shown.update, one)} why={whyNone(channel, shown.update, one)} /></td>)}
            </tr>
          ))}</tbody>
        </table>
      </div>
    </section>
  );
}

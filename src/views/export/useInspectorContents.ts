import { formatShort } from '../../viz/format';
import type { PanelContents } from '../app/PanelMenu';
import { useRun } from '../app/SessionContext';
import { selectedPlace, tokenText, useShown } from '../app/useShown';

/** What the menu of the inspector gives away: the token's number in every channel. */
export function useInspectorContents(): PanelContents {
  const shown = useShown();
  const selection = useRun((state) => state.selection);
  const place = shown === undefined ? undefined : selectedPlace(shown, selection);
  const about = 'Everything that is recorded of one token: each line of the credit program with its numbers put in, every channel, the critics’ votes, and the most likely tokens before and after the update.';
  if (shown === undefined || place === undefined) return { about };
  const { update, channels } = shown;
  return {
    about,
    table: () => ({
      caption: `Token ${formatShort(place.token + 1)} “${tokenText(shown, place)}” of answer ${formatShort(selection!.answer + 1)}`,
      columns: ['channel', 'value', 'meaning'],
      rows: channels.map((channel) => [channel.label, channel.valueAt(update, place), channel.meaning]),
    }),
  };
}

// What the bars and the lines under the tokens mean.

import { barColor, type Palette } from '../../viz/color';
import { formatShort } from '../../viz/format';
import type { Shown } from '../app/useShown';

export function Legend({ shown: { channel, update }, palette }: { readonly shown: Shown; readonly palette: Palette }) {
  return (
    <p className="legend">
      <span className="legendKey">
        <i className="barKey" aria-hidden="true">
          <i className="barKeyUp" style={{ backgroundColor: barColor(palette, channel.kind, 1) }} />
          <i className="barKeyDown" style={{ backgroundColor: barColor(palette, channel.kind, -1) }} />
        </i>
        bar up above {formatShort(channel.center)}, down below
      </span>
      {update.critique === undefined ? null : (
        <>
          <span className="legendKey"><i className="mark mark-fine" aria-hidden="true" />judged fine</span>
          <span className="legendKey"><i className="mark mark-split" aria-hidden="true" />judges disagree</span>
          <span className="legendKey"><i className="mark mark-wrong" aria-hidden="true" />judged wrong</span>
        </>
      )}
    </p>
  );
}

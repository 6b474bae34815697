// What the bars, the lines and the marks at the tokens mean.

import { barColor, type Palette } from '../../viz/color';
import { MARK_GLYPHS, MARK_WORDS } from '../../viz/critiqueMark';
import { formatShort } from '../../viz/format';
import { isLeftOut, LEFT_OUT_WORDS } from '../../viz/leftOut';
import type { Shown } from '../app/useShown';

interface LegendProps {
  readonly shown: Shown;
  readonly palette: Palette;
  /** ends of the value lines' scale, where there are any */
  readonly valueScale: readonly [number, number] | undefined;
  readonly hasEveryLine: boolean;
  onEveryLine(isWanted: boolean): void;
}

export function Legend({ shown: { channel, update, group }, palette, valueScale, hasEveryLine, onEveryLine }: LegendProps) {
  const hasBranches = group.some((answer) => (update.sample.branches_NK?.[answer]?.length ?? 0) > 0);
  return (
    <div className="legend">
      <span className="legendKey">
        <i className="barKey" aria-hidden="true">
          <i className="barKeyUp" style={{ backgroundColor: barColor(palette, channel.kind, 1) }} />
          <i className="barKeyDown" style={{ backgroundColor: barColor(palette, channel.kind, -1) }} />
        </i>
        bar up above {formatShort(channel.center)}, down below
      </span>
      {update.critique === undefined ? null : (
        <>
          {(['fine', 'split', 'wrong'] as const).map((kind) => (
            <span key={kind} className="legendKey"><span className="markKey" aria-hidden="true">{MARK_GLYPHS[kind]}<i className={`mark mark-${kind}`} /></span>{MARK_WORDS[kind]}</span>
          ))}
        </>
      )}
      {group.some((answer) => isLeftOut(update, answer)) ? <span className="legendKey"><i className="maskedKey" aria-hidden="true" />{LEFT_OUT_WORDS}</span> : null}
      {hasBranches ? <span className="legendKey"><i className="branchKey" aria-hidden="true"><i className="branchMark" /></i>branch: one token is right here and decides</span> : null}
      {valueScale === undefined ? null : (
        <span className="legendKey">
          <svg className="valueKey" aria-hidden="true" width="30" height="12"><line className="rewardLine" x1="0" x2="30" y1="2" y2="2" /><path className="valuePath" d="M0,10H10V7H20V4H30" /></svg>
          value before each token, {formatShort(valueScale[0])} to {formatShort(valueScale[1])}; dashed: the reward
          <button type="button" aria-pressed={hasEveryLine} onClick={() => onEveryLine(!hasEveryLine)}>over every answer</button>
        </span>
      )}
    </div>
  );
}

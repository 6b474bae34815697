// The value model along the answers: what it expected before each token, what came, and at which tokens it was surprised. Where the
// method has no value model the view says so, and which has one.

import { useCallback, useMemo, type ReactNode } from 'react';
import { TD_ERROR } from '../../viz/channel';
import { chipText } from '../../viz/chipLayout';
import { formatNumber, formatShort } from '../../viz/format';
import { gammaOf, TRACK_HEIGHT, trackPicture, trackScales, valueTrack, type ValueTrack } from '../../viz/valueTrack';
import { valueRow } from '../../viz/valueLine';
import type { Span } from '../../viz/virtualRows';
import { AsTable } from '../app/AsTable';
import { usePalette, useRun } from '../app/SessionContext';
import { selectedPlace, tokenText, useShown, type Shown } from '../app/useShown';
import { EmptyStage } from '../stage/EmptyStage';
import { PhaseStrip } from '../stage/PhaseStrip';
import { ProblemBar } from '../stage/ProblemBar';
import { TokenGrid } from '../stage/TokenGrid';
import { useDomain } from '../stage/useDomain';
import { NoValueModel } from './NoValueModel';
import { TrackOver } from './TrackOver';

export function ValueView() {
  const shown = useShown();
  if (shown === undefined) return <EmptyStage />;
  return (
    <div className="valueView" data-panel="value" style={{ ['--track' as string]: `${TRACK_HEIGHT}px` }}>
      <PhaseStrip shown={shown} />
      {valueRow(shown.update) === undefined ? <NoValueModel shown={shown} /> : <FilledValue shown={shown} />}
    </div>
  );
}

function FilledValue({ shown }: { readonly shown: Shown }) {
  const palette = usePalette();
  const selection = useRun((state) => state.selection);
  const { update, group } = shown;
  const tracks = useMemo(() => new Map(group.map((answer) => [answer, valueTrack(update, answer)!] as const)), [update, group]);
  const scales = useMemo(() => trackScales(update, [...tracks.values()], group), [update, group, tracks]);
  const painted = useMemo(() => ({ ...shown, channel: TD_ERROR }), [shown]);
  const { domain } = useDomain(painted);
  const drawOver = useCallback((answer: number, row: number, widths: readonly number[], columns: Span): ReactNode => {
    const track = tracks.get(answer);
    return track === undefined ? undefined : <TrackOver picture={trackPicture(track, widths, scales, columns)} row={row} palette={palette} />;
  }, [tracks, scales, palette]);
  const answer = selectedPlace(shown, selection)?.answer ?? group[0];
  return (
    <>
      <p className="valueSentence">{surpriseSentence(shown, tracks)}</p>
      <ProblemBar shown={shown} />
      <details className="howToRead">
        <summary>How to read the picture</summary>
        <p className="fieldNote">
          Line: the value before each token, {formatShort(scales.values[0])} to {formatShort(scales.values[1])}; dashed: the return that came{gammaOf(update) === 1 ? '' : `, discounted by ${formatShort(gammaOf(update))} a token`}.
          {' '}Pins: the TD error, up where a token was better than expected, down where it was worse; the longest is {formatNumber(scales.errors)}.
        </p>
      </details>
      <TokenGrid shown={painted} domain={domain} palette={palette} drawOver={drawOver} />
      {answer === undefined ? null : (
        <AsTable caption={`Answer ${group.indexOf(answer) + 1}: value, return and TD error of each token`} head={['Token', 'Value before', 'Return', 'TD error', 'Advantage']}
          rows={() => tracks.get(answer)!.values.map((value, token) => [
            `${token + 1} ${chipText(tokenText(shown, { answer, token })).text}`,
            ...[value, tracks.get(answer)!.returns[token]!, tracks.get(answer)!.errors[token]!, update.credit?.advantages_NT[answer * update.sample.width + token] ?? Number.NaN].map(formatNumber),
          ])} />
      )}
    </>
  );
}

/** Where the model was most surprised in this group, and how far it explains what it is to learn. */
function surpriseSentence(shown: Shown, tracks: ReadonlyMap<number, ValueTrack>): string {
  const { update, group } = shown;
  const all = group.flatMap((answer, row) => tracks.get(answer)!.errors.map((error, token) => ({ answer, row, token, error }))).filter(({ error }) => Number.isFinite(error));
  if (all.length === 0) return 'There is no finite value in this group.';
  const most = all.reduce((a, b) => (Math.abs(b.error) > Math.abs(a.error) ? b : a));
  const text = chipText(tokenText(shown, most)).text;
  const explained = update.valueModel?.explainedVariance;
  return `The value model was most surprised at ‘${text}’, token ${most.token + 1} of answer ${most.row + 1}: ${formatNumber(most.error)}.`
    + (explained === undefined ? '' : explained === null ? ' Its targets do not vary in this update.' : ` Over the whole update it explained ${formatNumber(explained)} of its targets’ variance; 0 is what a constant reaches.`);
}

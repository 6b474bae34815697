// The picture over the chips of one answer: V and the return as steps, a pin a token for its TD error. A column answers to pointing as its
// chip does. Beside the numbers: each chip's name says value and error.

import { barColor, type Palette } from '../../viz/color';
import { TRACK_HEIGHT, type TrackPicture } from '../../viz/valueTrack';

export function TrackOver({ picture, row, palette }: { readonly picture: TrackPicture; readonly row: number; readonly palette: Palette }) {
  const { width, valuePath, returnPath, baseline, lollipops, columns } = picture;
  return (
    <svg className="valueTrack" aria-hidden="true" width={width} height={TRACK_HEIGHT}>
      {columns.map(({ token, x, width: wide }) => <rect key={token} className="trackColumn" data-row={row} data-token={token} x={x} width={wide} height={TRACK_HEIGHT} />)}
      <path className="rewardLine" fill="none" d={returnPath} />
      <path className="valuePath" d={valuePath} />
      <line className="trackBaseline" x1={0} x2={width} y1={baseline} y2={baseline} />
      {lollipops.map(({ token, x, y, error }) => (!Number.isFinite(error) ? null : (
        <g key={token} className="lollipop" style={{ color: barColor(palette, 'signed', error) }} data-error={error}>
          <line x1={x} x2={x} y1={baseline} y2={y} /><circle cx={x} cy={y} r={error === 0 ? 1.5 : 3} />
        </g>
      )))}
    </svg>
  );
}

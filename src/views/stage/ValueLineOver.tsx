// The value line of one answer, over its chips: V before each token, and dashed the reward that came.
// A picture beside the numbers: each chip's name and the inspector say the value.

import { VALUE_LINE_HEIGHT, type ValueLine } from '../../viz/valueLine';

export function ValueLineOver({ line }: { readonly line: ValueLine }) {
  return (
    <svg className="valueLine" aria-hidden="true" width={line.width} height={VALUE_LINE_HEIGHT}>
      {line.rewardAt === undefined ? null : <line className="rewardLine" x1={0} x2={line.width} y1={line.rewardAt} y2={line.rewardAt} />}
      <path className="valuePath" d={line.path} />
    </svg>
  );
}

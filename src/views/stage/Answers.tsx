// The answers of one problem: phases of the update, the problem, the answers as tokens, what the colours mean, and the critiques.

import { noCreditSentence } from '../../viz/phaseSentence';
import { usePalette, useRun } from '../app/SessionContext';
import { Control } from '../app/Control';
import { useShown, type Shown } from '../app/useShown';
import { CritiquePanel } from '../critique/CritiquePanel';
import { Minimap } from '../minimap/Minimap';
import { ChannelBar } from './ChannelBar';
import { EmptyStage } from './EmptyStage';
import { PhaseStrip } from './PhaseStrip';
import { ProblemBar } from './ProblemBar';
import { SavedRuns } from './SavedRuns';
import { TokenGrid } from './TokenGrid';
import { WhatIfNotice } from './WhatIfNotice';
import { useDomain } from './useDomain';

export function Answers() {
  const shown = useShown();
  return (
    <>
      <Control id="runs"><SavedRuns /></Control>
      {shown === undefined ? <EmptyStage /> : <FilledStage shown={shown} />}
    </>
  );
}

function FilledStage({ shown }: { readonly shown: Shown }) {
  const palette = usePalette();
  const { domain, stats } = useDomain(shown);
  return (
    <>
      <Control id="phases"><PhaseStrip shown={shown} /></Control>
      <WhatIfNotice shown={shown} />
      <Control id="problem"><ProblemBar shown={shown} /></Control>
      <Control id="channel"><ChannelBar shown={shown} domain={domain} palette={palette} stats={stats} /></Control>
      <GroupCaption shown={shown} />
      <TokenGrid shown={shown} domain={domain} palette={palette} />
      <Control id="minimap"><Minimap shown={shown} domain={domain} palette={palette} /></Control>
      <Control id="critique"><CritiquePanel shown={shown} /></Control>
    </>
  );
}

/** Neutral chips are no error: why, where the phase does not say it already. */
function GroupCaption({ shown: { update, group } }: { readonly shown: Shown }) {
  const isSaid = useRun(({ phase }) => phase === 'credit');
  const sentence = isSaid ? undefined : noCreditSentence(update, group);
  return sentence === undefined ? null : <p className="groupCaption">{sentence}</p>;
}

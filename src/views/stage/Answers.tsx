// The answers of one problem: phases of the update, the problem, the answers as tokens, what the colours mean, and the critiques.

import { usePalette } from '../app/SessionContext';
import { useShown, type Shown } from '../app/useShown';
import { CritiquePanel } from '../critique/CritiquePanel';
import { ChannelBar } from './ChannelBar';
import { EmptyStage } from './EmptyStage';
import { PhaseStrip } from './PhaseStrip';
import { ProblemBar } from './ProblemBar';
import { SavedRuns } from './SavedRuns';
import { TokenGrid } from './TokenGrid';
import { useDomain } from './useDomain';

export function Answers() {
  const shown = useShown();
  return (
    <>
      <SavedRuns />
      {shown === undefined ? <EmptyStage /> : <FilledStage shown={shown} />}
    </>
  );
}

function FilledStage({ shown }: { readonly shown: Shown }) {
  const palette = usePalette();
  const { domain, stats } = useDomain(shown);
  return (
    <>
      <PhaseStrip shown={shown} />
      <ProblemBar shown={shown} />
      <ChannelBar shown={shown} domain={domain} palette={palette} stats={stats} />
      <TokenGrid shown={shown} domain={domain} palette={palette} />
      <CritiquePanel shown={shown} />
    </>
  );
}

// The answers of one problem: phases of the update, the problem, the answers as tokens, what the colours mean, and the critiques.

import { useRun, usePalette, useTraining } from '../app/SessionContext';
import { useShown, type Shown } from '../app/useShown';
import { CritiquePanel } from '../critique/CritiquePanel';
import { ChannelBar } from './ChannelBar';
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

function EmptyStage() {
  const isLive = useRun((state) => state.source === 'live');
  const failure = useRun((state) => state.recordedFailure);
  const status = useTraining((state) => state.status.kind);
  const updatesWithoutRecord = useRun((state) => (state.source === 'live' ? state.live?.past?.length : undefined)) ?? 0;
  if (updatesWithoutRecord > 0) return <p className="emptyStage">The answers of the {updatesWithoutRecord} updates so far were not kept; the next ones will stand here.</p>;
  if (isLive || status === 'preparing') return <p className="emptyStage">The first answers are on their way.</p>;
  return <p className="emptyStage">{failure === null ? 'Loading the recorded run.' : 'Press Play to train a policy here.'}</p>;
}

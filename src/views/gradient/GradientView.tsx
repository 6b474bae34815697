// What the update's gradient hangs on: its push over the tokens of the group, which tokens of the batch carry the most,
// and how large the gradient is in each part of the model, now and over the run.

import { useMemo, useState } from 'react';
import { clippedTokens, carriersOf, gradientChannel, GRADIENT_MEASURES, type GradientMeasure } from '../../viz/gradientMeasures';
import { formatNumber, formatShare } from '../../viz/format';
import { usePalette } from '../app/SessionContext';
import { useShown, type Shown } from '../app/useShown';
import { EmptyStage } from '../stage/EmptyStage';
import { PhaseStrip } from '../stage/PhaseStrip';
import { ProblemBar } from '../stage/ProblemBar';
import { TokenGrid } from '../stage/TokenGrid';
import { useDomain } from '../stage/useDomain';
import { GradientCarriers } from './GradientCarriers';
import { LayerNorms } from './LayerNorms';

export function GradientView() {
  const shown = useShown();
  if (shown === undefined) return <EmptyStage />;
  return (
    <div className="gradientView" data-panel="gradient">
      <PhaseStrip shown={shown} />
      {shown.update.gradient === undefined
        ? <p className="emptyStage">At this phase there is no gradient yet: it comes with the phase Gradient.</p>
        : <FilledGradient shown={shown} />}
    </div>
  );
}

function FilledGradient({ shown }: { readonly shown: Shown }) {
  const palette = usePalette();
  const [measure, setMeasure] = useState<GradientMeasure>('coefficient');
  const { update } = shown;
  const painted = useMemo(() => ({ ...shown, channel: gradientChannel(update, measure) }), [shown, update, measure]);
  const { domain } = useDomain(painted);
  return (
    <>
      <GradientSentence shown={shown} />
      <ProblemBar shown={shown} />
      <div className="scaleBar">
        <div className="segments" role="group" aria-label="What the chips show">
          {Object.entries(GRADIENT_MEASURES).map(([id, { label }]) => (
            <button key={id} type="button" aria-pressed={id === measure} onClick={() => setMeasure(id as GradientMeasure)}>{label}</button>
          ))}
        </div>
        <details className="howToRead"><summary>{GRADIENT_MEASURES[measure].key}</summary><p className="fieldNote">{GRADIENT_MEASURES[measure].sentence} A full bar is {formatNumber(domain.limit)}; a hatched one is clipped.</p></details>
      </div>
      <TokenGrid shown={painted} domain={domain} palette={palette} />
      <GradientCarriers shown={shown} measure={measure} />
      <LayerNorms palette={palette} />
    </>
  );
}

/** The real numbers of this update. */
function GradientSentence({ shown: { update } }: { readonly shown: Shown }) {
  const { coefficient, push, clipped } = useMemo(() => ({ coefficient: carriersOf(update, 'magnitude', 0), push: carriersOf(update, 'push', 0), clipped: clippedTokens(update) }), [update]);
  const norm = update.gradient!.gradientNorm;
  if (coefficient.total === 0) return <p className="gradientSentence">No token of this update has a coefficient: nothing is learned from it.</p>;
  return (
    <p className="gradientSentence">
      The loss hangs on {coefficient.tokens} tokens, {clipped === 0 ? 'none' : `${clipped} (${formatShare(clipped / coefficient.tokens)})`} clipped. Half of the push is on {coefficient.toHalf},
      {' '}{push.toHalf === 0 ? 'and nothing of it reaches the logits' : `half of what reaches the logits on ${push.toHalf}: the policy is sure of the others`}. Gradient norm {formatNumber(norm)}.
    </p>
  );
}

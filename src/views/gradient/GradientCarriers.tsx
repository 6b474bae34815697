// The tokens of the whole update that carry the most of the gradient. Each is a way there.

import { useId, useMemo } from 'react';
import { chipText } from '../../viz/chipLayout';
import { formatNumber, formatShare } from '../../viz/format';
import { carriersOf, GRADIENT_MEASURES, type GradientMeasure } from '../../viz/gradientMeasures';
import { answersOf } from '../../viz/phaseSentence';
import { selectPlace } from '../app/selectPlace';
import { useRun, useSession } from '../app/SessionContext';
import { selectedPlace, tokenText, type Shown } from '../app/useShown';

export function GradientCarriers({ shown, measure }: { readonly shown: Shown; readonly measure: GradientMeasure }) {
  const title = useId();
  const session = useSession();
  const selection = useRun((state) => state.selection);
  const { update } = shown;
  const { largest } = useMemo(() => carriersOf(update, measure), [update, measure]);
  const selected = selectedPlace(shown, selection);
  if (largest.length === 0) return null;
  const { width, problem_N } = update.sample;
  return (
    <section className="carriers" aria-labelledby={title}>
      <h3 id={title}>Who carries the most, of the whole update</h3>
      {/* it scrolls by itself, so the keyboard must be able to reach it */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="carriersScroll" role="region" aria-label="Tokens that carry the most of the gradient" tabIndex={0}>
        <table className="numbers">
          <thead><tr><th scope="col">Token</th><th scope="col">{GRADIENT_MEASURES[measure].label}</th><th scope="col">Share</th><th scope="col">Advantage</th><th scope="col">Probability</th></tr></thead>
          <tbody>
            {largest.map(({ place, value, share }) => {
              const index = place.answer * width + place.token;
              const problem = problem_N[place.answer]!;
              return (
                <tr key={index} className={selected?.answer === place.answer && selected.token === place.token ? 'isActive' : undefined}>
                  <th scope="row"><button type="button" className="link" onClick={() => selectPlace(session, update, place)}>
                    ‘{chipText(tokenText(shown, place)).text}’ in problem {problem + 1}, answer {answersOf(update, problem).indexOf(place.answer) + 1}, token {place.token + 1}
                  </button></th>
                  <td>{formatNumber(value)}{update.gradient!.isClipped_NT[index] === 1 ? ' clipped' : ''}</td>
                  <td>{formatShare(share)}</td>
                  <td>{formatNumber(update.credit?.advantages_NT[index] ?? Number.NaN)}</td>
                  <td>{formatNumber(Math.exp(update.score?.oldLogprobs_NT[index] ?? Number.NaN))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

// One token by every method that can run: its advantage, and as a bar the same as a share of the largest in the answers to the problem,
// because methods count in different units. A click paints the method.

import { useId } from 'react';
import type { CreditRecord } from '../../lab/record';
import { signedBar } from '../../viz/chipLayout';
import { barColor } from '../../viz/color';
import type { Place } from '../../viz/creditGeometry';
import { formatNumber } from '../../viz/format';
import { usePalette } from '../app/SessionContext';
import { useAnswers, useAnswersSession } from './useAnswers';

const BAR_HEIGHT = 16;

export function EveryMethod({ place, width }: { readonly place: Place; readonly width: number }) {
  const session = useAnswersSession();
  const palette = usePalette();
  const title = useId();
  const able = useAnswers((state) => state.batch!.methods.able);
  const problem_N = useAnswers((state) => state.batch!.answers.sample.problem_N);
  const credits = useAnswers((state) => state.credits);
  const painted = useAnswers((state) => state.method);
  return (
    <section aria-labelledby={title}>
      <h3 id={title}>By every method</h3>
      <table className="numbers everyMethod">
        <thead><tr><th scope="col">Method</th><th scope="col">Advantage</th></tr></thead>
        <tbody>
          {able.map(({ name, title: label }) => {
            const credit = credits[name];
            const value = credit?.advantages_NT[place.answer * width + place.token] ?? Number.NaN;
            const share = credit === undefined ? Number.NaN : value / largest(credit, problem_N, place.answer, width);
            const bar = signedBar(share, BAR_HEIGHT);
            return (
              <tr key={name} className={name === painted ? 'isActive' : undefined} data-method={name}>
                <th scope="row"><button type="button" className="link" aria-pressed={name === painted} onClick={() => session.chooseMethod(name)}>{label}</button></th>
                <td>{formatNumber(value)} <span className="shareBar" aria-hidden="true"><i style={{ top: bar.top, height: bar.height, background: barColor(palette, 'signed', share) }} /></span></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Largest distance from 0 among the answers to the same problem. */
function largest({ advantages_NT }: CreditRecord, problem_N: ArrayLike<number>, answer: number, width: number): number {
  let most = 0;
  for (let n = 0; n < problem_N.length; n++) {
    if (problem_N[n] === problem_N[answer]) for (const one of advantages_NT.subarray(n * width, (n + 1) * width)) most = Math.max(most, Math.abs(one));
  }
  return most;
}

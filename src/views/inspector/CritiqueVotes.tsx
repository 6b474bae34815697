// What the critics said about this token's step, vote by vote, and what the exact checker knows.

import type { Place } from '../../viz/creditGeometry';
import { critiqueMark } from '../../viz/critiqueMark';
import { usePanel } from '../app/usePanel';
import type { Shown } from '../app/useShown';

export function CritiqueVotes({ shown, place }: { readonly shown: Shown; readonly place: Place }) {
  const panel = usePanel('votes', 'critique');
  const { critique } = shown.update;
  if (critique === undefined) return null;
  const mark = critiqueMark(shown.update, place);
  const critiques = critique.critiques_Nk[place.answer] ?? [];
  if (mark.step < 0) return <p className="critiqueSentence">This token belongs to no step, so nobody judges it.</p>;
  const isCorrect = critique.isCorrect_NK[place.answer]?.[mark.step];
  const canReach = critique.canReachAnswer_NK[place.answer]?.[mark.step];
  return (
    <div {...panel}>
      {critiques.length === 0 ? <p className="critiqueSentence">This method asks no critic.</p> : (
        <>
          <p className="critiqueSentence">{mark.valid === 0 ? 'No critique of this answer could be read.' : `${mark.flags} of ${mark.valid} critiques flag this step${mark.valid < mark.asked ? `; ${mark.asked - mark.valid} could not be read` : ''}.`}</p>
          <ol className="votes" aria-label="Critique votes">
            {critiques.map((flags, index) => {
              const [sign, word] = flags === null ? ['?', 'missing'] : flags.includes(mark.step) ? ['✗', 'wrong'] : ['✓', 'fine'];
              return <li key={index} className={`vote vote-${word}`}><span aria-hidden="true">{sign}</span> {word}</li>;
            })}
          </ol>
        </>
      )}
      {isCorrect === undefined ? null : (
        <p className="critiqueSentence muted">Exact checker: the step is {isCorrect ? 'right' : 'wrong'} in itself{canReach === undefined ? '' : `, and the right answer can ${canReach ? 'still' : 'no longer'} be reached`}.</p>
      )}
    </div>
  );
}

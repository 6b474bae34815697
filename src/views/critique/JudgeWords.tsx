// What each critique says of the selected step: its own lines that name the step, and the whole of it to open. The exact
// checker writes nothing, so its verdict stands there as a sentence.

import type { CritiqueRecord } from '../../lab/record';
import { sentenceOf, wordsOnStep } from '../../viz/judgeWords';

export function JudgeWords({ critique, answer, step }: { readonly critique: CritiqueRecord; readonly answer: number; readonly step: number }) {
  const critiques = critique.critiques_Nk[answer] ?? [];
  return (
    <ol className="judgeWords" aria-label={`The critiques on step ${step + 1}`}>
      {critiques.map((flags, index) => {
        const said = critique.judge?.said_Nk[answer]?.[index];
        const vote = flags === null ? 'missing' : flags.includes(step) ? 'wrong' : 'fine';
        return (
          <li key={index}>
            <span className={`vote vote-${vote}`}>{vote}</span>
            {said === undefined ? <q>{sentenceOf(flags)}</q> : <Said text={said.text} verdict={said.verdict} step={step} />}
          </li>
        );
      })}
    </ol>
  );
}

function Said({ text, verdict, step }: { readonly text: string; readonly verdict: string; readonly step: number }) {
  if (verdict === 'failed') return <span className="muted">{text}</span>;
  // the judge counts steps from 0
  const words = wordsOnStep(text, step);
  return (
    <div className="said">
      {words.length === 0 ? <p className="muted">{text.trim() === '' ? 'It said nothing.' : 'Says nothing of this step.'}</p> : words.map((line, index) => <q key={index}>{line}</q>)}
      {text.trim() === '' ? null : <details><summary>All it said (it counts steps from 0)</summary><pre className="example">{text}</pre></details>}
    </div>
  );
}

// Which problem of the batch is on screen: its prompt once, its right answer, and a picker.

import { chipText } from '../../viz/chipLayout';
import { Icon } from '../app/Icon';
import { useSession } from '../app/SessionContext';
import type { Shown } from '../app/useShown';

export function ProblemBar({ shown }: { readonly shown: Shown }) {
  const session = useSession();
  const { problem } = shown;
  const problems = shown.update.sample.problems_P;
  const current = problems[problem]!;
  const pick = (next: number): void => session.run.setState({ problem: next });
  return (
    <div className="problemBar">
      <div className="problemPicker">
        <button type="button" className="iconButton" aria-label="Problem before" disabled={problem === 0} onClick={() => pick(problem - 1)}><Icon name="left" /></button>
        <label htmlFor="problem" className="spoken">Problem</label>
        <select id="problem" value={problem} onChange={(event) => pick(Number(event.target.value))}>
          {problems.map((one, index) => <option key={index} value={index}>{`${index + 1} of ${problems.length}: ${one.prompt.trim()}`}</option>)}
        </select>
        <button type="button" className="iconButton" aria-label="Problem after" disabled={problem === problems.length - 1} onClick={() => pick(problem + 1)}><Icon name="right" /></button>
      </div>
      <p className="prompt">
        <span className="promptLabel">Prompt</span>
        <span className="promptTokens" role="img" aria-label={current.prompt.trim()}>{[...current.prompt].map((character, index) => <span key={index} className="promptToken">{chipText(character).text}</span>)}</span>
        <span className="promptLabel">Right answer</span>
        <span className="promptTokens"><span className="promptToken isAnswer">{current.answer}</span></span>
      </p>
    </div>
  );
}

// Which problem of a batch is on screen: buttons to its neighbours and a list, its prompt once, its right answer.

import type { ProblemRecord } from '../../lab/record';
import { chipText } from '../../viz/chipLayout';
import { Icon } from '../app/Icon';

interface ProblemPickerProps {
  /** of the list, for its label */
  readonly id: string;
  readonly problems: readonly ProblemRecord[];
  readonly problem: number;
  onPick(problem: number): void;
}

export function ProblemPicker({ id, problems, problem, onPick }: ProblemPickerProps) {
  const current = problems[problem]!;
  return (
    <>
      <div className="problemPicker">
        <button type="button" className="iconButton" aria-label="Problem before" disabled={problem === 0} onClick={() => onPick(problem - 1)}><Icon name="left" /></button>
        <label htmlFor={id} className="spoken">Problem</label>
        <select id={id} value={problem} onChange={(event) => onPick(Number(event.target.value))}>
          {problems.map((one, index) => <option key={index} value={index}>{`${index + 1} of ${problems.length}: ${one.prompt.trim()}`}</option>)}
        </select>
        <button type="button" className="iconButton" aria-label="Problem after" disabled={problem === problems.length - 1} onClick={() => onPick(problem + 1)}><Icon name="right" /></button>
      </div>
      <p className="prompt">
        <span className="promptLabel">Prompt</span>
        <span className="promptTokens" role="img" aria-label={current.prompt.trim()}>{[...current.prompt].map((character, index) => <span key={index} className="promptToken">{chipText(character).text}</span>)}</span>
        <span className="promptPair"><span className="promptLabel">Right answer</span> <span className="promptToken isAnswer">{current.answer}</span></span>
      </p>
    </>
  );
}

// The dialog of real answers: where they come from, what the reader found, one problem with its answers, and the selected token.

import { useAnswers } from './useAnswers';
import { ProblemOfFile } from './ProblemOfFile';
import { ReadReport } from './ReadReport';
import { SourceBar } from './SourceBar';

export function AnswersView({ onClose }: { onClose(): void }) {
  const hasSummary = useAnswers((state) => state.summary !== null && state.summary.problems.length > 0);
  const isEmpty = useAnswers((state) => state.summary === null && state.reading === null);
  return (
    <div className="realAnswersBody">
      <div className="realAnswersHead">
        <h2>Real answers</h2>
        <SourceBar />
        <button type="button" className="realAnswersClose" onClick={onClose}>Close</button>
      </div>
      <ReadReport />
      {hasSummary ? <ProblemOfFile /> : null}
      {isEmpty ? <Welcome /> : null}
    </div>
  );
}

function Welcome() {
  return (
    <div className="answersWelcome">
      <p>Look at answers that language models wrote elsewhere, and at the credit that each method gives to their tokens. Open a file, drop one here, or paste its lines. It is read in this browser and sent nowhere.</p>
      <p>One JSON object a line, in any of these forms:</p>
      <ul>
        <li><code>{'{"prompt", "completions": […], "rewards": […]}'}</code>, and where you have them <code>reference</code> and lists with an entry an answer: <code>sources</code>, <code>tokens</code>, <code>logprobs</code>, <code>steps</code>, <code>step_labels</code>; in what this page exported also <code>judged_by</code>, what judges said</li>
        <li>TRL: rows of <code>log_completions</code> (<code>prompt</code>, <code>completion</code>, rewards), and stepwise supervision (<code>prompt</code>, <code>completions</code>, <code>labels</code>)</li>
        <li>verl: <code>rollout_data_dir</code> (<code>input</code>, <code>output</code>, <code>score</code>, <code>gts</code>)</li>
        <li>GSM8K model solutions as OpenAI published them</li>
      </ul>
      <p className="muted">Without tokens in the file an answer is cut into words. Steps are lines, or sentences; sums inside them are checked. Where a reward is missing, the last number is compared with the reference.</p>
    </div>
  );
}

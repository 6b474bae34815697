// What the reader found: how many problems in which format, which lines it skipped and why, or what went wrong.

import type { AnswersSummary } from '../../workers/answersMessages';
import { useAnswers } from './useAnswers';

export function ReadReport() {
  const summary = useAnswers((state) => state.summary);
  const name = useAnswers((state) => state.name);
  const message = useAnswers((state) => state.message);
  return (
    <>
      {message === null ? null : <p className="notice" role="alert">{message}</p>}
      {summary === null ? null : <p className="readSentence" role="status">{sentenceOf(summary, name)}</p>}
      {summary === null || summary.badCount === 0 ? null : <BadLines summary={summary} />}
    </>
  );
}

function sentenceOf({ problems, answers, formats, rewardColumns, badCount }: AnswersSummary, name: string): string {
  const forms = formats.map(({ format }) => format).join(', ');
  const sum = rewardColumns.length > 1 ? ` The reward is the sum of ${rewardColumns.join(', ')}.` : '';
  return `${name}: ${count(problems.length, 'problem')}, ${count(answers, 'answer')}${forms === '' ? '' : ` (${forms})`}; ${badCount === 0 ? 'every line could be read' : `${count(badCount, 'line')} skipped`}.${sum}`;
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

function BadLines({ summary: { badLines, badCount } }: { readonly summary: AnswersSummary }) {
  return (
    <details className="badLines">
      <summary>{count(badCount, 'line')} skipped, from line {badLines[0]!.line}</summary>
      <ol>
        {badLines.map(({ line, problem }) => <li key={line}><b>Line {line}</b> {problem}</li>)}
        {badCount > badLines.length ? <li>and {badCount - badLines.length} more</li> : null}
      </ol>
    </details>
  );
}

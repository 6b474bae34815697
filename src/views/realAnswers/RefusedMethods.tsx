// The methods that cannot run on these answers, each with what it lacks.

import { useAnswers } from './useAnswers';

export function RefusedMethods() {
  const refused = useAnswers((state) => state.batch!.methods.refused);
  if (refused.length === 0) return null;
  return (
    <details>
      <summary>{refused.length} methods need more than a file has</summary>
      <dl className="refusedMethods">{refused.map(({ name, title, reason }) => <div key={name}><dt>{title}</dt><dd>{reason}</dd></div>)}</dl>
    </details>
  );
}

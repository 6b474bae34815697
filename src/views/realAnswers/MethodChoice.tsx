// The methods that can run on these answers, and the others with what they lack.

import { RefusedMethods } from './RefusedMethods';
import { useAnswers, useAnswersSession } from './useAnswers';

export function MethodChoice() {
  const session = useAnswersSession();
  const methods = useAnswers((state) => state.batch!.methods);
  const method = useAnswers((state) => state.method);
  const [from, to] = useAnswers((state) => state.summary!.batches[state.batch!.batch]!);
  const chosen = methods.able.find(({ name }) => name === method);
  return (
    <div className="methodChoice">
      <label>Method <select value={method} disabled={methods.able.length === 0} onChange={({ target }) => session.chooseMethod(target.value)}>
        {methods.able.map(({ name, title }) => <option key={name} value={name}>{title}</option>)}
      </select></label>
      <p>{chosen?.explanation ?? 'No method can run on these answers.'} <span className="muted">What a method takes from the batch, it takes from problems {from + 1} to {to}.</span></p>
      <RefusedMethods />
    </div>
  );
}

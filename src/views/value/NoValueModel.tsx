// Why the view is empty: this method learns without a value model. Those that have one are named.

import { useConfiguration } from '../app/SessionContext';
import type { Shown } from '../app/useShown';

/** A method that trains a value model has its learning rate among its parameters. */
const VALUE_MODEL_PARAMETER = 'valueLearningRate';
const BEST_KNOWN = 'PPO with GAE';

export function NoValueModel({ shown: { update, names } }: { readonly shown: Shown }) {
  const methods = useConfiguration((state) => state.catalogue?.methods);
  const withValues = methods?.filter(({ parameters }) => parameters.some(({ name }) => name === VALUE_MODEL_PARAMETER)).map(({ title }) => title) ?? [];
  if (update.credit === undefined) return <p className="emptyStage">At this phase no credit has been given yet. Values come with the phase Credit, where the method has a value model.</p>;
  return (
    <p className="emptyStage">
      {names.methodTitle} has no value model: it compares whole answers with each other and never asks how much reward is still to be expected in the middle of one.
      {' '}A value before each token comes with {listed(withValues.length === 0 ? [BEST_KNOWN] : withValues)}: choose {withValues.length > 1 ? 'one of them' : 'it'} as the method and train.
    </p>
  );
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

// Why the view is empty: this method learns without a value model. Those that have one are named, with the ways there.

import { LESSONS } from '../../lessons';
import { chooseMethod } from '../../state/configurationStore';
import { Control } from '../app/Control';
import { useConfiguration, useSession, useTraining } from '../app/SessionContext';
import type { Shown } from '../app/useShown';
import { useLessons } from '../lessons/useLessons';

/** A method that trains a value model has its learning rate among its parameters. */
const VALUE_MODEL_PARAMETER = 'valueLearningRate';
/** of those the one that most people know */
const BEST_KNOWN = { name: 'ppo', title: 'PPO with GAE' };
const LESSON = 'value';

export function NoValueModel({ shown: { update, names } }: { readonly shown: Shown }) {
  const session = useSession();
  const methods = useConfiguration((state) => state.catalogue?.methods);
  const chosen = useConfiguration((state) => state.configuration?.method);
  const canTrain = useTraining((state) => state.backend.kind !== 'replay');
  const isInLesson = useLessons((state) => state.open !== null);
  const withValues = methods?.filter(({ parameters }) => parameters.some(({ name }) => name === VALUE_MODEL_PARAMETER)) ?? [];
  if (update.credit === undefined) return <p className="emptyStage">At this phase no credit has been given yet. Values come with the phase Credit, where the method has a value model.</p>;
  const best = withValues.find(({ name }) => name === BEST_KNOWN.name) ?? withValues[0];
  const lesson = LESSONS.findIndex(({ id }) => id === LESSON);
  return (
    <div className="emptyStage">
      <p>
        {names.methodTitle} has no value model: it compares whole answers with each other and never asks how much reward is still to be expected in the middle of one.
        {' '}A value before each token comes with {listed(withValues.length === 0 ? [BEST_KNOWN.title] : withValues.map(({ title }) => title))}.
      </p>
      <div className="emptyWays">
        {best === undefined || !canTrain ? null : (
          <Control id="method"><button type="button" onClick={() => { if (chosen !== best.name) chooseMethod(session.configuration, best.name); }}>Set up {best.title}</button></Control>
        )}
        {lesson < 0 || isInLesson ? null : <button type="button" onClick={() => void session.lessons.open(LESSON)}>See one in lesson {lesson + 1}</button>}
      </div>
      <p role="status">{best !== undefined && chosen === best.name ? `${best.title} is the method in the setup now. A run with it shows its values here, from its first update on.` : ''}</p>
    </div>
  );
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

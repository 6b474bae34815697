// Which model judges on this machine, what it runs on and what it is asked.

import { defaultModelFields, kindOf, MODEL_NUMBERS, type ModelFields, type ModelNumber } from '../../state/judgeStore';
import type { Catalogue } from '../../workers/protocol';
import { useConfiguration, useSession } from '../app/SessionContext';
import { useJudge } from '../critique/useJudge';
import { NumberField, PromptFields } from './SettingFields';

const NUMBER_LABELS: Readonly<Record<ModelNumber, string>> = { temperature: 'Judge’s temperature', maximumTokens: 'Longest critique, tokens' };

export function ModelSettings({ judges: { models }, judges }: { readonly judges: NonNullable<Catalogue['judges']> }) {
  const { judge } = useSession();
  const kind = useConfiguration((state) => kindOf(state.configuration?.critic.model));
  const fields = useJudge((state) => state.models?.[kind]);
  if (fields === undefined) return null;
  const edit = (change: Partial<ModelFields>) => judge.editModel(kind, change);
  return (
    <fieldset className="judgeSettings">
      <legend>Judge</legend>
      <details className="advanced">
        <summary>What the judge is asked</summary>
        <PromptFields fields={fields} onEdit={edit} />
        {MODEL_NUMBERS.map((name) => <NumberField key={name} id={`judge-${name}`} label={NUMBER_LABELS[name]} value={fields[name]} bounds={models.bounds[name]!} onEdit={(text) => edit({ [name]: text })} />)}
        <button type="button" onClick={() => edit(defaultModelFields(judges, kind))}>Back to the defaults</button>
      </details>
    </fieldset>
  );
}

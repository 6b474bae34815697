// Where the judge is, what it runs and what it is asked. The key is typed into a field that no browser keeps.

import { defaultFields, ENDPOINT_NUMBERS, type EndpointFields, type EndpointNumber } from '../../state/judgeStore';
import type { Catalogue } from '../../workers/protocol';
import { useSession } from '../app/SessionContext';
import { useJudge } from '../critique/useJudge';
import { Field, NumberField, PromptFields, useIds } from './SettingFields';

const NUMBER_LABELS: Readonly<Record<EndpointNumber, string>> = {
  temperature: 'Judge’s temperature', maximumTokens: 'Longest critique, tokens', concurrency: 'Requests at once', timeoutSeconds: 'Seconds to wait for a critique',
};

export function EndpointSettings({ judges }: { readonly judges: NonNullable<Catalogue['judges']> }) {
  const { judge } = useSession();
  const fields = useJudge((state) => state.fields);
  const idOf = useIds();
  if (fields === null) return null;
  const edit = (name: keyof EndpointFields) => (event: { readonly target: { readonly value: string } }) => judge.edit({ [name]: event.target.value });
  return (
    <fieldset className="judgeSettings">
      <legend>Judge</legend>
      <p className="fieldNote">Any server that speaks OpenAI’s chat completions, on this machine or elsewhere. It must allow requests from web pages (CORS). You are asked before anything is sent.</p>
      <Field id={idOf('judgeUrl')} label="Address"><input id={idOf('judgeUrl')} type="text" inputMode="url" spellCheck={false} autoComplete="off" placeholder="http://localhost:1234/v1" value={fields.url} onChange={edit('url')} /></Field>
      <Field id={idOf('judgeModel')} label="Model"><input id={idOf('judgeModel')} type="text" spellCheck={false} autoComplete="off" placeholder="its name there" value={fields.model} onChange={edit('model')} /></Field>
      <Field id={idOf('judgeKey')} label="Key, if it wants one"><input id={idOf('judgeKey')} type="password" autoComplete="new-password" value={fields.key} onChange={edit('key')} /></Field>
      <p className="fieldNote">The key stays in this page’s memory: it is never stored, and a reload forgets it.</p>
      <details className="advanced">
        <summary>What the judge is asked</summary>
        <PromptFields fields={fields} onEdit={judge.edit} />
        {ENDPOINT_NUMBERS.map((name) => <NumberField key={name} id={idOf(`judge-${name}`)} label={NUMBER_LABELS[name]} value={fields[name]} bounds={judges.endpoint.bounds[name]!} onEdit={(text) => judge.edit({ [name]: text })} />)}
        <button type="button" onClick={() => judge.edit({ ...defaultFields(judges), url: fields.url, model: fields.model, key: fields.key })}>Back to the defaults</button>
      </details>
    </fieldset>
  );
}

// Where the judge is, what it runs and what it is asked. The key is typed into a field that no browser keeps.

import type { ReactNode } from 'react';
import { defaultFields, type EndpointFields, type EndpointNumber } from '../../state/judgeStore';
import type { Catalogue } from '../../workers/protocol';
import { useSession } from '../app/SessionContext';
import { useJudge } from '../critique/useJudge';

const NUMBER_LABELS: Readonly<Record<EndpointNumber, string>> = {
  temperature: 'Judge’s temperature', maximumTokens: 'Longest critique, tokens', concurrency: 'Requests at once', timeoutSeconds: 'Seconds to wait for a critique',
};

export function JudgeSettings({ endpoint }: { readonly endpoint: NonNullable<Catalogue['endpoint']> }) {
  const { judge } = useSession();
  const fields = useJudge((state) => state.fields);
  if (fields === null) return null;
  const edit = (name: keyof EndpointFields) => (event: { readonly target: { readonly value: string } }) => judge.edit({ [name]: event.target.value });
  const isOutOfBounds = (name: EndpointNumber): boolean => {
    const [least, most] = endpoint.bounds[name]!;
    return fields[name].trim() === '' || !(Number(fields[name]) >= least && Number(fields[name]) <= most);
  };
  return (
    <fieldset className="judgeSettings">
      <legend>Judge</legend>
      <p className="fieldNote">Any server that speaks OpenAI’s chat completions, on this machine or elsewhere. It must allow requests from web pages (CORS). You are asked before anything is sent.</p>
      <Field id="judgeUrl" label="Address"><input id="judgeUrl" type="text" inputMode="url" spellCheck={false} autoComplete="off" placeholder="http://localhost:1234/v1" value={fields.url} onChange={edit('url')} /></Field>
      <Field id="judgeModel" label="Model"><input id="judgeModel" type="text" spellCheck={false} autoComplete="off" placeholder="its name there" value={fields.model} onChange={edit('model')} /></Field>
      <Field id="judgeKey" label="Key, if it wants one"><input id="judgeKey" type="password" autoComplete="new-password" value={fields.key} onChange={edit('key')} /></Field>
      <p className="fieldNote">The key stays in this page’s memory: it is never stored, and a reload forgets it.</p>
      <details className="advanced">
        <summary>What the judge is asked</summary>
        <Field id="judgeSystem" label="System prompt"><textarea id="judgeSystem" rows={8} value={fields.system} onChange={edit('system')} /></Field>
        <Field id="judgeUser" label="Prompt; {problem}, {steps} and {reference} are filled in"><textarea id="judgeUser" rows={8} value={fields.user} onChange={edit('user')} /></Field>
        {fields.user.includes('{steps}') ? null : <p className="fieldError">The prompt must say {'{steps}'} where the numbered steps are to stand.</p>}
        <p className="checkField"><input id="judgeReference" type="checkbox" checked={fields.showsReference} onChange={(event) => judge.edit({ showsReference: event.target.checked })} /> <label htmlFor="judgeReference">Show it the right final answer</label></p>
        {(Object.keys(NUMBER_LABELS) as EndpointNumber[]).map((name) => (
          <Field key={name} id={`judge-${name}`} label={NUMBER_LABELS[name]}>
            <input id={`judge-${name}`} type="number" step="any" value={fields[name]} aria-invalid={isOutOfBounds(name)} onChange={edit(name)} />
            {isOutOfBounds(name) ? <p className="fieldError">From {endpoint.bounds[name]![0]} to {endpoint.bounds[name]![1]}.</p> : null}
          </Field>
        ))}
        <button type="button" onClick={() => judge.edit({ ...defaultFields(endpoint), url: fields.url, model: fields.model, key: fields.key })}>Back to the defaults</button>
      </details>
    </fieldset>
  );
}

function Field({ id, label, children }: { readonly id: string; readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

// Which model judges: the one that ships, some that are known to work, a folder, or any other on Hugging Face by its id.

import { editOption, valueOf, type ConfigurationState } from '../../state/configurationStore';
import type { Option } from '../../tasks/task';
import { useConfiguration, useSession } from '../app/SessionContext';
import { Field, useIds } from './SettingFields';

/** As typed, be it a name or not. */
export function nameTyped({ configuration, drafts }: ConfigurationState, { name, default: shipped }: Option): string {
  return drafts[name] ?? String((configuration === null ? undefined : valueOf(configuration, name)) ?? shipped);
}

export function ModelName({ option, known }: { readonly option: Option; readonly known: readonly string[] }) {
  const session = useSession();
  const idOf = useIds();
  const value = useConfiguration((state) => nameTyped(state, option));
  const error = useConfiguration((state) => (Object.hasOwn(state.errors, option.name) ? state.errors[option.name] : undefined));
  const isListed = ['built-in', 'folder', ...known].includes(value);
  const edit = (text: string): void => editOption(session.configuration, option.name, option, text);
  return (
    <>
      <Field id={idOf('judgeModelName')} label="Model">
        <select id={idOf('judgeModelName')} value={isListed ? value : ''} onChange={(event) => edit(event.target.value)}>
          <option value="built-in">built-in, ships with this page</option>
          {known.map((id) => <option key={id} value={id}>{id}</option>)}
          <option value="folder">a folder on this machine</option>
          <option value="">another on Hugging Face …</option>
        </select>
      </Field>
      {isListed ? null : (
        <Field id={idOf('judgeModelId')} label="Id on Hugging Face">
          <input id={idOf('judgeModelId')} type="text" spellCheck={false} autoComplete="off" placeholder="owner/name, with ONNX weights" value={value} aria-invalid={error !== undefined} onChange={(event) => edit(event.target.value.trim())} />
          {error === undefined || value === '' ? null : <p className="fieldError">{error}</p>}
        </Field>
      )}
    </>
  );
}

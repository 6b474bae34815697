// One option as a field with its bounds; a refused value stays, with the reason under it.

import { editOption, valueOf, boundsText } from '../../state/configurationStore';
import { findControl } from '../../state/link/controls';
import { settingKey } from '../../state/link/keys';
import type { Option } from '../../tasks/task';
import { Control } from '../app/Control';
import { useConfiguration, useSession } from '../app/SessionContext';
import { useIds } from './SettingFields';

interface OptionFieldProps { readonly option: Option; readonly path: string }

/** A teacher's link knows settings one by one; parameters and task options only all together. */
export function OptionField({ option, path }: OptionFieldProps) {
  return <Control id={findControl(settingKey(path))?.id}><Field option={option} path={path} /></Control>;
}

function Field({ option, path }: OptionFieldProps) {
  const session = useSession();
  const value = useConfiguration((state) => (state.configuration === null ? undefined : valueOf(state.configuration, path)) ?? option.default);
  const draft = useConfiguration((state) => (Object.hasOwn(state.drafts, path) ? state.drafts[path] : undefined));
  const error = useConfiguration((state) => (Object.hasOwn(state.errors, path) ? state.errors[path] : undefined));
  const id = useIds()(`option-${path.replaceAll('.', '-')}`);
  const onEdit = (text: string): void => editOption(session.configuration, path, option, text);
  if (option.choices !== undefined) {
    return (
      <div className="field">
        <label htmlFor={id}>{option.label}</label>
        <select id={id} value={String(value)} onChange={(event) => onEdit(event.target.value)}>
          {option.choices.map((choice) => <option key={choice} value={choice}>{choice.replaceAll('_', ' ')}</option>)}
        </select>
      </div>
    );
  }
  const isNumber = typeof option.default === 'number';
  return (
    <div className="field">
      <label htmlFor={id}>{option.label}</label>
      <input
        id={id} type={isNumber ? 'number' : 'text'} min={option.minimum} max={option.maximum} step={option.isInteger === true ? 1 : 'any'} autoComplete="off"
        value={draft ?? String(value)} aria-invalid={error !== undefined} aria-describedby={`${id}-note`}
        onChange={(event) => onEdit(event.target.value)}
      />
      <p className={error === undefined ? 'fieldBounds' : 'fieldError'} id={`${id}-note`}>{error ?? (isNumber ? boundsText(option) : '')}</p>
    </div>
  );
}

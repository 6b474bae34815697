// Which preset the setup starts from: those that each teach one thing about credit first, other tasks below them.

import { choosePreset } from '../../state/configurationStore';
import type { Catalogue } from '../../workers/protocol';
import { Control } from '../app/Control';
import { useConfiguration, useSession } from '../app/SessionContext';

export function PresetField({ catalogue: { presets, methods } }: { readonly catalogue: Catalogue }) {
  const session = useSession();
  const name = useConfiguration((state) => state.configuration?.preset ?? '');
  const method = useConfiguration((state) => state.configuration?.method);
  const preset = presets.find((one) => one.name === name);
  const own = preset === undefined || preset.configuration.method === method ? undefined : methods.find((one) => one.name === preset.configuration.method);
  const further = presets.filter(({ isFurther }) => isFurther === true);
  const options = (entries: Catalogue['presets']) => entries.map((one) => <option key={one.name} value={one.name}>{one.title}</option>);
  return (
    <>
      <Control id="preset"><div className="field">
        <label htmlFor="preset">Preset</label>
        <select id="preset" value={name} onChange={(event) => choosePreset(session.configuration, event.target.value)}>
          {options(presets.filter((one) => !further.includes(one)))}
          {further.length === 0 ? null : <optgroup label="More tasks">{options(further)}</optgroup>}
        </select>
      </div></Control>
      {preset === undefined ? null : <p className="fieldNote">{preset.summary}{own === undefined ? '' : ` Its own method is ${own.title}.`}</p>}
    </>
  );
}

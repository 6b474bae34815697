// Said where an update takes too long to watch, with what would help: fewer answers an update, or the processor in place of a weak
// graphics card. Nothing is changed unasked: the preset goes into the setup, which restarts only when told to.

import { useState } from 'react';
import { choosePreset } from '../../state/configurationStore';
import { smallerPreset } from '../../state/smallerPreset';
import { formatShort } from '../../viz/format';
import { slowUpdate } from '../../viz/slowUpdates';
import { useConfiguration, useRun, useSession, useTraining } from '../app/SessionContext';

export function SlowNotice() {
  const session = useSession();
  const seconds = useRun((state) => (state.source === 'live' && state.live !== null ? slowUpdate(state.live.updates.slice(-4).map(({ line }) => line)) : undefined));
  const onCard = useTraining((state) => state.backend.kind === 'webgpu');
  const applied = useConfiguration((state) => state.applied);
  const presets = useConfiguration((state) => state.catalogue?.presets);
  const [isDismissed, setIsDismissed] = useState(false);
  if (seconds === undefined || isDismissed) return null;
  const smaller = smallerPreset(presets, applied);
  return (
    <p className="notice">
      An update takes {formatShort(seconds)} seconds here.
      {smaller === undefined ? null : <button type="button" className="link" onClick={() => choosePreset(session.configuration, smaller.name)}>Set up a smaller preset: {smaller.title}</button>}
      {onCard ? <a href={`${location.pathname}?executor=cpu${location.hash}`}>Try the processor</a> : null}
      <button type="button" className="link" onClick={() => setIsDismissed(true)}>Dismiss</button>
    </p>
  );
}

// What a phone is good for here, and the little that it lacks.

import { choosePreset } from '../../state/configurationStore';
import { smallerPreset } from '../../state/smallerPreset';
import { Control } from '../app/Control';
import { useConfiguration, useRun, useSession, useTraining } from '../app/SessionContext';
import { useMedia } from '../app/useMedia';

/** narrow, and pointed at with a finger */
const PHONE = '(max-width: 859px) and (pointer: coarse)';

export function OnAPhone() {
  const session = useSession();
  const isPhone = useMedia(PHONE);
  const isLive = useRun((state) => state.live !== null);
  const canTrain = useTraining((state) => state.backend.kind !== 'replay');
  const chosen = useConfiguration((state) => state.configuration);
  const presets = useConfiguration((state) => state.catalogue?.presets);
  if (!isPhone) return null;
  const smaller = smallerPreset(presets, chosen);
  return (
    <div className="fieldNote whereItTrains">
      <p>On a phone the recorded run, the lessons and every view work as elsewhere{canTrain ? ', and small presets train at a good pace' : ''}. Two things need a keyboard or a wide window: adding up several tokens (Shift and a click), and the bars and factors beside the numbers in Gradient and Compare methods.</p>
      {!canTrain || isLive || smaller === undefined ? null : <Control id="preset"><button type="button" className="link" onClick={() => choosePreset(session.configuration, smaller.name)}>Set up a smaller preset: {smaller.title}</button></Control>}
    </div>
  );
}

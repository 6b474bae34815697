// Builds a link for a class: which controls are there, which are locked, which seed, where it starts, which lesson, and how the page
// looks. What comes out is a link like any other (src/state/link), so a class may open it, change the address, or go on from there.

import { useState } from 'react';
import { LESSONS } from '../../lessons';
import { withValue } from '../../state/configurationStore';
import { FREE, type Classroom, type ControlState } from '../../state/link/classroom';
import { CONTROLS, SETTING_CONTROLS, type ControlEntry } from '../../state/link/controls';
import { writeLink, type Link } from '../../state/link/link';
import type { Catalogue } from '../../workers/protocol';
import { CopyField } from '../share/CopyField';

interface ClassroomBuilderProps {
  readonly catalogue: Catalogue;
  /** what the link is of */
  readonly link: Link;
  linkText(hash: string): string;
}

const STATES: readonly ControlState[] = ['show', 'lock', 'hide'];
const STATE_WORDS: Readonly<Record<ControlState, string>> = { show: 'Show', lock: 'Lock', hide: 'Hide' };

export function ClassroomBuilder({ catalogue, link, linkText }: ClassroomBuilderProps) {
  const [controls, setControls] = useState<Classroom['controls']>({});
  const [isSeedFixed, setIsSeedFixed] = useState(false);
  const [seed, setSeed] = useState(String(link.configuration?.seed ?? 1));
  const [hasPlace, setHasPlace] = useState(link.place.update !== undefined);
  const [lesson, setLesson] = useState('');
  const [mode, setMode] = useState<'usual' | 'present' | 'embed'>('usual');
  const choose = (id: string, state: ControlState): void => {
    const { [id]: _before, ...others } = controls;
    setControls(state === 'show' ? others : { ...others, [id]: state });
  };
  const seedOption = catalogue.settings.find(({ name }) => name === 'seed');
  const isSeed = /^\d+$/.test(seed) && Number(seed) <= (seedOption?.maximum ?? 0);
  const isOwnSeed = isSeedFixed && isSeed && Number(seed) !== link.configuration?.seed;
  const configuration = isOwnSeed && link.configuration !== undefined ? withValue(link.configuration, ['seed'], Number(seed)) : link.configuration;
  const { channel, view } = link.place;
  // another seed is another run: the place in this one means nothing there
  const place = hasPlace && !isOwnSeed ? link.place : { ...(channel !== undefined && { channel }), ...(view !== undefined && { view }) };
  const classroom: Classroom = {
    ...FREE, controls: { ...controls, ...(isSeedFixed && { seed: controls['seed'] === 'hide' ? 'hide' : 'lock' }) },
    isPresenting: mode === 'present', isEmbedded: mode === 'embed', lesson: lesson === '' ? undefined : lesson,
  };
  const text = linkText(writeLink(catalogue, { configuration, place, classroom }));
  const labelOf = ({ label }: ControlEntry): string => catalogue.settings.find(({ name }) => name === label)?.label ?? label;
  const groups = [...new Set(CONTROLS.map(({ group }) => group))];
  return (
    <div className="builder">
      <fieldset>
        <legend>Start</legend>
        <p className="builderChoice"><input id="builderSeed" type="checkbox" checked={isSeedFixed} onChange={({ target }) => setIsSeedFixed(target.checked)} /><label htmlFor="builderSeed">Everyone gets seed</label>
          <input type="number" aria-label="Seed of the class" min={0} max={seedOption?.maximum} value={seed} disabled={!isSeedFixed} aria-invalid={isSeedFixed && !isSeed} onChange={({ target }) => setSeed(target.value)} /></p>
        {isOwnSeed ? <p className="fieldNote">Another seed is another run: it begins at its first update, not at the place on your screen.</p> : null}
        <p className="builderChoice"><input id="builderPlace" type="checkbox" checked={hasPlace && !isOwnSeed} disabled={isOwnSeed || link.place.update === undefined} onChange={({ target }) => setHasPlace(target.checked)} /><label htmlFor="builderPlace">Start at the place on my screen</label></p>
        <p className="builderChoice"><label htmlFor="builderLesson">Lesson</label>
          <select id="builderLesson" value={lesson} onChange={({ target }) => setLesson(target.value)}>
            <option value="">none</option>
            {LESSONS.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}
          </select></p>
        <p className="builderChoice"><label htmlFor="builderMode">The page looks</label>
          <select id="builderMode" value={mode} onChange={({ target }) => setMode(target.value as typeof mode)}>
            <option value="usual">as usual</option>
            <option value="present">large, for a projector</option>
            <option value="embed">small, inside slides</option>
          </select></p>
      </fieldset>
      {groups.map((group) => <ControlsOf key={group} title={group} entries={CONTROLS.filter((one) => one.group === group)} {...{ controls, choose, labelOf }} />)}
      <details>
        <summary>Single settings</summary>
        <ControlsOf title="Single settings" entries={SETTING_CONTROLS} {...{ controls, choose, labelOf }} />
      </details>
      <div className="builderLink">
        <CopyField label="Link for the class" text={text} action="Copy class link" />
        {mode === 'embed' ? <CopyField label="For a page or slides" text={`<iframe src="${text.replaceAll('&', '&amp;')}" width="960" height="640" title="Creditscope"></iframe>`} action="Copy frame" /> : null}
      </div>
      <p className="fieldNote"><a href={text} target="_blank" rel="noreferrer">Try it in a new tab</a>. A link asks, it does not forbid: whoever edits the address has every control again.</p>
    </div>
  );
}

interface ControlsOfProps {
  readonly title: string;
  readonly entries: readonly ControlEntry[];
  readonly controls: Classroom['controls'];
  choose(id: string, state: ControlState): void;
  labelOf(entry: ControlEntry): string;
}

function ControlsOf({ title, entries, controls, choose, labelOf }: ControlsOfProps) {
  return (
    <table className="builderTable">
      <caption className="spoken">{title}: shown, locked or hidden</caption>
      <thead><tr><th scope="col">{title}</th>{STATES.map((state) => <th key={state} scope="col">{STATE_WORDS[state]}</th>)}</tr></thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <th scope="row">{labelOf(entry)}</th>
            {STATES.map((state) => (
              <td key={state}>
                {state === 'lock' && !entry.canLock ? null : (
                  <label><span className="spoken">{labelOf(entry)}: {STATE_WORDS[state].toLowerCase()}</span><input type="radio" name={`control-${entry.id}`} checked={(controls[entry.id] ?? 'show') === state} onChange={() => choose(entry.id, state)} /></label>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// A language model reads the steps of answers from a file: who, how often, and which answers. Settings are those of a run's judge, chosen
// apart from it; what would leave this machine, or be fetched, is asked about first.

import { editOption } from '../../state/configurationStore';
import type { Catalogue } from '../../workers/protocol';
import { useConfiguration, useSession } from '../app/SessionContext';
import { JudgeNotices } from '../critique/JudgeNotices';
import { useJudge } from '../critique/useJudge';
import { EndpointSettings } from '../setup/EndpointSettings';
import { ModelSettings } from '../setup/ModelSettings';
import { OptionField } from '../setup/OptionField';
import { Field, IdScope } from '../setup/SettingFields';
import { JudgeChoice, JudgedBefore } from './JudgeChoice';
import { useAnswers, useAnswersSession } from './useAnswers';

const KINDS = [['endpoint', 'a language model behind an address'], ['model', 'a language model on this machine']] as const;

export function JudgeOfAnswers() {
  const own = useConfiguration((state) => state.catalogue);
  return (
    <>
      <details className="judgeOfAnswers">
        <summary>Let a language model judge the steps</summary>
        {own?.judges === undefined ? <p className="muted">The page’s training worker has not told yet which judges there are.</p> : <IdScope value="answers-"><Fields catalogue={own} judges={own.judges} /></IdScope>}
      </details>
      <JudgeChoice />
      <JudgeNotices occasion="these answers" again="“Judge” asks again." later="Other problems send about as much each" />
    </>
  );
}

function Fields({ catalogue: { settings }, judges }: { readonly catalogue: Catalogue; readonly judges: NonNullable<Catalogue['judges']> }) {
  const session = useAnswersSession();
  const { configuration } = useSession();
  const kind = useConfiguration((state) => state.configuration?.critic.judge);
  const isJudging = useJudge((state) => state.progress !== null);
  const problem = useAnswers((state) => state.problem);
  const range = useAnswers((state) => state.summary!.batches.find(([from, to]) => problem >= from && problem < to)!);
  const [judge, model, critiques] = ['critic.judge', 'critic.model', 'critic.critiques'].map((name) => settings.find((option) => option.name === name));
  if (judge === undefined || model === undefined || critiques === undefined) return null;
  const [from, to] = range;
  return (
    <div className="judgeFields">
      <Field id="answers-judge" label="Judge">
        <select id="answers-judge" value={kind ?? ''} onChange={({ target }) => editOption(configuration, judge.name, judge, target.value)}>
          {KINDS.map(([id, label]) => <option key={id} value={id}>{label}</option>)}
        </select>
      </Field>
      {kind === 'endpoint' ? <EndpointSettings judges={judges} /> : <ModelSettings judges={judges} option={model} />}
      <OptionField option={critiques} path={critiques.name} />
      <p className="judgeStart">
        <button type="button" disabled={isJudging} onClick={() => session.judgeProblems([problem])}>Judge this problem</button>
        {to - from > 1 ? <button type="button" disabled={isJudging} onClick={() => session.judgeProblems(Array.from({ length: to - from }, (_, i) => from + i))}>Judge problems {from + 1} to {to}</button> : null}
      </p>
      <JudgedBefore from={from} to={to} />
    </div>
  );
}

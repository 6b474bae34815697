// What is trained and how, drawn from the worker's catalogue.

import type { NoDeviceReason } from '../../gpu/device';
import { browserFacts } from '../../state/browserFacts';
import { chooseMethod } from '../../state/configurationStore';
import { webgpuNextStep } from '../../viz/webgpuNextStep';
import type { Catalogue } from '../../workers/protocol';
import { Control } from '../app/Control';
import { useConfiguration, useRun, useSession, useTraining } from '../app/SessionContext';
import { ChangedSettings } from './ChangedSettings';
import { EndpointSettings } from './EndpointSettings';
import { ModelSettings } from './ModelSettings';
import { NotYetTrained } from './NotYetTrained';
import { OnAPhone } from './OnAPhone';
import { OptionField } from './OptionField';
import { PresetField } from './PresetField';

export function SetupBody() {
  const catalogue = useConfiguration((state) => state.catalogue);
  return (
    <>
      <WhereItTrains />
      <OnAPhone />
      {catalogue === null ? <NoCatalogue /> : <SetupForm catalogue={catalogue} />}
    </>
  );
}

/** In full what the badge has little room for. */
function WhereItTrains() {
  const backend = useTraining((state) => state.backend);
  if (backend.reason === undefined) return null;
  return (
    <div className="fieldNote whereItTrains">
      <p>{backend.kind === 'cpu' ? 'Training on the processor: ' : 'Replay only: '}{backend.reason}</p>
      {backend.lack === undefined ? null : <details><summary>How to get WebGPU here</summary><p><NextStep lack={backend.lack} /></p></details>}
    </div>
  );
}

/** Options of a command line are to be copied: each stays in one piece where it fits. */
function NextStep({ lack }: { readonly lack: NoDeviceReason }) {
  return webgpuNextStep(browserFacts(lack)).split(/(--\S+)/).map((part, i) => (part.startsWith('--') ? <code key={i}>{part}</code> : part));
}

function NoCatalogue() {
  const hasReason = useTraining((state) => state.backend.reason !== undefined);
  const recorded = useRun((state) => state.recorded?.names);
  return (
    <>
      {hasReason ? null : <p className="muted">Waiting for the training worker.</p>}
      {recorded === undefined ? null : <p className="explanation"><strong>{recorded.methodTitle}</strong> on {recorded.taskTitle}. {recorded.methodExplanation}</p>}
    </>
  );
}

function SetupForm({ catalogue }: { readonly catalogue: Catalogue }) {
  const session = useSession();
  const configuration = useConfiguration((state) => state.configuration);
  if (configuration === null) return <p className="muted">No preset is available.</p>;
  const method = catalogue.methods.find((entry) => entry.name === configuration.method);
  const task = catalogue.tasks.find((entry) => entry.name === configuration.task);
  const seed = catalogue.settings.find((option) => option.name === 'seed');
  const judge = catalogue.settings.find((option) => option.name === 'critic.judge');
  const judgeModel = catalogue.settings.find((option) => option.name === 'critic.model');
  return (
    <form className="setupForm" onSubmit={(event) => event.preventDefault()}>
      <PresetField catalogue={catalogue} />
      <Control id="method"><div className="field">
        <label htmlFor="method">Method</label>
        <select id="method" value={configuration.method} onChange={(event) => chooseMethod(session.configuration, event.target.value)}>
          {catalogue.methods.map((entry) => <option key={entry.name} value={entry.name}>{entry.title}</option>)}
        </select>
      </div></Control>
      {method === undefined ? null : (
        <>
          <p className="fieldNote">{method.explanation} <a href={method.paper.url} target="_blank" rel="noreferrer">Paper<span className="spoken">: {method.paper.title}</span></a></p>
          {method.ours === undefined ? null : <p className="fieldNote">Read here as: {method.ours}</p>}
          <Control id="parameters">{method.parameters.map((option) => <OptionField key={`${method.name}.${option.name}`} option={option} path={`methodParameters.${option.name}`} />)}</Control>
          <p className="fieldNote">{catalogue.awkwardAnswers}</p>
        </>
      )}
      {seed === undefined ? null : <OptionField option={seed} path="seed" />}
      {judge === undefined ? null : <OptionField option={judge} path={judge.name} />}
      {configuration.critic.judge === 'endpoint' && catalogue.judges !== undefined ? <EndpointSettings judges={catalogue.judges} /> : null}
      {configuration.critic.judge === 'model' && catalogue.judges !== undefined && judgeModel !== undefined ? <ModelSettings judges={catalogue.judges} option={judgeModel} /> : null}
      <Control id="advanced"><details className="advanced">
        <summary>Task, loss and optimiser</summary>
        {task?.options.map((option) => <OptionField key={option.name} option={option} path={`taskOptions.${option.name}`} />)}
        {catalogue.settings.filter((option) => option !== seed && option !== judge && option !== judgeModel).map((option) => <OptionField key={option.name} option={option} path={option.name} />)}
      </details></Control>
      <ChangedSettings />
      <NotYetTrained />
    </form>
  );
}

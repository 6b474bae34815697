// Which model judges on this machine, where it comes from, what it runs on and what it is asked.

import { useEffect } from 'react';
import { defaultModelFields, kindOf, MODEL_NUMBERS, type ModelFields, type ModelNumber } from '../../state/judgeStore';
import type { Option } from '../../tasks/task';
import type { Catalogue } from '../../workers/protocol';
import { useConfiguration, useSession } from '../app/SessionContext';
import { useJudge } from '../critique/useJudge';
import { JudgeAccuracyList } from './JudgeAccuracyList';
import { ModelFolder } from './ModelFolder';
import { ModelName, nameTyped } from './ModelName';
import { Field, NumberField, PromptFields, useIds } from './SettingFields';

const NUMBER_LABELS: Readonly<Record<ModelNumber, string>> = { temperature: 'Judge’s temperature', maximumTokens: 'Longest critique, tokens' };
const DEVICE_NAMES: Readonly<Record<ModelFields['device'], string>> = { auto: 'automatic', webgpu: 'WebGPU', wasm: 'processor (wasm)' };
const ACCURACY = './models/judge/accuracy.json';

interface ModelSettingsProps {
  readonly judges: NonNullable<Catalogue['judges']>;
  /** the setting that holds the model's name */
  readonly option: Option;
}

export function ModelSettings({ judges, option }: ModelSettingsProps) {
  const { models } = judges;
  const { judge } = useSession();
  const name = useConfiguration((state) => nameTyped(state, option));
  const kind = kindOf(name);
  const fields = useJudge((state) => state.models?.[kind]);
  const idOf = useIds();
  if (fields === undefined) return null;
  const edit = (change: Partial<ModelFields>) => judge.editModel(kind, change);
  return (
    <fieldset className="judgeSettings">
      <legend>Judge</legend>
      <ModelName option={option} known={models.known} />
      {name === 'built-in' ? <ShippedJudge /> : name === 'folder' ? <ModelFolder /> : <p className="fieldNote">Fetched from huggingface.co once, when it is first to judge: you are asked before the host hears of it, and again when its size is known. The browser keeps it for use without a network. What it reads stays on this machine.</p>}
      <Field id={idOf('judgeDevice')} label="Runs on">
        <select id={idOf('judgeDevice')} value={fields.device} onChange={(event) => edit({ device: models.devices.find((one) => one === event.target.value) ?? 'auto' })}>
          {models.devices.map((device) => <option key={device} value={device}>{DEVICE_NAMES[device]}</option>)}
        </select>
      </Field>
      {kind === 'builtIn' ? null : (
        <Field id={idOf('judgeWeights')} label="Weights">
          <select id={idOf('judgeWeights')} value={fields.weights} onChange={(event) => edit({ weights: models.weights.find((one) => one === event.target.value) ?? 'auto' })}>
            {models.weights.map((weights) => <option key={weights} value={weights}>{weights === 'auto' ? 'what suits the device' : weights}</option>)}
          </select>
        </Field>
      )}
      <details className="advanced">
        <summary>What the judge is asked</summary>
        <PromptFields fields={fields} onEdit={edit} />
        {MODEL_NUMBERS.map((number) => <NumberField key={number} id={idOf(`judge-${number}`)} label={NUMBER_LABELS[number]} value={fields[number]} bounds={models.bounds[number]!} onEdit={(text) => edit({ [number]: text })} />)}
        <button type="button" onClick={() => edit(defaultModelFields(judges, kind))}>Back to the defaults</button>
      </details>
    </fieldset>
  );
}

function ShippedJudge() {
  const { judge } = useSession();
  const accuracy = useJudge((state) => state.accuracy);
  useEffect(() => void judge.showAccuracy(ACCURACY), [judge]);
  return (
    <>
      <p className="fieldNote">A small language model that ships with this page and writes critiques of the built-in tasks. No other host is asked.</p>
      {accuracy === null ? null : <JudgeAccuracyList accuracy={accuracy} />}
    </>
  );
}

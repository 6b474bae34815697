// The language model that a critics' worker has open: one at a time, kept open while the same is asked for. Loads
// transformers.js when a model is first needed.

import { openTransformers } from '../../formats/onnx/openTransformers';
import { BUILT_IN, FOLDER, JudgeStopped, openLanguageModel, planModel, weightsFile, weightsParts, type Machine, type ModelPlan, type OpenLanguageModel, type OpenModel } from '../../lab/judging';
import type { ModelFile } from '../criticMessages';
import { openOnce } from '../openOnce';
import { sentence } from '../sentence';
import { openFileStore } from './fileStore';
import { openedFolder, shippedFolder, type NamedFolder } from './folders';
import { HubModel } from './hubFolder';

interface Shelved {
  readonly key: string;
  readonly model: OpenLanguageModel;
}

/** Messages are heard at least this often while a model writes. */
const HEAR_EVERY_MS = 50;

export class ModelShelf {
  private shelved: Shelved | undefined;
  private readonly mounted = openOnce(openTransformers);
  private readonly store = openOnce(openFileStore);
  private heardAt = 0;

  constructor(private readonly machine: () => Promise<Machine>) {}

  /** Opens by name; `files` are those of the folder, where that is the name. */
  opener(files: readonly ModelFile[]): OpenModel {
    return async (name, settings, watch) => {
      const machine = await this.machine();
      const planned = (folder: { readonly names: readonly string[] }): ModelPlan => planModel(name, settings, folder.names, machine);
      if (name === BUILT_IN) return this.opened(name, planned(shippedFolder), shippedFolder);
      if (name === FOLDER) {
        const folder = openedFolder(files);
        return this.opened(name, planned(folder), folder);
      }
      const hub = await HubModel.open(name, settings.allowed, await this.store(), watch.signal);
      const plan = planned(hub);
      return this.opened(name, plan, await hub.fetch([weightsFile(plan.weights), ...weightsParts(plan.weights, hub.names)], settings.allowed, watch));
    };
  }

  private async opened(name: string, plan: ModelPlan, folder: NamedFolder): Promise<OpenLanguageModel> {
    const key = JSON.stringify([name, plan, folder.identity]);
    if (this.shelved?.key === key) return this.shelved.model;
    await this.drop();
    const { transformers, mount, unmount } = await this.mounted();
    const path = mount(folder);
    try {
      const template = await (await folder.read('chat_template.jinja'))?.text();
      const parts = weightsParts(plan.weights, folder.names).length;
      const open = await openLanguageModel(transformers, path, {
        runsOn: plan.runsOn, load: { device: plan.device, dtype: plan.weights, ...(parts > 0 && { use_external_data_format: parts }) }, ...(template !== undefined && { chatTemplate: template }), pause: () => this.pause(),
      });
      // one that failed once is opened anew the next time
      const model: OpenLanguageModel = { ...open, write: (prompts, how) => open.write(prompts, how).catch(async (error: unknown) => {
        await this.drop();
        throw error;
      }) };
      this.shelved = { key, model };
      return model;
    } catch (error) {
      if (error instanceof JudgeStopped) throw error;
      throw new JudgeStopped(`The model ${name} cannot be opened: ${sentence(error)}`);
    } finally {
      unmount(path);
    }
  }

  private async drop(): Promise<void> {
    const { shelved } = this;
    this.shelved = undefined;
    await shelved?.model.close().catch(() => {});
  }

  private async pause(): Promise<void> {
    if (performance.now() - this.heardAt < HEAR_EVERY_MS) return;
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    this.heardAt = performance.now();
  }
}

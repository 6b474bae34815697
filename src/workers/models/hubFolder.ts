// A model's folder on Hugging Face, kept in the browser for use without a network. The host is asked in two steps, each after a
// person's word: which files the model has, and then for the files that are not kept yet, of the revision that was listed.

import { sentence } from '../sentence';
import { JudgeStopped, MODEL_HOST, type ComingFile, type ModelLoading, type ModelSettings } from '../../lab/judging';
import { FormatError, asObject, parseJson } from '../../formats/formatError';
import type { FileStore } from './fileStore';
import type { NamedFolder } from './folders';

export interface HubListing {
  readonly revision: string;
  readonly files: readonly ComingFile[];
}

export interface HubWatch {
  readonly signal: AbortSignal;
  onLoading(loading: ModelLoading): void;
}

/** A listing says no more files than a model has. */
const MOST_FILES = 2000;
const LONGEST_LISTING = 4_000_000;
const HOST = `https://${MODEL_HOST}`;
const SMALL_FILES = /^(?:config|generation_config|tokenizer|tokenizer_config)\.json$|^chat_template\.jinja$/;

export class HubModel {
  private constructor(private readonly model: string, readonly listing: HubListing, private readonly store: FileStore) {}

  /** Rejects with JudgeStopped and a question where the host would have to be asked and nobody has agreed. */
  static async open(model: string, allowed: ModelSettings['allowed'], store: FileStore, signal: AbortSignal): Promise<HubModel> {
    const address = `${HOST}/api/models/${model}?blobs=true`;
    const kept = await store.read(address);
    if (kept !== undefined) return new HubModel(model, readListing(new Uint8Array(await kept.arrayBuffer()), model), store);
    if (allowed?.model !== model) throw new JudgeStopped(`${model} is not on this machine, and ${MODEL_HOST} has not been asked for it yet.`, { kind: 'fetch', host: MODEL_HOST, model, files: null });
    const response = await ask(address, model, signal);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const listing = readListing(bytes, model);
    await store.keep(address, new Response(bytes), bytes.length);
    return new HubModel(model, listing, store);
  }

  get names(): readonly string[] {
    return this.listing.files.map(({ name }) => name);
  }

  /** Fetches what is not kept yet of the small files and of `weights`. */
  async fetch(weights: readonly string[], allowed: ModelSettings['allowed'], { signal, onLoading }: HubWatch): Promise<NamedFolder> {
    const needed = this.listing.files.filter(({ name }) => SMALL_FILES.test(name) || weights.includes(name));
    const isKept = await Promise.all(needed.map(async ({ name }) => await this.store.has(this.addressOf(name))));
    const coming = needed.filter((_, index) => !isKept[index]);
    if (coming.length > 0 && !(allowed?.model === this.model && allowed.files)) {
      throw new JudgeStopped(`${this.model} has to be fetched from ${MODEL_HOST} first.`, { kind: 'fetch', host: MODEL_HOST, model: this.model, files: coming });
    }
    const total = coming.reduce((sum, { bytes }) => sum + bytes, 0);
    let before = 0;
    for (const { name, bytes } of coming) {
      onLoading({ file: name, loaded: before, total });
      const response = await ask(this.addressOf(name), this.model, signal);
      let loaded = 0;
      const counted = new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          loaded += chunk.length;
          onLoading({ file: name, loaded: before + loaded, total });
          controller.enqueue(chunk);
        },
      });
      await this.store.keep(this.addressOf(name), new Response(response.body!.pipeThrough(counted)), bytes);
      before += bytes;
    }
    return {
      names: needed.map(({ name }) => name),
      identity: this.listing.revision,
      read: async (name) => (needed.some((one) => one.name === name) ? this.store.read(this.addressOf(name)) : undefined),
    };
  }

  private addressOf(name: string): string {
    return `${HOST}/${this.model}/resolve/${this.listing.revision}/${name.split('/').map(encodeURIComponent).join('/')}`;
  }
}

async function ask(address: string, model: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(address, { signal, credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new JudgeStopped(`${MODEL_HOST} cannot be reached.`);
  });
  if (response.ok && response.body !== null) return response;
  if ([401, 403, 404].includes(response.status)) throw new JudgeStopped(`${MODEL_HOST} has no model ${model}, or not for everyone (it answered ${response.status}).`);
  throw new JudgeStopped(`${MODEL_HOST} answered ${response.status}.`);
}

/** What the host says of a model: a revision, and files with their sizes. */
export function readListing(bytes: Uint8Array, model: string): HubListing {
  try {
    if (bytes.length > LONGEST_LISTING) throw new FormatError('the listing', `has ${bytes.length} bytes`);
    const { sha, siblings } = asObject(parseJson(bytes, 'the listing'), 'the listing');
    if (typeof sha !== 'string' || !/^[0-9a-f]{7,64}$/.test(sha)) throw new FormatError('the listing: sha', 'is no revision');
    if (!Array.isArray(siblings) || siblings.length > MOST_FILES) throw new FormatError('the listing: siblings', 'is no list of files');
    const files = siblings.flatMap((one: unknown): ComingFile[] => {
      const { rfilename: name, size } = asObject(one, 'the listing: siblings');
      const isFile = typeof name === 'string' && /^[\w.-]+(?:\/[\w.-]+)*$/.test(name) && !name.split('/').includes('..') && typeof size === 'number' && Number.isSafeInteger(size) && size >= 0;
      return isFile ? [{ name, bytes: size }] : [];
    });
    return { revision: sha, files };
  } catch (error) {
    throw new JudgeStopped(`What ${MODEL_HOST} says of ${model} cannot be read: ${sentence(error)}.`);
  }
}

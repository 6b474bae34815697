// A link as a whole: the recipe of a run (../recipe.ts), a place in it, and how a teacher wants the page to be. One reader and
// one writer over the same keys.

import type { RunConfiguration } from '../../lab/configuration';
import type { Catalogue } from '../../workers/protocol';
import { readClassroom, writeClassroom, type Classroom } from './classroom';
import { linkFields } from './fields';
import { KEYS, LINK_VERSION } from './keys';
import { readLinkPlace, writeLinkPlace, type LinkPlace } from './linkPlace';
import { readRecipe, writeRecipe } from '../recipe';

export interface Link {
  /** undefined: the link says nothing about it */
  readonly configuration: RunConfiguration | undefined;
  readonly place: LinkPlace;
  readonly classroom: Classroom;
}

/** The hash of an address, without its #. */
export function writeLink(catalogue: Catalogue, { configuration, place, classroom }: Link): string {
  const search = new URLSearchParams([[KEYS.version, LINK_VERSION]]);
  const fields = [...(configuration === undefined ? [] : writeRecipe(catalogue, configuration)), ...writeLinkPlace(place), ...writeClassroom(classroom)];
  for (const [key, value] of fields) search.append(key, value);
  return search.toString();
}

/** Every value checked; `ignored` says in sentences what was not used. Never throws. */
export function readLink(hash: string, catalogue: Catalogue): Link & { readonly ignored: readonly string[] } {
  const fields = linkFields(hash);
  const version = fields.take(KEYS.version);
  if (version !== undefined && version !== LINK_VERSION) fields.ignore('The link is of another version of this page; what is known of it was used.');
  const link = { configuration: readRecipe(fields, catalogue), place: readLinkPlace(fields), classroom: readClassroom(fields) };
  return { ...link, ignored: fields.ignored() };
}

/** How a teacher wants the page to be: needed before the worker's catalogue is there. */
export function readClassroomOf(hash: string): Classroom {
  return readClassroom(linkFields(hash));
}

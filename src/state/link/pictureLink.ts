// The link inside a picture: put into a PNG that is saved, and taken out of a PNG or SVG that a person drops on the page. A panel saved as
// HTML has its picture in it as SVG, and is read in the same way.

import { LINK_NAMESPACE } from '../../viz/svg';
import { pngText, withPngText } from '../../workers/pngText';
import type { Session } from '../session';
import { openLink } from './sessionLink';

const KEYWORD = 'creditscope';
const MOST_BYTES = 64 * 2 ** 20;

export function putLinkIntoPng(png: Uint8Array, link: string): Uint8Array<ArrayBuffer> {
  return withPngText(png, KEYWORD, link);
}

/** Undefined where the picture holds none. */
export async function linkOfPicture(picture: Blob, kind: 'png' | 'svg'): Promise<string | undefined> {
  if (picture.size > MOST_BYTES) return undefined;
  if (kind === 'png') return pngText(new Uint8Array(await picture.arrayBuffer()), KEYWORD);
  // only the part that is ours is parsed: the rest of a picture is none of the page's business
  const [metadata] = /<metadata[\s>][^]*?<\/metadata>/.exec(await picture.text()) ?? [''];
  const parsed = new DOMParser().parseFromString(metadata, 'application/xml');
  const text = parsed.getElementsByTagNameNS(LINK_NAMESPACE, 'link')[0]?.textContent ?? '';
  return text === '' ? undefined : text;
}

/** Recipe and place of a picture, as a link's; or a sentence that there is none. How a teacher wanted the page is not taken over. */
export async function openPicture(session: Session, picture: Blob, kind: 'png' | 'svg', name: string): Promise<void> {
  const link = await linkOfPicture(picture, kind);
  if (link === undefined) return session.link.setState({ ignored: [`The picture ${name} holds no recipe of Creditscope.`], text: '', waiting: null });
  const { classroom } = session.link.getState();
  openLink(session, link);
  session.link.setState({ classroom });
}

// A drawing as a file, with the link to its view inside: SVG as it is written, PNG drawn by the browser at twice the size.

import { putLinkIntoPng } from '../../state/link/pictureLink';
import { writeSvg, type Drawing } from '../../viz/svg';
import { saveFile } from '../realAnswers/saveFile';

const SHARPNESS = 2;
/** of a canvas; more, and browsers give an empty picture */
const MOST_PIXELS = 60_000_000;
const LONGEST_SIDE = 32_000;

/** `link`: the hash of the view, undefined where none can be made. */
export function saveSvg(drawing: Drawing, link: string | undefined, name: string): void {
  saveFile(new Blob([writeSvg(drawing, link ?? '')], { type: 'image/svg+xml' }), `${name}.svg`);
}

/** Throws with a sentence where the browser cannot. */
export async function savePng(drawing: Drawing, link: string | undefined, name: string): Promise<void> {
  const picture = new Image();
  // a data address: with a blob's some browsers take the canvas for one that holds others' pictures
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(writeSvg(drawing, link ?? ''))}`;
  await picture.decode();
  const sharpness = Math.min(SHARPNESS, Math.sqrt(MOST_PIXELS / (drawing.width * drawing.height)), LONGEST_SIDE / Math.max(drawing.width, drawing.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(drawing.width * sharpness);
  canvas.height = Math.floor(drawing.height * sharpness);
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const png = await new Promise<Blob | null>((resolve, reject) => {
    try {
      canvas.toBlob(resolve, 'image/png');
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
  if (png === null) throw new Error('This browser could not draw the picture; SVG works without drawing it.');
  const bytes = new Uint8Array(await png.arrayBuffer());
  saveFile(new Blob([link === undefined ? bytes : putLinkIntoPng(bytes, link)], { type: 'image/png' }), `${name}.png`);
}

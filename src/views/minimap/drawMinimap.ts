// Puts the pixels on the canvas: one picture of a pixel a half cell, stretched group by group without smoothing.

import { paintMinimap, type MinimapLayout, type MinimapPaint } from '../../viz/minimap';

export function drawMinimap(canvas: HTMLCanvasElement, { answers, groups, rows, cellWidth, cellHeight, width, height }: MinimapLayout, values: Float32Array, lengths_N: Uint32Array, paint: MinimapPaint): void {
  const context = canvas.getContext('2d');
  if (context === null || answers.length === 0 || rows === 0) return;
  const ratio = devicePixelRatio;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) {
    Object.assign(canvas, { width: wide, height: high });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  }
  context.clearRect(0, 0, wide, high);
  context.imageSmoothingEnabled = false;
  const columns = answers.length;
  const picture = new ImageData(columns, 2 * rows);
  paintMinimap(new Uint32Array(picture.data.buffer), values, Uint32Array.from(answers, (answer) => lengths_N[answer]!), columns, rows, paint);
  const small = new OffscreenCanvas(columns, 2 * rows);
  small.getContext('2d')!.putImageData(picture, 0, 0);
  for (const { start, end, x } of groups) {
    context.drawImage(small, start, 0, end - start, 2 * rows, Math.round(x * ratio), 0, Math.round((end - start) * cellWidth * ratio), Math.round(rows * cellHeight * ratio));
  }
}

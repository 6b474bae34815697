// For e2e/transformers.spec.ts: a worker that can open transformers.js, and does when the button is pressed.

const worker = new Worker(new URL('./write.worker.ts', import.meta.url), { type: 'module' });
const shown = document.querySelector('output')!;
worker.addEventListener('message', ({ data }: MessageEvent<string>) => { shown.textContent = data; });
document.querySelector('button')!.addEventListener('click', () => worker.postMessage(new URL('models/', document.baseURI).href));

// Writes the page's first paint into index.html, and into the built page its styles too: one request then suffices to see real
// content, however slow the network. React draws the same again, and more, when its script has come.

import { join } from 'node:path';
import { runnerImport } from 'vite';

/** @param {string} root the project's folder */
export function firstPaint(root) {
  /** @type {import('vite').Plugin} */
  return {
    name: 'first-paint',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle }) {
        if (!html.includes('<div id="root"></div>')) return html;
        const { module } = await runnerImport(join(root, 'src/views/opening/prerender.tsx'), { root, configFile: false, logLevel: 'error' });
        const painted = html.replace('<div id="root"></div>', () => `<div id="root">${module.firstPaint()}</div>`);
        return painted.replace(/<link rel="stylesheet"[^>]*href="\.\/(assets\/[^"]+\.css)"[^>]*>/g, (link, name) => {
          const sheet = bundle?.[name];
          if (bundle === undefined || sheet?.type !== 'asset') return link;
          delete bundle[name];
          return `<style>${String(sheet.source).replaceAll('</', '<\\/')}</style>`;
        });
      },
    },
  };
}

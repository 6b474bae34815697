// Writes the page's first paint into index.html, and into the built page its styles too: one request then suffices to see real
// content, however slow the network. React draws the same again, and more, when its script has come. One line of script stands in the
// head, for who will not see the opening; the built page's policy names it by its hash, so that no other can stand there.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { runnerImport } from 'vite';

const SCRIPTS_ALLOWED = /script-src (?:'self'|&#39;self&#39;)/;

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
        const script = module.beforePaint();
        const painted = allow(html, script, bundle !== undefined)
          .replace('</head>', () => `<script>${script}</script>\n  </head>`)
          .replace('<div id="root"></div>', () => `<div id="root">${module.firstPaint()}</div>`);
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

/** The policy with this script allowed; while developing there is none. @param {string} html @param {string} script @param {boolean} isBuilt */
function allow(html, script, isBuilt) {
  if (!isBuilt) return html;
  if (!SCRIPTS_ALLOWED.test(html)) throw new Error('index.html has no policy of scripts that the first paint could add its own to');
  return html.replace(SCRIPTS_ALLOWED, (allowed) => `${allowed} 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
}

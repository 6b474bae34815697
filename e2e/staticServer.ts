// The plainest web server there is, for the built page: files of one folder below one path, nothing else, and, unless
// asked for, no header that would make the page cross-origin isolated. Everything asked for is kept, so that a test can look.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
};

export interface StaticServer {
  /** address of the folder, ending with a slash */
  readonly url: string;
  readonly requests: readonly { readonly path: string; readonly status: number }[];
  close(): Promise<void>;
}

const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/** `base` begins and ends with a slash. */
export async function serveFolder(folder: string, base: string, isIsolated = false): Promise<StaticServer> {
  const root = resolve(folder);
  const requests: { path: string; status: number }[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    void contentOf(path).then((content) => {
      const status = content === undefined ? 404 : 200;
      requests.push({ path, status });
      response.writeHead(status, { 'content-type': content?.type ?? 'text/plain', 'cache-control': 'no-store', ...(isIsolated && ISOLATION) });
      response.end(content?.bytes ?? 'not found');
    });
  });

  async function contentOf(path: string): Promise<{ bytes: Uint8Array; type: string } | undefined> {
    if (!path.startsWith(base)) return undefined;
    const inside = path.slice(base.length);
    const file = resolve(join(root, inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside));
    if (!file.startsWith(root + sep)) return undefined;
    try {
      return { bytes: await readFile(file), type: TYPES[extname(file)] ?? 'application/octet-stream' };
    } catch {
      return undefined;
    }
  }

  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}${base}`,
    requests,
    close: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    }),
  };
}

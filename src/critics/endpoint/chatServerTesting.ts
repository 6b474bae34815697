// For tests: a local server in the place of a chat endpoint. It keeps what it was asked, and answers as it is told. And the endpoint as a
// person would have named and allowed it.

import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEFAULT_PROMPTS } from '../prompts';
import { ENDPOINT_DEFAULTS, type Endpoint } from './endpoint';

export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly model: string; readonly messages: readonly { readonly role: string; readonly content: string }[]; readonly [name: string]: unknown };
  readonly atMs: number;
}

export interface ChatServer {
  /** as a person would type it */
  readonly url: string;
  readonly asked: readonly Asked[];
  /** most requests under way at once */
  readonly mostAtOnce: () => number;
  close(): Promise<void>;
}

/** `number`: of the request, from 0. */
export type Answer = (response: ServerResponse, asked: Asked, number: number) => void | Promise<void>;

export function say(response: ServerResponse, text: string, finishReason = 'stop'): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ id: 'x', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: finishReason }] }));
}

export function endpointAt({ url }: ChatServer, key: string): Endpoint {
  return { ...ENDPOINT_DEFAULTS, url, model: 'judge-1', key, showsReference: true, prompts: DEFAULT_PROMPTS, isAllowed: true };
}

export async function serveChat(answer: Answer): Promise<ChatServer> {
  const asked: Asked[] = [];
  let [underWay, most] = [0, 0];
  const server = createServer((request, response) => {
    // what a browser wants to know before it lets a page of another origin ask
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type');
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    most = Math.max(most, ++underWay);
    response.on('close', () => { underWay--; });
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one: Asked = { path: request.url!, headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) as Asked['body'], atMs: performance.now() };
      void answer(response, one, asked.push(one) - 1);
    });
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/v1`,
    asked,
    mostAtOnce: () => most,
    close: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    }),
  };
}

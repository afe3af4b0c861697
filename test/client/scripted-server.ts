import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';

/** An answer of the server; `none` breaks the connection off. */
export type Answer =
  | 'none'
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown };

/** A request as it came in. */
export interface Asked {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** A server that gives these answers one after the other, and tells what it was asked. */
export async function scriptedServer(...answers: Answer[]) {
  const asked: Asked[] = [];
  const left = [...answers];
  const server = createServer(async (request, response) => {
    const text = (await Array.fromAsync(request)).join('');
    const { pathname: path, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const { method, headers } = request;
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    asked.push({ method, path, query: Object.fromEntries(searchParams), headers, body });
    const answer = left.shift() ?? { status: 418 };
    if (answer === 'none') request.socket.destroy();
    else {
      const { status = 200, headers: told = {}, body: content = {} } = answer;
      response.writeHead(status, { 'content-type': 'application/json', ...told });
      response.end(status === 204 ? undefined : JSON.stringify(content));
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://127.0.0.1:${address.port}/`, asked };
}

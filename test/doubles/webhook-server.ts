import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedCall {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Somebody's webhook on loopback. */
export async function openWebhookServer() {
  const calls: ReceivedCall[] = [];
  const dials = { status: 204, headers: {} as Record<string, string> };
  const server = createServer(async (request, response) => {
    const chunks = await Array.fromAsync(request);
    calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(dials.status, dials.headers).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook?token=SECRET-TOKEN`,
    calls,
    dials,
    async close(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

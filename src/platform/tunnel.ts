import type { Socket } from 'node:net';
import { lateHttp, lateHttps } from './late.ts';
import type { Route } from './route.ts';

/** What a proxy has answered instead of letting us through. */
class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  /** `PROXY_407` and the like. */
  readonly code: string;

  constructor(status: number) {
    super(`the proxy answered ${status}`);
    this.code = `PROXY_${status}`;
  }
}

/**
 * Asks the proxy of a route for a connection to a host (CONNECT, RFC 9110 section 9.3.6); throws `ProxyRefusal` where
 * it gives none. Whose certificate counts there is for the host to show: the proxy cannot read along.
 *
 * @param giveUp ends the wait
 */
export async function openTunnel(
  { proxy, ca }: Route,
  target: { readonly host: string; readonly port: number },
  giveUp: AbortSignal | null,
): Promise<Socket> {
  if (proxy === null) throw new TypeError('a route without a proxy has no tunnel');
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const authority = `${host}:${target.port}`;
  const { request } = proxy.url.startsWith('https:') ? lateHttps() : lateHttp();
  return await new Promise((resolve, reject) => {
    const asking = request(proxy.url, {
      method: 'CONNECT',
      path: authority,
      headers: {
        host: authority,
        ...(proxy.authorization === null ? {} : { 'proxy-authorization': proxy.authorization }),
      },
      agent: false,
      rejectUnauthorized: true,
      ...(ca === null ? {} : { ca: [...ca] }),
      ...(giveUp === null ? {} : { signal: giveUp }),
    });
    asking.on('error', reject);
    asking.on('response', (reply) => asking.destroy(new ProxyRefusal(reply.statusCode ?? 0)));
    asking.on('connect', (reply, socket, head) => {
      if (reply.statusCode !== 200) {
        socket.destroy();
        reject(new ProxyRefusal(reply.statusCode ?? 0));
        return;
      }
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    asking.end();
  });
}

import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import type { Route } from './route.ts';

const dispatchers = new Map<string, Dispatcher>();

/** What carries the requests of a route; connections are kept for the next one. */
export function dispatcherFor(route: Route): Dispatcher {
  const key = JSON.stringify(route);
  const dispatcher = dispatchers.get(key) ?? makeDispatcher(route);
  dispatchers.set(key, dispatcher);
  return dispatcher;
}

function makeDispatcher({ proxy, ca, isVerified, maxHeaderBytes }: Route): Dispatcher {
  // Said in so many words: NODE_TLS_REJECT_UNAUTHORIZED=0 is not for our tokens.
  const tls = { rejectUnauthorized: isVerified, ...(ca === null ? {} : { ca: [...ca] }) };
  const size = maxHeaderBytes === null ? {} : { maxHeaderSize: maxHeaderBytes };
  if (proxy === null) return new Agent({ connect: tls, ...size });
  return new ProxyAgent({
    uri: proxy.url,
    ...(proxy.authorization === null ? {} : { token: proxy.authorization }),
    requestTls: tls,
    proxyTls: { rejectUnauthorized: true, ...(ca === null ? {} : { ca: [...ca] }) },
    ...size,
  });
}

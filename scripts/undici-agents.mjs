// What of undici goes into the bundles: the agents that carry requests, without its own fetch, WebSocket, cache and
// mocks, which are more than half of it.
import connect from '../node_modules/undici/lib/api/api-connect.js';
import Dispatcher from '../node_modules/undici/lib/dispatcher/dispatcher.js';

// Its index gives dispatchers their methods; this is the one that the proxy's agent calls.
Dispatcher.prototype.connect = connect;

export { default as Agent } from '../node_modules/undici/lib/dispatcher/agent.js';
export { default as ProxyAgent } from '../node_modules/undici/lib/dispatcher/proxy-agent.js';

// What of undici goes into the bundles: the agents that carry requests, without its own fetch, WebSocket, cache and
// mocks, which are more than half of it.
export { default as Agent } from '../node_modules/undici/lib/dispatcher/agent.js';
export { default as ProxyAgent } from '../node_modules/undici/lib/dispatcher/proxy-agent.js';

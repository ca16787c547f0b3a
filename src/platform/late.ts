import { createRequire } from 'node:module';
import type * as Http from 'node:http';
import type * as Https from 'node:https';
import type * as Tls from 'node:tls';

// What a bundle imports of node is loaded before its first line. These take 10 ms, which are to be had while git works.
const load = createRequire(import.meta.url);

/** node's http, loaded when it is first wanted. */
export function lateHttp(): typeof Http {
  return load('node:http') as typeof Http;
}

/** node's https, loaded when it is first wanted. */
export function lateHttps(): typeof Https {
  return load('node:https') as typeof Https;
}

/** node's tls, loaded when it is first wanted. */
export function lateTls(): typeof Tls {
  return load('node:tls') as typeof Tls;
}

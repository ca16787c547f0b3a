// What of ofetch goes into the bundles: its own index asks for node's fetch at once, which takes 35 ms and 10 MB to load.
export { c as createFetch } from '../node_modules/ofetch/dist/shared/ofetch.CWycOUEr.mjs';

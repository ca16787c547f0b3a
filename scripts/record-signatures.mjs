// node scripts/record-signatures.mjs > test/codearts/signatures.json
// Records what Huawei Cloud's own SDK signs, for test/codearts/signature.test.ts to compare with. The SDK is put into
// a temporary folder and removed: it is 45 packages, too many for a development dependency.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SDK = '@huaweicloud/huaweicloud-sdk-core@3.1.211';
const CASES = 150;

const folder = mkdtempSync(join(tmpdir(), 'codearts-hooks-sdk-'));
try {
  execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', SDK], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const require = createRequire(join(folder, 'package.json'));
  const { AKSKSigner } = require('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner');
  const cases = Array.from({ length: CASES }, (_, index) => record(AKSKSigner, chanceOf(index + 1)));
  const lines = cases.map((one) => JSON.stringify(one)).join(',\n');
  process.stdout.write(`{ "sdk": ${JSON.stringify(SDK)}, "cases": [\n${lines}\n] }\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Chance that is the same in every run (mulberry32). */
function chanceOf(seed) {
  let state = seed * 0x9e3779b9;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit) => Math.floor(next() * limit);
  const text = (alphabet, most) =>
    Array.from({ length: 1 + below(most) }, () => alphabet[below(alphabet.length)]).join('');
  return { below, text };
}

function record(signer, { below, text }) {
  const plain = 'ABCXYZabcxyz0189-_.~'.split('');
  const odd = [...plain, ...' !\'()*+,/:;=?@[]&%"<>|'.split(''), '中', 'é', '🚀'];
  const path = `/${Array.from({ length: below(4) }, () => `s${text(plain, 12)}`).join('/')}`;
  const queryParams = Object.fromEntries(
    Array.from({ length: below(4) }, () => [
      text(odd, 6),
      below(4) === 0 ? [text(odd, 6), text(odd, 6)] : text(odd, 8),
    ]),
  );
  const hasBody = below(2) === 1;
  const data = hasBody ? { [text(odd, 8)]: text(odd, 40), number: below(1000) } : undefined;
  const headers = { 'content-type': 'application/json' };
  if (below(2) === 1) headers['x-project-id'] = text(plain, 32);
  if (below(3) === 0) headers['x-security-token'] = text(plain, 200);
  headers['X-Sdk-Date'] =
    `20${10 + below(80)}0${1 + below(9)}1${below(10)}T0${below(10)}${10 + below(50)}${10 + below(50)}Z`;
  const port = below(3) === 0 ? `:${8000 + below(1000)}` : '';
  const endpoint = `https://cloudbuild-ext.cn-north-4.myhuaweicloud.com${port}${path}`;
  const [ak, sk] = [text(plain, 20), text(odd, 40)];
  const method = ['GET', 'POST', 'PUT', 'DELETE'][below(4)];
  const signed = signer.sign(
    { method, endpoint, queryParams, headers, data },
    { getAk: () => ak, getSk: () => sk },
  );
  return {
    method,
    endpoint,
    query: Object.entries(queryParams).flatMap(([key, value]) => [value].flat().map((one) => [key, one])),
    headers: { ...headers, host: signed.host },
    body: hasBody ? JSON.stringify(data) : '',
    ak,
    sk,
    authorization: signed.Authorization,
  };
}

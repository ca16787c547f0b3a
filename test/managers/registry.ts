import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { run } from '../fixtures/run.ts';

/** A registry on loopback that has one package, ours, as it would be published. */
export interface Registry {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Packs the package into `folder` and serves it. */
export async function startRegistry(folder: string, env: Record<string, string>): Promise<Registry> {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: resolve('.'),
    env: { ...env, npm_config_offline: 'true' },
  });
  const [packed] = JSON.parse(stdout) as { filename: string; version: string }[];
  const tarball = await readFile(join(folder, packed?.filename ?? ''));
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, object>;
  const { devDependencies: _, ...published } = manifest;
  const version = packed?.version ?? '';
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://registry').pathname);
    if (path === '/codearts-hooks.tgz') {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(tarball);
      return;
    }
    if (path !== '/codearts-hooks' && path !== `/codearts-hooks/${version}`) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
      return;
    }
    const one = {
      ...published,
      _id: `codearts-hooks@${version}`,
      dist: {
        tarball: `${url}/codearts-hooks.tgz`,
        shasum: createHash('sha1').update(tarball).digest('hex'),
        integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
      },
    };
    // Old enough for those who let new versions wait.
    const time = {
      created: '2024-01-01T00:00:00.000Z',
      modified: '2024-01-01T00:00:00.000Z',
      [version]: '2024-01-01T00:00:00.000Z',
    };
    const packument = {
      name: 'codearts-hooks',
      'dist-tags': { latest: version },
      versions: { [version]: one },
      time,
    };
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(path === '/codearts-hooks' ? packument : one));
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

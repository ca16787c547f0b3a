import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { until } from './run.mjs';

/**
 * git daemon for the repositories in a folder, behind a line on which each byte is `delayMs` under way.
 *
 * @param {string} folder
 * @param {number} delayMs one way
 * @param {Readonly<Record<string, string>>} env
 * @returns {Promise<{url: string, close: () => Promise<void>}>} `git://...`, without a name of a repository
 */
export async function startSlowRemote(folder, delayMs, env) {
  const port = await freePort();
  const listen = ['--listen=127.0.0.1', `--port=${port}`, '--reuseaddr'];
  const serve = ['--export-all', '--enable=receive-pack', `--base-path=${folder}`, folder];
  const daemon = spawn('git', ['daemon', ...listen, ...serve], { env, stdio: 'ignore' });
  await until('git daemon', async () => ((await answers(port)) ? true : null));
  const line = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    late(near, far, delayMs);
    late(far, near, delayMs);
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  const address = line.address();
  return {
    url: `git://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: async () => {
      line.close();
      daemon.kill();
      await once(daemon, 'exit');
    },
  };
}

/**
 * @param {import('node:net').Socket} from
 * @param {import('node:net').Socket} to
 * @param {number} delayMs
 */
function late(from, to, delayMs) {
  from.on('data', (chunk) => {
    setTimeout(() => to.write(chunk), delayMs);
  });
  from.on('close', () => {
    setTimeout(() => to.end(), delayMs);
  });
  from.on('error', () => to.destroy());
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

/** @param {number} port */
async function answers(port) {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.destroy();
  return isOpen;
}

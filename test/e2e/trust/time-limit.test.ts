import { expect, test } from 'vitest';
import { send } from '../../../src/platform/http.ts';
import { startRawServer } from '../../fixtures/raw-server.ts';

test('a server that never comes to an end is left in the end: the time limit is for all of it', async () => {
  const drips: NodeJS.Timeout[] = [];
  const server = await startRawServer((socket, text) => {
    if (!text.includes('\r\n\r\n')) return;
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n');
    // Oftener than any limit on silence.
    drips.push(setInterval(() => socket.write('x'), 200));
    socket.once('close', () => drips.forEach((drip) => clearInterval(drip)));
  });

  const result = await send({ method: 'GET', url: server.url, headers: {} });

  expect(result).toMatchObject({ kind: 'reply', status: 200, isComplete: false });
});

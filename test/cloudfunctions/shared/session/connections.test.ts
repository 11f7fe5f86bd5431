import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  keepConnections,
  MAX_IDLE_MS,
  type Connections,
} from '../../../../cloudfunctions/shared/session/connections';

const { globalAgent } = http;
const { globalAgent: secureAgent } = https;

let server: http.Server;
let opened: number;
let connections: Connections;
let now: number;

beforeEach(async () => {
  opened = 0;
  now = 1_000_000;
  server = http.createServer((_request, response) => response.end('{}'));
  server.on('connection', () => (opened += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  connections = keepConnections(() => now);
});
afterEach(async () => {
  http.globalAgent.destroy();
  http.globalAgent = globalAgent;
  https.globalAgent = secureAgent;
  await new Promise((resolve) => server.close(resolve));
});

async function ask(): Promise<void> {
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve, reject) => {
    const request = http.get({ port, host: '127.0.0.1' }, (response) => {
      response.resume().on('end', resolve);
    });
    request.on('error', reject);
  });
  // The connection becomes free one turn after the end of the answer.
  await new Promise((resolve) => setImmediate(resolve));
}

test('one request after another uses one connection', async () => {
  await ask();
  await ask();
  connections.refresh();
  await ask();
  expect(opened).toBe(1);
});

test('a connection that was idle for the longest time allowed is used, a longer one is not', async () => {
  await ask();
  now += MAX_IDLE_MS;
  connections.refresh();
  await ask();
  expect(opened).toBe(1);
  now += MAX_IDLE_MS + 1;
  connections.refresh();
  await ask();
  expect(opened).toBe(2);
});

test('what counts is when a connection was last used, not when it was opened', async () => {
  await ask();
  for (let step = 0; step < 3; step++) {
    now += MAX_IDLE_MS;
    connections.refresh();
    await ask();
  }
  expect(opened).toBe(1);
});

test('before any connection there is nothing to give up', () => {
  expect(() => connections.refresh()).not.toThrow();
});

test('requests over TLS keep theirs too', () => {
  expect(https.globalAgent).not.toBe(secureAgent);
  expect(https.globalAgent.options).toMatchObject({ keepAlive: true });
});

import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { listenOnLoopback } from '../../../scripts/lib/loopback-server';

const hello = () => createServer((_, reply) => reply.end('hello'));

describe('a server on loopback', () => {
  test('listens on a free port, and no longer once it is closed', async () => {
    const { url, close } = await listenOnLoopback(hello());
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(url)).text()).toBe('hello');
    await close();
    await expect(fetch(url)).rejects.toThrow();
  });

  test('ends connections that are open when it closes', async () => {
    const { url, close } = await listenOnLoopback(hello());
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const ended = once(socket, 'close');
    await once(socket, 'connect');
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'data');
    await close();
    await ended;
  });

  test('rejects with the system’s error when the port is taken', async () => {
    const { url, close } = await listenOnLoopback(hello());
    const second = listenOnLoopback(hello(), Number(new URL(url).port));
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await close();
  });
});

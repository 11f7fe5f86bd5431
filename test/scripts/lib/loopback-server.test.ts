import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
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

  test('ends requests that are under way when it closes', async () => {
    const silent = createServer();
    const { url, close } = await listenOnLoopback(silent);
    const heard = once(silent, 'request');
    const request = fetch(url);
    const ended = expect(request).rejects.toThrow();
    await heard;
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

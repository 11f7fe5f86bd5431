/** `POST /admin` over the socket: bodies, limits, callers that leave, connections that are kept. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EJSON } from 'bson';
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { openTestCloud, type TestCloud } from '#local-cloud/testing';

const MAX_BYTES = 16 * 1024 * 1024;

let cloud: TestCloud;
let agent: Agent;

beforeAll(async () => {
  cloud = await openTestCloud({ collections: ['things'] });
  // One connection: each request meets the state in which the one before left it.
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});
afterAll(async () => {
  agent.destroy();
  await cloud.close();
});
beforeEach(() => cloud.control({ reset: true }));

interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: unknown;
  /** Of the connection, on this side. */
  port: number;
}

interface Options {
  method?: string;
  path?: string;
  headers?: Record<string, string | number>;
}

function send(
  body: string | Buffer,
  { method = 'POST', path = '/admin', headers = {} }: Options = {},
) {
  return new Promise<Reply>((resolve, reject) => {
    const sent = request(`${cloud.url}${path}`, { method, headers, agent }, (response) => {
      const port = response.socket.localPort ?? 0;
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        const parsed: unknown = text === '' ? undefined : JSON.parse(text);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: parsed,
          port,
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const insertion = (id: string): string =>
  JSON.stringify({
    action: 'database.insertDocument',
    collectionName: 'things',
    data: [EJSON.stringify({ _id: id })],
  });
const ids = async (): Promise<unknown[]> => (await cloud.documents('things')).map(({ _id }) => _id);

/** A connection by hand. */
async function opened(): Promise<Socket & { received: () => string }> {
  const socket = connect(cloud.port, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (part) => (received += String(part)));
  await new Promise((resolve) => socket.once('connect', resolve));
  return Object.assign(socket, { received: () => received });
}
const head = (length: number, more = ''): string =>
  `POST /admin HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: ${length}\r\n${more}\r\n`;
const until = async (socket: { received: () => string }, text: string): Promise<void> => {
  while (!socket.received().includes(text)) await new Promise((resolve) => setImmediate(resolve));
};

describe('a body', () => {
  const chunked = { 'transfer-encoding': 'chunked' };

  test.each<[string, Record<string, string>]>([
    ['with its length in front', {}],
    ['in chunks', chunked],
  ])('%s is taken up to the limit, and refused above it', async (_, headers) => {
    const within = await send(Buffer.alloc(MAX_BYTES, ' '), { headers });
    expect(within).toMatchObject({ status: 200, body: { code: 'INVALID_PARAM' } });
    const above = await send(Buffer.alloc(MAX_BYTES + 1, ' '), { headers });
    expect(above).toMatchObject({
      status: 413,
      body: { error: 'The body is over 16777216 bytes.' },
      // The caller saw the answer, and can go on.
      port: within.port,
    });
    expect(await send(insertion('next'), { headers })).toMatchObject({ status: 200 });
    expect(await ids()).toEqual(['next']);
  });

  test.each(['', '{', 'null', '[]', '"text"'])('that is %j is an INVALID_PARAM', async (body) => {
    expect(await send(body)).toMatchObject({ status: 200, body: { code: 'INVALID_PARAM' } });
  });

  test('in many chunks, split within a character, is put together', async () => {
    const socket = await opened();
    socket.write('POST /admin HTTP/1.1\r\nhost: 127.0.0.1\r\ntransfer-encoding: chunked\r\n\r\n');
    for (const byte of Buffer.from(insertion('名字'))) {
      socket.write(Buffer.concat([Buffer.from('1\r\n'), Buffer.of(byte), Buffer.from('\r\n')]));
    }
    socket.write('0\r\n\r\n');
    await until(socket, '200 OK');
    socket.destroy();
    expect(await ids()).toEqual(['名字']);
  });

  test('that is announced is asked for', async () => {
    const body = insertion('asked');
    const socket = await opened();
    socket.write(head(body.length, 'expect: 100-continue\r\n'));
    await until(socket, '100 Continue');
    socket.write(body);
    await until(socket, '200 OK');
    socket.destroy();
    expect(await ids()).toEqual(['asked']);
  });

  test('that is slow keeps nobody waiting', async () => {
    const body = insertion('slow');
    const socket = await opened();
    socket.write(head(body.length) + body.slice(0, 10));
    expect(await send(insertion('quick'))).toMatchObject({ status: 200 });
    expect(socket.received()).toBe('');
    socket.write(body.slice(10));
    await until(socket, '200 OK');
    socket.destroy();
    expect(await ids()).toEqual(['quick', 'slow']);
  });
});

describe('a caller', () => {
  test('that leaves before the end of its body leaves nothing behind', async () => {
    const body = insertion('half');
    const socket = await opened();
    // All of the JSON is there, but not all of the body.
    socket.write(head(body.length + 1) + body);
    socket.destroy();
    await send(insertion('whole'));
    expect(await ids()).toEqual(['whole']);
  });

  test('that leaves before the answer takes nothing with it', async () => {
    await cloud.control({ fault: { kind: 'databaseLatency', ms: 50 } });
    const body = insertion('done');
    const socket = await opened();
    socket.end(head(body.length) + body);
    socket.destroy();
    // Slower than the one that left, which came first.
    await send(insertion('next'));
    await cloud.control({ fault: null });
    expect(new Set(await ids())).toEqual(new Set(['done', 'next']));
  });

  test.each([{ host: 'evil.example' }, { origin: 'http://evil.example' }, { origin: 'null' }])(
    'with %j is refused, and nothing is done',
    async (headers) => {
      const reply = await send(insertion('evil'), { headers });
      expect(reply).toMatchObject({
        status: 403,
        body: { error: 'Only programs on this machine may use the local cloud.' },
      });
      expect(await ids()).toEqual([]);
      // Nor is a host taken for right because one was before it.
      expect(await send('{', { headers: {} })).toMatchObject({ status: 200 });
      expect(await send('{', { headers })).toMatchObject({ status: 403 });
    },
  );

  test('may name a service address with a query', async () => {
    expect(await send(insertion('a'), { path: '/admin?&eventId=1&seqId=2-3' })).toMatchObject({
      status: 200,
    });
    expect(await ids()).toEqual(['a']);
  });

  test.each([
    ['GET', '/admin'],
    ['HEAD', '/admin'],
    ['PUT', '/admin'],
    ['POST', '/admin/'],
    ['POST', '/administrator'],
    ['POST', '/ADMIN'],
  ])('with %s %s finds no such endpoint', async (method, path) => {
    expect(await send('', { method, path })).toMatchObject({ status: 404 });
  });
});

describe('a connection', () => {
  test('is kept, for longer than the clients keep theirs', async () => {
    const [first, second] = [await send(insertion('1')), await send(insertion('2'))];
    expect(second.port).toBe(first.port);
    expect(first.headers).toMatchObject({
      'keep-alive': 'timeout=65',
      'content-type': 'application/json',
      'content-length': expect.any(String),
    });
  });

  test('is closed without an answer by databaseDrop, before or after the operation', async () => {
    await cloud.control({ fault: { kind: 'databaseDropBefore' } });
    await expect(send(insertion('before'))).rejects.toMatchObject({ code: 'ECONNRESET' });
    await cloud.control({ fault: { kind: 'databaseDropAfter' } });
    await expect(send(insertion('after'))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await ids()).toEqual(['after']);
  });

  test('stays open without an answer by databaseTimeout', async () => {
    await cloud.control({ fault: { kind: 'databaseTimeoutAfter', action: 'insertDocument' } });
    const body = insertion('silent');
    const socket = await opened();
    socket.write(head(body.length) + body);
    while ((await ids()).length === 0) await new Promise((resolve) => setImmediate(resolve));
    await send(insertion('next'));
    expect([socket.received(), socket.readyState]).toEqual(['', 'open']);
    socket.destroy();
  });
});

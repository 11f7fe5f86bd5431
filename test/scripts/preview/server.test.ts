import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import {
  createPreview,
  PreviewStartError,
  type CompiledApp,
  type Preview,
} from '../../../scripts/preview/index';

interface Heard {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

let cloud: Server;
let preview: Preview;
const heard: Heard[] = [];
const pages = {
  hash: 'p',
  assets: new Map([
    ['index.html', '<title>preview</title>'],
    ['web/index.html', '<title>shop</title>'],
  ]),
};
const appOf = (code: string): CompiledApp => ({
  build: { code, styles: 's' },
  assets: new Map<string, string | Uint8Array<ArrayBuffer>>([
    ['app.js', code],
    ['miniprogram/a b/图.png', new Uint8Array([1, 2])],
  ]),
  warnings: [],
});
const app = appOf('first');
const provider = { issueCode: (openid: string) => `code-of-${openid}` };
const webSite = { gateway: 'http://127.0.0.1:9/http/gateway', site: 'shop' };

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
};

beforeAll(async () => {
  cloud = createServer((incoming, reply) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      const { method, url, headers } = incoming;
      heard.push({ method, url, headers, body });
      reply.writeHead(200, { 'content-type': 'application/json' }).end('{"result":1}');
    });
  });
  await new Promise<void>((done) => cloud.listen(0, '127.0.0.1', done));
  const cloudUrl = `http://127.0.0.1:${portOf(cloud)}`;
  preview = await createPreview({ port: 0, cloudUrl, pages, app, provider, webSite });
});

afterAll(async () => {
  await preview.close();
  await new Promise((done) => cloud.close(done));
});

/** `fetch` sets Host itself; a hostile page does not. */
const statusFor = (headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(`${preview.url}/`, { headers }, (reply) => {
      reply.resume();
      resolve(reply.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('the preview’s server', () => {
  test('hands out the page, uncached and closed to other origins', async () => {
    const reply = await fetch(`${preview.url}/`);
    expect(await reply.text()).toBe('<title>preview</title>');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  test.each([
    ['a foreign Host, as in DNS rebinding', { host: 'evil.example' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['an Origin of another port', { origin: 'http://127.0.0.1:1' }],
    ['the Origin of a sandboxed frame', { origin: 'null' }],
  ])('refuses %s', async (_, headers) => {
    expect(await statusFor(headers)).toBe(403);
  });

  test('answers its own page by any name of this machine', async () => {
    const { port } = new URL(preview.url);
    const host = `localhost:${port}`;
    expect(await statusFor({ host, origin: `http://${host}` })).toBe(200);
  });

  test('forwards a call with its caller, and without the Origin that the cloud refuses', async () => {
    const reply = await fetch(`${preview.url}/cloud/functions/login?a=1`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-wx-openid': 'o1',
        origin: preview.url,
        cookie: 'a=b',
      },
      body: '{"n":1}',
    });
    expect(await reply.json()).toEqual({ result: 1 });
    expect(heard.at(-1)).toMatchObject({
      method: 'POST',
      url: '/functions/login?a=1',
      body: '{"n":1}',
      headers: { 'x-wx-openid': 'o1', 'content-type': 'application/json' },
    });
    expect(heard.at(-1)?.headers).not.toHaveProperty('origin');
    expect(heard.at(-1)?.headers).not.toHaveProperty('cookie');
  });

  test('says 502 when the cloud cannot be reached', async () => {
    const lost = await createPreview({
      port: 0,
      cloudUrl: 'http://127.0.0.1:1',
      pages,
      app,
      provider,
      webSite,
    });
    try {
      expect((await fetch(`${lost.url}/cloud/calls`)).status).toBe(502);
    } finally {
      await lost.close();
    }
  });

  test.each([
    ['/..%2f..%2fetc/passwd', 404],
    ['/%', 404],
    ['/miniprogram/', 404],
    ['/web/', 200],
    ['/miniprogram/a%20b/%E5%9B%BE.png', 200],
  ])('answers %s with %d', async (path, status) => {
    expect((await fetch(`${preview.url}${path}`)).status).toBe(status);
  });

  test('names the type of each file', async () => {
    const typeOf = async (path: string): Promise<string | null> =>
      (await fetch(`${preview.url}${path}`)).headers.get('content-type');
    expect(await typeOf('/')).toBe('text/html; charset=utf-8');
    expect(await typeOf('/app.js')).toContain('javascript');
    expect(await typeOf('/miniprogram/a%20b/%E5%9B%BE.png')).toBe('image/png');
  });

  test('refuses to start on a port in use', async () => {
    const { port } = new URL(preview.url);
    const second = createPreview({
      port: Number(port),
      cloudUrl: preview.url,
      pages,
      app,
      provider,
      webSite,
    });
    await expect(second).rejects.toBeInstanceOf(PreviewStartError);
    await expect(second).rejects.toMatchObject({ code: 'PORT_IN_USE' });
  });
});

test('the web page is told its gateway, and may connect to it; no other page may', async () => {
  expect(await (await fetch(`${preview.url}/web/config.json`)).json()).toEqual(webSite);
  const policyOf = async (path: string): Promise<string> =>
    (await fetch(`${preview.url}${path}`)).headers.get('content-security-policy') ?? '';
  expect(await policyOf('/web/config.json')).toContain("connect-src 'self' http://127.0.0.1:9");
  expect(await policyOf('/index.html')).not.toContain('connect-src');
});

describe('an open page', () => {
  /** Reads events until one has been heard of which `wanted` holds. */
  async function heard(
    events: ReadableStreamDefaultReader<Uint8Array>,
    wanted: string,
  ): Promise<string> {
    let text = '';
    while (!text.includes(wanted)) {
      const { value, done } = await events.read();
      if (done) throw new Error(`the events ended: ${text}`);
      text += new TextDecoder().decode(value);
    }
    return text;
  }

  test('is told what there is to show at once, and when it changes; a file is then the new one', async () => {
    const reply = await fetch(`${preview.url}/live`);
    expect(reply.headers.get('content-type')).toContain('text/event-stream');
    const events = reply.body?.getReader();
    if (events === undefined) throw new Error('no events');
    const first = await heard(events, '\n\n');
    expect(first).toContain('"pages":"p","build":{"code":"first","styles":"s"},"problems":[]');
    preview.show({ app: appOf('second') });
    await heard(events, '"code":"second"');
    expect(await (await fetch(`${preview.url}/app.js`)).text()).toBe('second');
    preview.show({ problems: [{ file: 'a.js', line: 2, message: 'is wrong' }] });
    await heard(events, '"code":"second","styles":"s"},"problems":[{"file":"a.js"');
    await events.cancel();
    preview.show({ app, problems: [] });
  });

  test('of another site is told nothing', async () => {
    const { status } = await fetch(`${preview.url}/live`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(status).toBe(403);
  });
});

test('pictures and fonts may come from a server, by http too; scripts may not', async () => {
  const policy = (await fetch(preview.url)).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("img-src 'self' data: https: http:");
  expect(policy).toContain("font-src 'self' data: https: http:");
  expect(policy).toContain("default-src 'self'");
});

/**
 * The SDK as it is bundled into the functions, parts of it evaluated when first used, beside the
 * SDK bundled plainly: every part is used once, and both must answer alike and send the same
 * requests.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build, type Plugin } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleRare, lazyModules, RARE, RARE_FILE } from '../../../scripts/build/lazy-modules';
import { sdkVariables } from '#local-cloud/testing';
import { root } from '../../../scripts/project/root';

interface Run {
  outcomes: Record<string, { value?: unknown; error?: unknown }>;
  requests: string[];
  rareInUse: readonly string[];
}

/**
 * Numbers of requests, times, signatures and the borders of forms, which differ from run to run.
 */
const VOLATILE = /\d{10,}(?:_\d+)*|[\w-]{30,}|(?<=boundary=|--)-*\w{8,}/g;

/** At the end of the rare file: what is asked for is noted in the process of the outcomes. */
const NOTE_USE = `
const get = module.exports;
module.exports = (name) => {
  (globalThis.rareInUse ??= new Set()).add(name);
  return get(name);
};`;

let server: Server;
let requests: string[] = [];
let folder: string;
let plain: Run;
let lazy: Run;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sdk-surface-'));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('latin1');
      const { pathname } = new URL(request.url ?? '/', 'http://a');
      requests.push(
        `${request.method ?? ''} ${pathname} ${body.replace(VOLATILE, '…').slice(0, 2000)}`,
      );
      answer(pathname, body, (status, type, text) => {
        response.sendDate = false;
        response.writeHead(status, { 'content-type': type }).end(text);
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  plain = await run('plain', []);
  const rare = Buffer.from(await bundleRare('node16')).toString();
  await writeFile(join(folder, RARE_FILE), `${rare}\n${NOTE_USE}`);
  lazy = await run('lazy', [lazyModules]);
});

afterAll(async () => {
  await new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
  await rm(folder, { recursive: true });
});

const url = (): string => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

/** Enough of an answer for each part to go on with. */
function answer(
  path: string,
  body: string,
  reply: (status: number, type: string, text: string) => void,
): void {
  const json = (value: object): void => {
    reply(200, 'application/json', JSON.stringify(value));
  };
  if (path === '/upload/xml') {
    reply(
      403,
      'application/xml',
      '<Error><Code>AccessDenied</Code><Message>no</Message><RequestId>r</RequestId><TraceId>t</TraceId></Error>',
    );
  } else if (path.startsWith('/upload')) reply(204, 'text/plain', '');
  else if (body.includes('storage.getUploadMetadata')) {
    const name = body.includes('"path":"xml"') ? 'xml' : 'a';
    json({
      code: '',
      data: {
        url: `${url()}/upload/${name}`,
        token: 't',
        authorization: 'a',
        fileId: 'cloud://a.b/a',
        cosFileId: 'c',
      },
      requestId: 'r',
    });
  } else if (body.includes('storage.batchGetDownloadUrl')) {
    json({
      code: '',
      data: {
        download_list: [
          { fileid: 'cloud://a.b/c', tempFileURL: `${url()}/plain`, code: 'SUCCESS' },
        ],
      },
      requestId: 'r',
    });
  } else if (body.includes('wx.openApi')) reply(200, 'application/octet-stream', '');
  else
    json({
      code: '',
      data: { list: ['{"_id":"x"}'], insertedIds: ['x'], ids: ['x'], transactionId: 't', id: 'x' },
      requestId: 'r',
      access_token: 'a',
      expires_in: 3600,
    });
}

async function run(name: string, plugins: Plugin[]): Promise<Run> {
  const outfile = join(folder, `${name}.js`);
  await build({
    entryPoints: [`${root}/test/support/sdk-surface.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node16',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'error',
    plugins,
  });
  requests = [];
  const file = join(folder, `${name}.json`);
  await promisify(execFile)(process.execPath, [outfile], {
    env: {
      SERVER: url(),
      OUTCOMES: file,
      ...sdkVariables(url()),
      WX_OPENID: 'openid',
      WX_APPID: 'appid',
      http_proxy: url(),
      no_proxy: '127.0.0.1',
    },
    maxBuffer: 1e8,
  });
  const ended = (await readFile(file, 'utf8')).replace(VOLATILE, '…');
  return { ...(JSON.parse(ended) as Omit<Run, 'requests'>), requests: [...requests] };
}

describe('the SDK in the functions', () => {
  test('answers as the SDK bundled plainly, part by part', () => {
    expect(lazy.outcomes).toEqual(plain.outcomes);
  });

  test('was used whole: each of its rare packages had its turn', () => {
    expect([...lazy.rareInUse].sort()).toEqual([...RARE].sort());
    expect(plain.rareInUse).toEqual([]);
  });

  test('sends the same requests', () => {
    expect(lazy.requests).toEqual(plain.requests);
  });
});
